import { createEffect, createSignal, type JSX, on, onCleanup, Show } from "solid-js";
import { useHouseholdOnce, useTeren } from "../context";
import { sizeIn } from "../formats";
import { Form, Page, TextField } from "../parts";
import { bytesOf, shrink } from "../../shared/pictures";
import { addressOf } from "../place";
import { createTyped } from "../typed";
import type { Uuid } from "../wire";

interface Typed {
  caption: string;
  /** The picture as an address of its own bytes, so that a lock does not lose it. */
  picture: string;
}

export function Photo(props: { household: Uuid }): JSX.Element {
  const { t, language, book, instead } = useTeren();
  const view = useHouseholdOnce(() => props.household);
  const typed = createTyped<Typed>(book, `photo-${props.household}`, { caption: "", picture: "" });
  const [trouble, setTrouble] = createSignal("");
  const [size, setSize] = createSignal(0);
  const [preview, setPreview] = createSignal("");
  createEffect(
    on(
      () => typed.values.picture,
      (picture) => {
        if (preview() !== "") URL.revokeObjectURL(preview());
        if (picture === "") return setPreview("");
        const blob = pictureIn(picture);
        setSize(blob.size);
        return setPreview(URL.createObjectURL(blob));
      },
    ),
  );
  onCleanup(() => URL.revokeObjectURL(preview()));
  let field!: HTMLInputElement;
  const take = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    setTrouble("");
    try {
      typed.set("picture", await asText(await shrink(file)));
    } catch {
      setTrouble(t.photoUnreadable);
    }
    field.value = "";
  };
  const keep = async (): Promise<void> => {
    if (typed.values.picture === "") return;
    const words = { about: null, what: "photo", type: "image/jpeg", caption: typed.values.caption.trim() } as const;
    const isWritten = await typed.finish(async () =>
      book.addFile(props.household, words, await bytesOf(pictureIn(typed.values.picture))),
    );
    if (isWritten) instead(addressOf("g", props.household));
    else setTrouble(t.storageFailed);
  };
  return (
    <Page
      title={t.photograph}
      back={addressOf("g", props.household)}
      aside={<span class="t-aside">{view.latest?.home.name}</span>}
      bar={
        <>
          <button type="button" class="btn" classList={{ quiet: preview() !== "" }} onClick={() => field.click()}>
            {preview() === "" ? t.takePhoto : t.takeAnother}
          </button>
          <Show when={preview()}>
            <button class="btn" form="photo">
              {t.keepPhoto}
            </button>
          </Show>
        </>
      }
    >
      <p>{t.photoWords}</p>
      <Form id="photo" class="card" onSubmit={() => void keep()}>
        <label class="visually-hidden" for="camera">
          {t.takePhoto}
        </label>
        <input
          id="camera"
          ref={field}
          class="visually-hidden"
          tabindex="-1"
          type="file"
          accept="image/*"
          capture="environment"
          onChange={(event) => void take(event.currentTarget.files?.[0])}
        />
        <Show when={preview()}>
          {(address) => <img class="t-photo" src={address()} alt={t.photoOf(sizeIn(language, size()))} />}
        </Show>
        <TextField
          label={t.caption}
          hint={t.captionHint}
          maxlength={200}
          value={typed.values.caption}
          onInput={(value) => typed.set("caption", value)}
        />
        <p class="error t-error" role="alert">
          {trouble()}
        </p>
      </Form>
    </Page>
  );
}

const MARK = "data:image/jpeg;base64,";

function asText(picture: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error ?? new Error("unreadable"));
    reader.readAsDataURL(picture);
  });
}

function pictureIn(text: string): Blob {
  const bytes = Uint8Array.from(atob(text.slice(MARK.length)), (character) => character.charCodeAt(0));
  return new Blob([bytes], { type: "image/jpeg" });
}
