import { createMemo, createSignal, For, type JSX, Show } from "solid-js";
import { useHouseholdOnce, useTeren } from "../context";
import { dayBefore, judge, type EntryOf, type HouseholdView, type Judged, type Wrong } from "../core";
import { today } from "../formats";
import { AreaField, CheckField, focusFirstError, Form, NotThere, Page, SelectField, TextField } from "../parts";
import { addressOf } from "../place";
import { createTyped } from "../typed";
import type { Uuid } from "../wire";
import type { About, RegisterDeed, RegisterEntry, RegisterField, RegisterForm, RegisterMove } from "../wire-registers";
import { inWords, rowsFor, subjectOf } from "./register-words";
import { DEED, lastOf, moved, sentOf, typedAs, type TypedEntry } from "./register-typed";
import { isRow, RegisterFieldInput } from "./RegisterFieldInput";

type Errors = Readonly<Record<string, string>>;

/** An entry of a register: a new one; one that is corrected, or carried on by a move; or what was written and not sent. */
export function EntryForm(props: { household: Uuid; entry?: Uuid | null; move?: string | null; item?: Uuid | null }): JSX.Element {
  const { t, book } = useTeren();
  const view = useHouseholdOnce(() => props.household);
  return (
    <Show when={view.latest} fallback={<Page title={t.registers} back="#/">{t.loading}</Page>} keyed>
      {(known) => {
        const item = props.item ? book.item(props.item) : null;
        const kept = item?.entry.kind === "register" ? item.entry : null;
        const key = kept ? kept.body.entry : (props.entry ?? null);
        const base = known.registers?.entries.find(({ id }) => id === key) ?? null;
        const isThere = known.registers && (!props.item || kept) && (key === null || base);
        const move = kept?.body.move || props.move || "";
        return (
          <Show when={isThere} fallback={<NotThere />}>
            <Write view={known} base={base} move={move} kept={kept} said={item?.message ?? ""} asks={item?.field === "confirmed"} />
          </Show>
        );
      }}
    </Show>
  );
}

