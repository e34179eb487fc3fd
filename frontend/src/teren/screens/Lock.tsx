import { createSignal, type JSX, onMount, Show } from "solid-js";
import type { Book, Vault } from "../core";
import type { Messages } from "../messages";
import { Confirm } from "../parts";
import { Brand } from "./Elsewhere";

/** The PIN, and nothing that says about whom the device knows something. */
export function Lock(props: {
  vault: Vault;
  t: Messages;
  onOpen: (book: Book) => void;
  onWiped: () => void;
}): JSX.Element {
  const { t } = props;
  const [pin, setPin] = createSignal("");
  const [wrong, setWrong] = createSignal("");
  const [trying, setTrying] = createSignal(false);
  const [asking, setAsking] = createSignal(false);
  let field!: HTMLInputElement;
  onMount(() => field.focus());
  const unlock = async (): Promise<void> => {
    if (trying() || pin() === "") return;
    setTrying(true);
    setWrong("");
    const tried = await props.vault.unlock(pin()).catch(() => null);
    setTrying(false);
    setPin("");
    if (tried === null) return void setWrong(t.storageFailed);
    if (tried.kind === "open") return props.onOpen(tried.book);
    if (tried.kind === "wiped") return props.onWiped();
    setWrong(t.wrongPin(tried.left));
    field.focus();
  };
  const wipe = async (): Promise<void> => {
    await props.vault.wipe();
    props.onWiped();
  };
  return (
    <main class="t-alone">
      <Brand t={t} />
      <h1>{t.locked}</h1>
      <form
        autocomplete="off"
        novalidate
        onSubmit={(event) => {
          event.preventDefault();
          void unlock();
        }}
      >
        <div class="field">
          <label for="pin">{t.pin}</label>
          <input
            id="pin"
            ref={field}
            class="t-pin"
            type="text"
            inputmode="numeric"
            autocomplete="off"
            spellcheck={false}
            aria-describedby="pin-wrong"
            aria-invalid={wrong() === "" ? undefined : "true"}
            value={pin()}
            onInput={(event) => setPin(event.currentTarget.value)}
          />
          <p class="error" id="pin-wrong" role="alert">
            {wrong()}
          </p>
        </div>
        <button class="btn t-wide" aria-disabled={trying()}>
          {trying() ? t.unlocking : t.unlock}
        </button>
      </form>
      <details class="t-forgotten">
        <summary>{t.pinForgotten}</summary>
        <p>{t.pinForgottenWords}</p>
        <button type="button" class="btn danger" onClick={() => setAsking(true)}>
          {t.wipeAll}
        </button>
      </details>
      <Show when={asking()}>
        <Confirm
          t={t}
          title={t.signOutTitle}
          words={t.pinForgottenWords}
          confirm={t.wipeAll}
          onConfirm={() => void wipe()}
          onClose={() => setAsking(false)}
        />
      </Show>
    </main>
  );
}
