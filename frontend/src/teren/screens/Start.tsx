import { createResource, createSignal, For, type JSX, Match, Show, Switch } from "solid-js";
import { type Book, PinError, pinTrouble, type Vault } from "../core";
import type { Shell } from "../context";
import type { Messages } from "../messages";
import { messagesIn } from "../words";
import type { Enrolled, Enrolment } from "../wire";
import { Brand } from "./Elsewhere";

/** Who is signed in at the office, and for which organisations they visit. */
interface Session {
  readonly name: string;
  readonly csrf: string;
  readonly organizations: readonly { readonly id: string; readonly name: string }[];
}

/** The name that its owner gave the device, as settings show it. */
export const DEVICE_NAME = "device-name";

type Asked = Session | "signed-out" | "no-signal";

async function ask(address: string): Promise<Asked> {
  try {
    const response = await fetch(address, { headers: { Accept: "application/json" }, cache: "no-store" });
    if (response.status === 401) return "signed-out";
    return response.ok ? ((await response.json()) as Session) : "no-signal";
  } catch {
    return "no-signal";
  }
}

/** The first start: what Teren is, who takes it along, and the PIN. */
export function Start(props: {
  vault: Vault;
  shell: Shell;
  language: string;
  speak: (language: string) => void;
  forgotten: boolean;
  lost: boolean;
  onOpen: (book: Book) => void;
}): JSX.Element {
  const t = messagesIn(props.language);
  const [session, { refetch }] = createResource(() => ask(props.shell.session));
  const asked = (): Session | null => {
    const known = session();
    return typeof known === "object" ? known : null;
  };
  return (
    <main class="t-alone">
      <Brand t={t} />
      <h1>{t.welcome}</h1>
      <Show when={props.forgotten || props.lost}>
        <p class="message" role="status">
          {props.lost ? t.thrownAway : t.forgotten}
        </p>
      </Show>
      <p>{t.welcomeWords}</p>
      <p>{t.welcomeKept}</p>
      <Switch fallback={<p role="status">{t.loading}</p>}>
        <Match when={session.loading}>
          <p role="status">{t.loading}</p>
        </Match>
        <Match when={session() === "no-signal"}>
          <p class="message warning">{t.needsSignal}</p>
          <button type="button" class="btn quiet" onClick={() => void refetch()}>
            {t.tryAgain}
          </button>
        </Match>
        <Match when={session() === "signed-out"}>
          <h2>{t.signInFirst}</h2>
          <p>{t.signInWords}</p>
          <a class="btn t-wide" href={`${props.shell.login}?next=${encodeURIComponent("/teren/")}`}>
            {t.signIn}
          </a>
        </Match>
        <Match when={asked()}>
          {(known) => (
            <Show when={known().organizations.length > 0} fallback={<p class="message warning">{t.noOrganization}</p>}>
              <Enrol t={t} session={known()} vault={props.vault} onOpen={props.onOpen} />
            </Show>
          )}
        </Match>
      </Switch>
      <p class="t-languages">
        <Languages language={props.language} speak={props.speak} />
      </p>
    </main>
  );
}

export function Languages(props: { language: string; speak: (language: string) => void }): JSX.Element {
  return (
    <For
      each={[
        ["ro", "Română"],
        ["en", "English"],
      ]}
    >
      {([code = "", name]) => (
        <button
          type="button"
          class="btn quiet"
          lang={code}
          aria-pressed={code === props.language}
          onClick={() => props.speak(code)}
        >
          {name}
        </button>
      )}
    </For>
  );
}

type Wrong = Partial<Record<"name" | "pin" | "again" | "form", string>>;