function Write(props: {
  view: HouseholdView;
  base: RegisterEntry | null;
  move: string;
  kept: EntryOf<"register"> | null;
  /** Why the office refused it, and whether it asks if that is meant. */
  said: string;
  asks: boolean;
}): JSX.Element {
  const { t, language, book, instead } = useTeren();
  const { view, base, kept } = props;
  const abouts = (view.registers?.about ?? []).filter(({ writes }) => writes.length > 0);
  const formOf = (key: string): RegisterForm | undefined => book.reference.registers?.find((form) => form.key === key);
  const former = formOf(base?.register ?? "");
  const step = former?.moves.find(({ name }) => name === props.move);
  const name = `entry-${view.id}-${kept?.id ?? `${base?.id ?? "new"}-${step?.name ?? ""}`}`;
  const typed = createTyped<TypedEntry>(book, name, fresh());
  const [errors, setErrors] = createSignal<Errors>({});
  const [warnings, setWarnings] = createSignal<readonly string[]>([]);

  const about = (): About | undefined => view.registers?.about.find(({ id }) => id === typed.values.about);
  const form = createMemo(() => formOf(typed.values.register));
  const fields = createMemo((): readonly RegisterField[] => {
    const reads = about()?.reads ?? [];
    const open = form()?.fields.filter(({ compartment }) => compartment === "" || reads.includes(compartment)) ?? [];
    return step ? open.filter((field) => step.asks.includes(field.name)) : open;
  });
  const asked = (): readonly string[] => step?.asks ?? fields().flatMap((field) => (field.required ? [field.name] : []));
  const rowsOf = (field: RegisterField) => {
    const chosen = typed.values.values[field.name];
    const { reference } = book;
    return isRow(field)
      ? rowsFor(field, typed.values.about, typeof chosen === "string" ? chosen : "", { t, language }, { reference, view })
      : [];
  };
  const states = () => (step ? [] : (form()?.states ?? []).filter(({ code }) => base || form()?.begins.includes(code)));
  const isCorrecting = base !== null && !step;
  const asksLast = (): boolean => !step && form() !== undefined && !form()!.ofDay && form()!.fields.every((field) => field.is !== "end");

  function fresh(): TypedEntry {
    const said = kept?.body;
    const on = (key: string): string => said?.register ?? key;
    const definition = formOf(on(base?.register ?? ""));
    const values = said?.values ?? base?.values ?? {};
    return {
      about: base?.about ?? said?.person ?? said?.case ?? (said ? view.id : abouts.length === 1 ? abouts[0]!.id : ""),
      register: definition?.key ?? "",
      state: said?.state ?? base?.state ?? "",
      start: said?.start ?? (isMove(definition) ? today() : (base?.start ?? today())),
      last: said?.last ?? (base?.end ? dayBefore(base.end) : ""),
      values: Object.fromEntries((definition?.fields ?? []).map((field) => [field.name, typedAs(field, values[field.name], language)])),
      why: said?.why ?? "",
      confirmed: false,
    };
  }

  function isMove(definition: RegisterForm | undefined): boolean {
    return props.move !== "" && definition !== undefined;
  }

  const choose = (key: string): void => {
    typed.set("register", key);
    typed.set("state", formOf(key)?.begins[0] ?? "");
    setErrors({});
  };
  const words = (wrong: Wrong | "number" | "money"): string =>
    typeof wrong === "string" ? t.entryWrong[wrong]! : inWords(wrong, language);

  const found = (definition: RegisterForm): { body: RegisterDeed; judged: Judged; errors: Record<string, string> } => {
    const { values, wrong } = sentOf(fields(), typed.values.values);
    const { start, why } = typed.values;
    const last = lastOf(definition, typed.values, values);
    const saying = step && base ? afterStep(definition, base, step, start, values) : { state: typed.values.state, start, last, values };
    const others = (view.registers?.entries ?? []).filter(
      (other) => other.about === typed.values.about && other.id !== base?.id && other.id !== kept?.id,
    );
    const judged = judge(definition, saying, { asked: asked(), others, today: today() });
    const said: Record<string, string> = {};
    for (const [field, one] of Object.entries({ ...judged.wrong, ...wrong })) said[placeOf(field)] = words(one);
    if (typed.values.register === "" || typed.values.about === "") said["form"] = t.entryWhat;
    if (step && base && start < base.start) said["start"] = t.entryWrong["order"]!;
    if (isCorrecting && why.trim() === "") said["why"] = t.reasonMissing;
    const { kind, id } = about() ?? { kind: "household", id: view.id };
    const body: RegisterDeed = {
      ...DEED,
      ...(base
        ? { do: step ? "move" : "correct", entry: base.id, revision: kept?.body.revision ?? base.revision }
        : { do: "add", person: kind === "person" ? id : null, case: kind === "case" ? id : null }),
      register: definition.key,
      digest: definition.digest,
      move: step?.name ?? "",
      state: saying.state,
      start,
      last: saying.last,
      values: step ? onlyTouched(definition, step, saying.values) : values,
      why: why.trim(),
      confirmed: typed.values.confirmed,
    };
    return { body, judged, errors: said };
  };
  const placeOf = (field: string): string => {
    if (field === "start" && step) return "form";
    return ["start", "last", ...fields().map((one) => one.name)].includes(field) ? field : "form";
  };

  const save = async (): Promise<void> => {
    const definition = form();
    if (!definition) return void setErrors({ form: t.entryWhat });
    const { body, judged, errors: wrong } = found(definition);
    setErrors(wrong);
    setWarnings(judged.warnings.map((say) => inWords(say, language)));
    if (Object.keys(wrong).length > 0) return focusFirstError();
    if (judged.warnings.length > 0 && !typed.values.confirmed) return focusFirstError();
    const isWritten = await typed.finish(() =>
      kept === null ? book.write("register", view.id, body) : book.amend(kept.id, body),
    );
    if (isWritten) instead(addressOf("g", view.id));
    else setErrors({ form: t.storageFailed });
  };

  const heading = (): string => (step ? inWords(step.label, language) : isCorrecting ? t.correctEntry : t.newEntry);
  const dayLabel = (): string => (step ? (step.ends ? t.lastDay : t.onWhatDay) : form()?.ofDay ? t.day : t.sinceWhen);
  const asksWhether = (): boolean => warnings().length > 0 || props.asks;
  return (
    <Page
      title={heading()}
      back={addressOf("g", view.id)}
      bar={
        <button class="btn" form="entry">
          {t.save}
        </button>
      }
    >
      <Form id="entry" class="card" onSubmit={() => void save()}>
        <Show when={props.said}>
          <p class="message error">{props.said}</p>
        </Show>
        <Show
          when={base === null && kept === null}
          fallback={
            <p>
              <b>{form() ? inWords(form()!.title, language) : ""}</b>
              <br />
              {about() ? subjectOf(view, about()!, { t }) : ""}
            </p>
          }
        >
          <SelectField
            label={t.aboutWhom}
            empty={t.chooseOne}
            options={abouts.map((one) => ({ value: one.id, label: subjectOf(view, one, { t }) }))}
            value={typed.values.about}
            onChange={(id) => {
              typed.set("about", id);
              if (!about()?.writes.includes(typed.values.register)) choose("");
            }}
          />
          <Show when={about()}>
            {(one) => (
              <SelectField
                label={t.whichRegister}
                empty={t.chooseOne}
                options={one().writes.flatMap((key) => {
                  const known = formOf(key);
                  return known ? [{ value: key, label: inWords(known.title, language) }] : [];
                })}
                value={typed.values.register}
                onChange={choose}
              />
            )}
          </Show>
        </Show>
        <Show when={form()}>
          <Show when={states().length > 1}>
            <SelectField
              label={t.entryState}
              options={states().map(({ code, label }) => ({ value: code, label: inWords(label, language) }))}
              value={typed.values.state}
              onChange={(code) => typed.set("state", code)}
            />
          </Show>
          <div class="fields">
            <TextField
              label={dayLabel()}
              type="date"
              error={errors()["start"]}
              value={typed.values.start}
              onInput={(day) => typed.set("start", day)}
            />
            <Show when={asksLast()}>
              <TextField
                label={t.lastDay}
                optional
                type="date"
                error={errors()["last"]}
                value={typed.values.last}
                onInput={(day) => typed.set("last", day)}
              />
            </Show>
          </div>
          <For each={fields()}>
            {(field) => (
              <RegisterFieldInput
                field={field}
                asked={asked().includes(field.name)}
                value={typed.values.values[field.name]}
                rows={rowsOf(field)}
                error={errors()[field.name]}
                onChange={(value) => typed.set("values", field.name, value)}
              />
            )}
          </For>
          <Show when={isCorrecting}>
            <AreaField
              label={t.whyCorrected}
              error={errors()["why"]}
              rows={2}
              maxlength={4_000}
              value={typed.values.why}
              onInput={(why) => typed.set("why", why)}
            />
          </Show>
          <Show when={asksWhether()}>
            <div class="message warning" role="alert">
              <For each={warnings()}>{(say) => <p>{say}</p>}</For>
              <CheckField label={t.rightSo} checked={typed.values.confirmed} onChange={(on) => typed.set("confirmed", on)} />
            </div>
          </Show>
        </Show>
        <p class="error t-error" role="alert">
          {errors()["form"] ?? ""}
        </p>
      </Form>
    </Page>
  );
}

function afterStep(form: RegisterForm, base: RegisterEntry, step: RegisterMove, on: string, asked: RegisterEntry["values"]) {
  const values = moved(form, base, step, on, asked);
  const stood = base.end === null ? "" : dayBefore(base.end);
  const last = lastOf(form, { start: base.start, last: step.ends ? on : stood }, values);
  return { state: step.to, start: base.start, last, values };
}

/** Of a step what it asks for, and the last day where it ends the entry. */
function onlyTouched(form: RegisterForm, step: RegisterMove, values: RegisterEntry["values"]): RegisterEntry["values"] {
  const isTouched = (name: string): boolean =>
    step.asks.includes(name) || (step.ends && form.fields.some((field) => field.name === name && field.is === "end"));
  return Object.fromEntries(Object.entries(values).filter(([name]) => isTouched(name)));
}
