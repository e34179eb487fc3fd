/** The parts that screens are made of. */
import { createUniqueId, type JSX, onMount, Show } from "solid-js";
import { type Teren, useTeren } from "./context";
import { dayIn, today } from "./formats";
import type { Messages } from "./messages";
import type { Day, PlannedVisit } from "./wire";

/** A screen: where it leads back to, its title, what is on it, and what one does at the reach of the thumb. */
export function Page(props: {
  title: string;
  back?: string;
  aside?: JSX.Element;
  bar?: JSX.Element;
  children: JSX.Element;
}): JSX.Element {
  const { t } = useTeren();
  return (
    <>
      <header class="t-top">
        <Show when={props.back}>
          {(address) => (
            <a class="t-back" href={address()}>
              <span aria-hidden="true">‹</span>
              <span>{t.back}</span>
            </a>
          )}
        </Show>
        <h1 id="t-title" tabindex="-1">
          {props.title}
        </h1>
        {props.aside}
      </header>
      <main class="t-main">
        <Trouble />
        {props.children}
        <Show when={props.bar}>
          <div class="t-bar">{props.bar}</div>
        </Show>
      </main>
    </>
  );
}

/** Said on every screen once something could not be kept on the device. */
function Trouble(): JSX.Element {
  const { t, book, edition } = useTeren();
  const trouble = () => (edition(), book.trouble);
  return (
    <Show when={trouble()}>
      {(kind) => (
        <p class="message error" role="alert">
          {kind() === "full" ? t.storageFull : t.storageFailed} <a href="#/netrimise">{t.unsentTitle}</a>
        </p>
      )}
    </Show>
  );
}

export function NotThere(): JSX.Element {
  const { t } = useTeren();
  return (
    <Page title={t.teren} back="#/">
      <p>{t.notThere}</p>
    </Page>
  );
}

/** A form whose answers the browser itself keeps nowhere: neither in its suggestions nor in what it restores. */
export function Form(props: { onSubmit: () => void; children: JSX.Element; class?: string; id?: string }): JSX.Element {
  return (
    <form
      id={props.id}
      class={props.class}
      autocomplete="off"
      novalidate
      onSubmit={(event) => {
        event.preventDefault();
        props.onSubmit();
      }}
    >
      {props.children}
    </form>
  );
}

interface FieldProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly optional?: boolean;
}

/** What every control of a field has. */
interface Control {
  readonly id: string;
  readonly autocomplete: "off";
  readonly "aria-describedby": string | undefined;
  readonly "aria-invalid": "true" | undefined;
}

function Field(props: FieldProps & { control: (control: Control) => JSX.Element }): JSX.Element {
  const { t } = useTeren();
  const id = createUniqueId();
  const describedBy = (): string | undefined => {
    const ids = [props.hint ? `${id}-h` : "", props.error ? `${id}-e` : ""].filter(Boolean);
    return ids.length > 0 ? ids.join(" ") : undefined;
  };
  return (
    <div class="field">
      <label for={id}>
        {props.label}
        <Show when={props.optional}>
          {" "}
          <span class="t-optional">({t.optional})</span>
        </Show>
      </label>
      <Show when={props.hint}>
        <p class="hint" id={`${id}-h`}>
          {props.hint}
        </p>
      </Show>
      {props.control({
        id,
        autocomplete: "off",
        get "aria-describedby"() {
          return describedBy();
        },
        get "aria-invalid"() {
          return props.error ? ("true" as const) : undefined;
        },
      })}
      <Show when={props.error}>
        <p class="error" id={`${id}-e`}>
          {props.error}
        </p>
      </Show>
    </div>
  );
}

export function TextField(
  props: FieldProps & {
    value: string;
    onInput: (value: string) => void;
    type?: "text" | "date" | "datetime-local" | "tel" | "search";
    inputmode?: "text" | "numeric" | "decimal" | "tel" | undefined;
    max?: string;
    maxlength?: number;
  },
): JSX.Element {
  return (
    <Field
      {...props}
      control={(control) => (
        <input
          {...control}
          type={props.type ?? "text"}
          inputmode={props.inputmode}
          max={props.max}
          maxlength={props.maxlength}
          value={props.value}
          onInput={(event) => props.onInput(event.currentTarget.value)}
        />
      )}
    />
  );
}

/** What is looked for in a list, and how many were found; within a form. */
export function Filter(props: { value: string; onInput: (value: string) => void; children: JSX.Element }): JSX.Element {
  const { t } = useTeren();
  return (
    <div class="t-filter">
      <label class="visually-hidden" for="filter">
        {t.filter}
      </label>
      <input
        id="filter"
        type="search"
        autocomplete="off"
        enterkeyhint="search"
        placeholder={`${t.filter}: ${t.filterHint}`}
        value={props.value}
        onInput={(event) => props.onInput(event.currentTarget.value)}
      />
      <p class="t-found" role="status">
        {props.children}
      </p>
    </div>
  );
}

/** A PIN is shown as dots, and is no password that a browser would offer to keep. */
export function PinField(props: FieldProps & { value: string; onInput: (value: string) => void }): JSX.Element {
  return (
    <Field
      {...props}
      control={(control) => (
        <input
          {...control}
          class="t-pin"
          type="text"
          inputmode="numeric"
          spellcheck={false}
          value={props.value}
          onInput={(event) => props.onInput(event.currentTarget.value)}
        />
      )}
    />
  );
}