function Enrol(props: { t: Messages; session: Session; vault: Vault; onOpen: (book: Book) => void }): JSX.Element {
  const { t, session } = props;
  const [name, setName] = createSignal(t.deviceNameUsual);
  const [organization, setOrganization] = createSignal(session.organizations[0]?.id ?? "");
  const [pin, setPin] = createSignal("");
  const [again, setAgain] = createSignal("");
  const [wrong, setWrong] = createSignal<Wrong>({});
  const [busy, setBusy] = createSignal(false);
  const check = (): Wrong => {
    const trouble = pinTrouble(pin());
    return {
      ...(name().trim() === "" ? { name: t.nameMissing } : {}),
      ...(trouble === null ? {} : { pin: trouble === "short" ? t.pinShort : t.pinEasy }),
      ...(trouble === null && pin() !== again() ? { again: t.pinsDiffer } : {}),
    };
  };
  const prepare = async (): Promise<void> => {
    if (busy()) return;
    const found = check();
    setWrong(found);
    if (Object.keys(found).length > 0) {
      requestAnimationFrame(() => document.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
      return;
    }
    setBusy(true);
    try {
      const enrolled = await enrol({ name: name().trim(), organization: organization() }, session.csrf);
      if (typeof enrolled === "string") return void setWrong({ form: enrolled === "" ? t.enrolRefused : enrolled });
      const book = await props.vault.create(pin(), enrolled);
      await book.jot(DEVICE_NAME, name().trim());
      props.onOpen(book);
    } catch (error) {
      setWrong(error instanceof PinError ? { pin: t.pinEasy } : { form: t.enrolRefused });
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      autocomplete="off"
      novalidate
      onSubmit={(event) => {
        event.preventDefault();
        void prepare();
      }}
    >
      <p>{t.signedInAs(session.name)}</p>
      <Line id="device" label={t.deviceName} hint={t.deviceNameHint} value={name()} wrong={wrong().name} onInput={setName} />
      <Show when={session.organizations.length > 1}>
        <div class="field">
          <label for="organization">{t.organization}</label>
          <select id="organization" onChange={(event) => setOrganization(event.currentTarget.value)}>
            <For each={session.organizations}>{(one) => <option value={one.id}>{one.name}</option>}</For>
          </select>
        </div>
      </Show>
      <Line id="pin" label={t.pinChoose} hint={t.pinHint} value={pin()} wrong={wrong().pin} onInput={setPin} pin />
      <Line id="again" label={t.pinAgain} value={again()} wrong={wrong().again} onInput={setAgain} pin />
      <p class="error t-error" role="alert">
        {wrong().form ?? ""}
      </p>
      <button class="btn t-wide" aria-disabled={busy()}>
        {busy() ? t.preparing : t.prepareDevice}
      </button>
    </form>
  );
}

function Line(props: {
  id: string;
  label: string;
  hint?: string;
  value: string;
  wrong: string | undefined;
  pin?: boolean;
  onInput: (value: string) => void;
}): JSX.Element {
  return (
    <div class="field">
      <label for={props.id}>{props.label}</label>
      <Show when={props.hint}>
        <p class="hint" id={`${props.id}-h`}>
          {props.hint}
        </p>
      </Show>
      <input
        id={props.id}
        class={props.pin ? "t-pin" : undefined}
        type="text"
        inputmode={props.pin ? "numeric" : "text"}
        autocomplete="off"
        spellcheck={false}
        aria-invalid={props.wrong ? "true" : undefined}
        aria-describedby={`${props.hint ? `${props.id}-h ` : ""}${props.id}-e`}
        value={props.value}
        onInput={(event) => props.onInput(event.currentTarget.value)}
      />
      <p class="error" id={`${props.id}-e`}>
        {props.wrong ?? ""}
      </p>
    </div>
  );
}

/** The device as the office knows it from now on; a text where it says why not. */
async function enrol(asked: Enrolment, csrf: string): Promise<Enrolled | string> {
  const response = await fetch("/teren/api/inscriere/", {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": csrf },
    body: JSON.stringify(asked),
    cache: "no-store",
  });
  if (response.ok) return (await response.json()) as Enrolled;
  const answer = (await response.json().catch(() => null)) as { message?: string } | null;
  return answer?.message ?? "";
}
