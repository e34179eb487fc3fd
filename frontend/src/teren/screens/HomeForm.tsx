import { createSignal, type JSX, Show } from "solid-js";
import { useHouseholdOnce, useTeren } from "../context";
import type { EntryOf, HouseholdView } from "../core";
import { AreaField, focusFirstError, Form, NotThere, Page, SelectField, TextField } from "../parts";
import { addressOf } from "../place";
import { createTyped, type Writable } from "../typed";
import type { Home, Uuid } from "../wire";

type Wrong = Partial<Record<"name" | "siruta" | "form", string>>;

/** A household met on the way, or the address and phone of a known one; `entry` is one that was written and not sent. */
export function HomeForm(props: { household: Uuid | null; entry: Uuid | null }): JSX.Element {
  const { book, t } = useTeren();
  if (props.household === null) {
    const item = props.entry === null ? null : book.item(props.entry);
    const kept = item?.entry.kind === "household_new" ? item.entry : null;
    if (props.entry !== null && kept === null) return <NotThere />;
    return <New kept={kept} />;
  }
  const view = useHouseholdOnce(() => props.household!);
  return (
    <Show when={view.latest} fallback={<Page title={t.change} back="#/">{t.loading}</Page>} keyed>
      {(known) => <Change view={known} />}
    </Show>
  );
}

function blank(siruta: number): Home {
  return { name: "", siruta, locality: "", address: "", phone: "", safeContact: "" };
}

function New(props: { kept: EntryOf<"household_new"> | null }): JSX.Element {
  const { t, book, instead } = useTeren();
  const places = book.reference.places;
  const kept = props.kept;
  const typed = createTyped<Writable<Home>>(
    book,
    `home-${kept?.id ?? "new"}`,
    kept?.body ?? blank(places.length === 1 ? places[0]!.siruta : 0),
  );
  const write = async (home: Home): Promise<void> => {
    const entry = kept === null ? await book.newHousehold(home) : await book.amend(kept.id, home);
    await typed.forget();
    instead(addressOf("g", entry.household));
  };
  return <Fields title={t.newHousehold} back="#/" typed={typed.values} set={typed.set} write={write} />;
}

function Change(props: { view: HouseholdView }): JSX.Element {
  const { t, book, instead } = useTeren();
  const { id, home } = props.view;
  const typed = createTyped<Writable<Home>>(book, `change-${id}`, home);
  const write = async (now: Home): Promise<void> => {
    await book.changeHome(id, now);
    await typed.forget();
    instead(addressOf("g", id));
  };
  return <Fields title={t.change} back={addressOf("g", id)} typed={typed.values} set={typed.set} write={write} />;
}

function Fields(props: {
  title: string;
  back: string;
  typed: Home;
  set: <K extends keyof Home>(field: K, value: Home[K]) => void;
  write: (home: Home) => Promise<void>;
}): JSX.Element {
  const { t, book } = useTeren();
  const [wrong, setWrong] = createSignal<Wrong>({});
  const save = async (): Promise<void> => {
    const { name, siruta, locality, address, phone, safeContact } = props.typed;
    const found: Wrong = {
      ...(name.trim() === "" ? { name: t.homeNameMissing } : {}),
      ...(siruta === 0 ? { siruta: t.placeMissing } : {}),
    };
    setWrong(found);
    if (Object.keys(found).length > 0) return focusFirstError();
    const trimmed = (text: string): string => text.trim();
    await props
      .write({
        name: trimmed(name),
        siruta,
        locality: trimmed(locality),
        address: trimmed(address),
        phone: trimmed(phone),
        safeContact: trimmed(safeContact),
      })
      .catch(() => setWrong({ form: t.storageFailed }));
  };
  return (
    <Page
      title={props.title}
      back={props.back}
      bar={
        <button class="btn" form="home">
          {t.saveHousehold}
        </button>
      }
    >
      <Form id="home" class="card" onSubmit={() => void save()}>
        <TextField
          label={t.householdName}
          hint={t.householdNameHint}
          error={wrong().name}
          maxlength={150}
          value={props.typed.name}
          onInput={(value) => props.set("name", value)}
        />
        <SelectField
          label={t.place}
          error={wrong().siruta}
          empty=""
          options={book.reference.places.map(({ siruta, name }) => ({ value: String(siruta), label: name }))}
          value={props.typed.siruta === 0 ? "" : String(props.typed.siruta)}
          onChange={(value) => props.set("siruta", Number(value))}
        />
        <TextField
          label={t.locality}
          optional
          maxlength={120}
          value={props.typed.locality}
          onInput={(value) => props.set("locality", value)}
        />
        <TextField
          label={t.address}
          optional
          maxlength={250}
          value={props.typed.address}
          onInput={(value) => props.set("address", value)}
        />
        <TextField
          label={t.phone}
          optional
          type="tel"
          maxlength={40}
          value={props.typed.phone}
          onInput={(value) => props.set("phone", value)}
        />
        <AreaField
          label={t.safeContact}
          hint={t.safeContactHint}
          optional
          rows={3}
          value={props.typed.safeContact}
          onInput={(value) => props.set("safeContact", value)}
        />
        <p class="error t-error" role="alert">
          {wrong().form ?? ""}
        </p>
      </Form>
    </Page>
  );
}