export function AreaField(
  props: FieldProps & { value: string; onInput: (value: string) => void; maxlength?: number; rows?: number },
): JSX.Element {
  return (
    <Field
      {...props}
      control={(control) => (
        <textarea
          {...control}
          rows={props.rows ?? 4}
          maxlength={props.maxlength}
          value={props.value}
          onInput={(event) => props.onInput(event.currentTarget.value)}
        />
      )}
    />
  );
}

export interface Option {
  readonly value: string;
  readonly label: string;
}

export function SelectField(
  props: FieldProps & { value: string; options: readonly Option[]; empty?: string; onChange: (value: string) => void },
): JSX.Element {
  return (
    <Field
      {...props}
      control={(control) => (
        <select
          {...control}
          onChange={(event) => props.onChange(event.currentTarget.value)}
        >
          <Show when={props.empty !== undefined}>
            <option value="" selected={props.value === ""}>
              {props.empty}
            </option>
          </Show>
          {props.options.map(({ value, label }) => (
            <option value={value} selected={value === props.value}>
              {label}
            </option>
          ))}
        </select>
      )}
    />
  );
}

export function CheckField(props: { label: string; checked: boolean; onChange: (checked: boolean) => void }): JSX.Element {
  return (
    <label class="choice t-check">
      <input type="checkbox" checked={props.checked} onChange={(event) => props.onChange(event.currentTarget.checked)} />
      <span>{props.label}</span>
    </label>
  );
}

export function RadioField(props: {
  label: string;
  name: string;
  value: string;
  options: readonly Option[];
  error?: string | undefined;
  onChange: (value: string) => void;
}): JSX.Element {
  const id = createUniqueId();
  return (
    <fieldset class="field t-radios" aria-describedby={props.error ? id : undefined}>
      <legend>{props.label}</legend>
      {props.options.map(({ value, label }) => (
        <label class="choice t-check">
          <input
            type="radio"
            name={props.name}
            value={value}
            checked={value === props.value}
            onChange={() => props.onChange(value)}
          />
          <span>{label}</span>
        </label>
      ))}
      <Show when={props.error}>
        <p class="error" id={id}>
          {props.error}
        </p>
      </Show>
    </fieldset>
  );
}

/** Asks before something is lost. Escape and "cancel" change nothing. */
export function Confirm(props: {
  title: string;
  words: string;
  confirm: string;
  extra?: JSX.Element;
  t: Messages;
  onConfirm: () => void;
  onClose: () => void;
}): JSX.Element {
  const id = createUniqueId();
  let dialog!: HTMLDialogElement;
  onMount(() => dialog.showModal());
  return (
    <dialog
      ref={dialog}
      class="t-dialog"
      aria-labelledby={id}
      onClose={() => {
        const confirmed = dialog.returnValue === "yes";
        props.onClose();
        if (confirmed) props.onConfirm();
      }}
    >
      <h2 id={id}>{props.title}</h2>
      <p>{props.words}</p>
      {props.extra}
      <p class="t-buttons">
        <button type="button" class="btn quiet" onClick={() => dialog.close("no")}>
          {props.t.cancel}
        </button>
        <button type="button" class="btn t-grave" onClick={() => dialog.close("yes")}>
          {props.confirm}
        </button>
      </p>
    </dialog>
  );
}

/** A deadline: late ones say so in words and colour. */
export function Due(props: { due: Day; overdue: boolean }): JSX.Element {
  const { t, language } = useTeren();
  const words = (): string => {
    const day = dayIn(language, props.due);
    if (props.overdue) return t.overdue(day);
    return props.due === today() ? t.dueToday : t.due(day);
  };
  return (
    <span class="t-due" classList={{ late: props.overdue }}>
      {words()}
    </span>
  );
}

/** "azi, 9:30", "5 dec." */
export function whenPlanned({ t, language }: Pick<Teren, "t" | "language">, { day, hour }: Pick<PlannedVisit, "day" | "hour">): string {
  const words = day === today() ? t.dueToday : dayIn(language, day);
  return hour === null ? words : `${words}, ${hour.replace(/^0/, "")}`;
}

const SHAPES: Readonly<Record<number, readonly [style: string, shape: string]>> = {
  3: ["severe", "▲"],
  2: ["moderate", "◆"],
  1: ["watch", "●"],
};

export function SeverityTag(props: { severity: number }): JSX.Element {
  const { t } = useTeren();
  return (
    <Show when={SHAPES[props.severity]}>
      {(look) => (
        <span class={`tag ${look()[0]}`}>
          <span aria-hidden="true">{look()[1]}</span> {t.severity[props.severity]}
        </span>
      )}
    </Show>
  );
}

/** Puts the cursor in the first field that says what is wrong with it. */
export function focusFirstError(): void {
  requestAnimationFrame(() => {
    const wrong = document.querySelector<HTMLElement>("[aria-invalid=true], fieldset[aria-describedby] input");
    wrong?.focus();
    wrong?.scrollIntoView({ block: "center" });
  });
}
