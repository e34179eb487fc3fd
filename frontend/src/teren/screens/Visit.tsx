import { createMemo, createSignal, type JSX, Show } from "solid-js";
import { useHouseholdOnce, useTeren } from "../context";
import type { HouseholdView } from "../core";
import { localMinute, withZone } from "../formats";
import { AreaField, CheckField, focusFirstError, Form, Page, SelectField, TextField } from "../parts";
import { addressOf } from "../place";
import { createTyped, type Writable } from "../typed";
import type { Intervention, Uuid } from "../wire";
import { nameOf, optionsOf } from "./people";

type Wrong = Partial<Record<"mode" | "at" | "minutes" | "form", string>>;
type Typed = Writable<Omit<Intervention, "minutes" | "person" | "step">> & { minutes: string; person: string; step: string };

const USUAL_MODE = "home_visit";
const MINUTES_OF_A_DAY = 1440;

/** A visit or another intervention, as it is written down at the door. */
export function Visit(props: { household: Uuid; caseId: Uuid; entry: Uuid | null }): JSX.Element {
  const { t } = useTeren();
  const view = useHouseholdOnce(() => props.household);
  return (
    <Show when={view.latest} fallback={<Page title={t.logVisit} back="#/">{t.loading}</Page>} keyed>
      {(known) => <Write view={known} caseId={props.caseId} entry={props.entry} />}
    </Show>
  );
}

function Write(props: { view: HouseholdView; caseId: Uuid; entry: Uuid | null }): JSX.Element {
  const { t, language, book, instead } = useTeren();
  const { id, members, cases } = props.view;
  const item = props.entry === null ? null : book.item(props.entry);
  const kept = item?.entry.kind === "intervention" ? item.entry : null;
  const modes = book.reference.modes;
  const fresh: Typed = kept
    ? {
        ...kept.body,
        at: localMinute(new Date(kept.body.at)),
        minutes: kept.body.minutes === null ? "" : String(kept.body.minutes),
        person: kept.body.person ?? "",
        step: kept.body.step ?? "",
      }
    : {
        case: props.caseId,
        mode: modes.some(({ code }) => code === USUAL_MODE) ? USUAL_MODE : "",
        code: "",
        at: localMinute(new Date()),
        minutes: "",
        person: "",
        step: "",
        metFamily: true,
        compartment: "general",
        note: "",
      };
  const typed = createTyped<Typed>(book, `visit-${kept?.id ?? props.caseId}`, fresh);
  const [wrong, setWrong] = createSignal<Wrong>({});
  const steps = createMemo(() => {
    const plan = cases.find((file) => file.id === props.caseId)?.inForce;
    return (plan?.objectives ?? []).filter(({ later }) => later !== true).flatMap((objective) =>
      objective.steps
        .filter((step) => step.id !== null && step.done === null)
        .map((step) => ({ value: step.id!, label: `${objective.text}: ${step.text}` })),
    );
  });
  const check = (): Wrong => {
    const { mode, at, minutes } = typed.values;
    const count = Number(minutes);
    const isWrong = minutes !== "" && !(Number.isInteger(count) && count >= 1 && count <= MINUTES_OF_A_DAY);
    return {
      ...(mode === "" ? { mode: t.modeMissing } : {}),
      ...(at === "" || new Date(at) > new Date() ? { at: t.atFuture } : {}),
      ...(isWrong ? { minutes: t.minutesWrong } : {}),
    };
  };
  const save = async (): Promise<void> => {
    const found = check();
    setWrong(found);
    if (Object.keys(found).length > 0) return focusFirstError();
    const { minutes, person, step, at, note, ...rest } = typed.values;
    const body: Intervention = {
      ...rest,
      at: withZone(at),
      note: note.trim(),
      minutes: minutes === "" ? null : Number(minutes),
      person: person === "" ? null : person,
      step: step === "" ? null : step,
    };
    const isWritten = await typed.finish(() =>
      kept === null ? book.write("intervention", id, body) : book.amend(kept.id, body),
    );
    if (isWritten) instead(addressOf("g", id));
    else setWrong({ form: t.storageFailed });
  };
  return (
    <Page
      title={t.logVisit}
      back={addressOf("g", id)}
      bar={
        <button class="btn" form="visit">
          {t.save}
        </button>
      }
    >
      <Form id="visit" class="card" onSubmit={() => void save()}>
        <div class="fields">
          <SelectField
            label={t.mode}
            error={wrong().mode}
            empty=""
            options={optionsOf(modes, language)}
            value={typed.values.mode}
            onChange={(value) => typed.set("mode", value)}
          />
          <TextField
            label={t.at}
            error={wrong().at}
            type="datetime-local"
            max={localMinute(new Date())}
            value={typed.values.at}
            onInput={(value) => typed.set("at", value)}
          />
        </div>
        <SelectField
          label={t.code}
          empty={t.codeNone}
          options={optionsOf(book.reference.interventions, language)}
          value={typed.values.code}
          onChange={(value) => typed.set("code", value)}
        />
        <div class="fields">
          <TextField
            label={t.minutes}
            optional
            error={wrong().minutes}
            inputmode="numeric"
            value={typed.values.minutes}
            onInput={(value) => typed.set("minutes", value)}
          />
          <SelectField
            label={t.person}
            empty={t.wholeFamily}
            options={members.map((member) => ({ value: member.person, label: nameOf(member, t) }))}
            value={typed.values.person}
            onChange={(value) => typed.set("person", value)}
          />
        </div>
        <Show when={steps().length > 0}>
          <SelectField
            label={t.step}
            empty={t.stepNone}
            options={steps()}
            value={typed.values.step}
            onChange={(value) => typed.set("step", value)}
          />
        </Show>
        <CheckField label={t.metFamily} checked={typed.values.metFamily} onChange={(on) => typed.set("metFamily", on)} />
        <AreaField
          label={t.note}
          hint={t.noteHint}
          rows={6}
          value={typed.values.note}
          onInput={(value) => typed.set("note", value)}
        />
        <Show when={book.worker.compartments.length > 1}>
          <SelectField
            label={t.compartment}
            options={book.worker.compartments.map((code) => ({ value: code, label: t.compartments[code] ?? code }))}
            value={typed.values.compartment}
            onChange={(value) => typed.set("compartment", value)}
          />
        </Show>
        <p class="error t-error" role="alert">
          {wrong().form ?? ""}
        </p>
      </Form>
    </Page>
  );
}
