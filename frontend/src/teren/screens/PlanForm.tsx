import { createMemo, createResource, createSignal, For, type JSX, Show } from "solid-js";
import { produce } from "solid-js/store";
import { useHousehold, useTeren } from "../context";
import type { EntryOf, HouseholdView } from "../core";
import { AreaField, focusFirstError, Form, NotThere, Page, SelectField, TextField } from "../parts";
import { addressOf } from "../place";
import { createTyped, type Writable } from "../typed";
import type { CaseFile, DraftedPlan, Objective, Step, Uuid } from "../wire";
import { nameOf } from "./people";

/** An objective while the plan is being written: one that was removed can be put back until it is saved. */
type Goal = Writable<Omit<Objective, "steps">> & { steps: Writable<Step>[]; removed: boolean };

interface Typed {
  objectives: Goal[];
  reason: string;
}

type Source = "proposed" | "draft" | "unsent";

/** The draft of a plan: proposed from the findings, changed with the family. */
export function PlanForm(props: { household: Uuid; caseId: Uuid; entry: Uuid | null }): JSX.Element {
  const { t, book } = useTeren();
  const view = useHousehold(() => props.household);
  const [begun] = createResource(
    () => view.latest,
    async (known) => begin(known, props.caseId),
  );
  const written = (): EntryOf<"plan"> | null => {
    const found = props.entry === null ? undefined : book.item(props.entry)?.entry;
    if (found?.kind === "plan") return found;
    const unsent = book.unsent().find(({ entry }) => entry.kind === "plan" && entry.body.case === props.caseId);
    return unsent?.entry.kind === "plan" ? unsent.entry : null;
  };
  const begin = async (
    known: HouseholdView,
    caseId: Uuid,
  ): Promise<{ file: CaseFile; objectives: readonly Objective[]; source: Source } | null> => {
    const file = known.cases.find((one) => one.id === caseId);
    if (file === undefined) return null;
    const unsent = written();
    if (unsent !== null) return { file, objectives: unsent.body.objectives, source: "unsent" };
    if (file.draft !== null) return { file, objectives: file.draft.objectives, source: "draft" };
    return { file, objectives: await book.proposePlan(known.id, caseId), source: "proposed" };
  };
  return (
    <Show
      when={view.latest && begun.latest}
      fallback={
        <Show when={!view.loading && !begun.loading} fallback={<Page title={t.planTitle} back="#/">{t.loading}</Page>}>
          <NotThere />
        </Show>
      }
      keyed
    >
      {(ready) => (
        <Write
          view={view.latest!}
          file={ready.file}
          objectives={ready.objectives}
          source={ready.source}
          written={written()}
        />
      )}
    </Show>
  );
}

const goalOf = (objective: Objective): Goal => ({
  ...objective,
  steps: objective.steps.map((step) => ({ ...step })),
  removed: false,
});

function Write(props: {
  view: HouseholdView;
  file: CaseFile;
  objectives: readonly Objective[];
  source: Source;
  written: EntryOf<"plan"> | null;
}): JSX.Element {
  const { t, book, instead } = useTeren();
  const { view, file, written, source } = props;
  const typed = createTyped<Typed>(book, `plan-${file.id}`, {
    objectives: props.objectives.map(goalOf),
    reason: written?.body.reason ?? "",
  });
  const [wrong, setWrong] = createSignal<{ reason?: string; empty?: boolean; form?: string }>({});
  const needsReason = (): boolean => file.inForce !== null;
  const kept = createMemo(() => typed.values.objectives.filter(({ removed }) => !removed));
  const add = (): void => {
    const blank: Goal = {
      id: null,
      person: null,
      text: "",
      codes: [],
      compartment: "general",
      due: null,
      progress: "not_started",
      steps: [],
      removed: false,
    };
    typed.set("objectives", (before) => [...before, blank]);
    requestAnimationFrame(() => {
      const fields = document.querySelectorAll<HTMLElement>(".t-goal textarea");
      fields[fields.length - 1]?.focus();
    });
  };
  const save = async (): Promise<void> => {
    const empty = kept().some(({ text }) => text.trim() === "");
    const reasonMissing = needsReason() && typed.values.reason.trim() === "";
    setWrong({ empty, ...(reasonMissing ? { reason: t.reasonMissing } : {}) });
    if (empty || reasonMissing) return focusFirstError();
    const objectives = kept().map(
      ({ removed: _removed, steps, ...rest }): Objective => ({
        ...rest,
        text: rest.text.trim(),
        steps: steps.filter(({ text }) => text.trim() !== "").map((step) => ({ ...step, text: step.text.trim() })),
      }),
    );
    const body: DraftedPlan = {
      case: file.id,
      base: written?.body.base ?? (file.draft ? { plan: file.draft.id, revision: file.draft.revision } : null),
      inForce: written?.body.inForce ?? file.inForce?.id ?? null,
      reason: typed.values.reason.trim(),
      objectives: structuredClone(objectives),
    };
    try {
      if (written === null) await book.write("plan", view.id, body);
      else await book.amend(written.id, body);
      await typed.forget();
      instead(addressOf("g", view.id));
    } catch {
      setWrong({ form: t.storageFailed });
    }
  };
  const startAgain = async (): Promise<void> => {
    const proposed = await book.proposePlan(view.id, file.id);
    typed.set("objectives", proposed.map(goalOf));
  };
  const introduction = (): string =>
    source === "proposed" ? t.planProposed : source === "draft" ? t.planFromDraft : t.planFromUnsent;
  return (
    <Page
      title={t.planTitle}
      back={addressOf("g", view.id)}
      bar={
        <>
          <button type="button" class="btn quiet" onClick={add}>
            {t.addObjective}
          </button>
          <button class="btn" form="plan">
            {t.savePlan}
          </button>
        </>
      }
    >
      <p>{introduction()}</p>
      <Form id="plan" onSubmit={() => void save()}>
        <Show when={needsReason()}>
          <div class="card">
            <AreaField
              label={t.planReason}
              hint={t.planReasonHint}
              error={wrong().reason}
              rows={2}
              value={typed.values.reason}
              onInput={(value) => typed.set("reason", value)}
            />
          </div>
        </Show>
        <For each={typed.values.objectives} fallback={<p>{t.planEmpty}</p>}>
          {(goal, index) => (
            <GoalCard
              goal={goal}
              position={index() + 1}
              view={view}
              wrong={wrong().empty === true}
              change={(change) => typed.set("objectives", index(), produce(change))}
            />
          )}
        </For>
        <Show when={typed.values.objectives.length === 0 && source === "proposed"}>
          <button type="button" class="btn quiet" onClick={() => void startAgain()}>
            {t.tryAgain}
          </button>
        </Show>
        <p class="error t-error" role="alert">
          {wrong().form ?? ""}
        </p>
      </Form>
    </Page>
  );
}

function GoalCard(props: {
  goal: Goal;
  position: number;
  view: HouseholdView;
  wrong: boolean;
  change: (change: (goal: Goal) => void) => void;
}): JSX.Element {
  const { t, language, book } = useTeren();
  const goal = (): Goal => props.goal;
  const causes = (): string =>
    props.view.last?.findings
      .filter(({ code, person }) => goal().codes.includes(code) && person === goal().person)
      .map(({ name }) => (language === "en" ? name.en : name.ro))
      .join("; ") ?? "";
  const title = (): string => t.objective(props.position);
  return (
    <section class="card t-goal" aria-label={title()}>
      <Show
        when={!goal().removed}
        fallback={
          <p class="t-removed">
            <span>
              <s>{goal().text || title()}</s> {t.removed}
            </span>
            <button type="button" class="btn quiet" onClick={() => props.change((one) => void (one.removed = false))}>
              {t.putBack}
            </button>
          </p>
        }
      >
        <h2>{title()}</h2>
        <Show when={causes()}>{(names) => <p class="why">{t.forFindings(names())}</p>}</Show>
        <AreaField
          label={t.objectiveText}
          rows={2}
          maxlength={500}
          error={props.wrong && goal().text.trim() === "" ? t.objectiveMissing : undefined}
          value={goal().text}
          onInput={(value) => props.change((one) => void (one.text = value))}
        />
        <div class="fields">
          <SelectField
            label={t.forWhom}
            empty={t.wholeFamily}
            options={props.view.members.map((member) => ({ value: member.person, label: nameOf(member) }))}
            value={goal().person ?? ""}
            onChange={(value) => props.change((one) => void (one.person = value === "" ? null : value))}
          />
          <TextField
            label={t.term}
            type="date"
            value={goal().due ?? ""}
            onInput={(value) => props.change((one) => void (one.due = value === "" ? null : value))}
          />
        </div>
        <h3>{t.steps}</h3>
        <ol class="t-step-list">
          <For each={goal().steps}>
            {(step, index) => (
              <li>
                <TextField
                  label={t.stepText}
                  maxlength={500}
                  value={step.text}
                  onInput={(value) => props.change((one) => void (one.steps[index()]!.text = value))}
                />
                <div class="fields">
                  <SelectField
                    label={t.service}
                    empty={t.serviceNone}
                    options={book.reference.services.map(({ code, label }) => ({
                      value: code,
                      label: language === "en" ? label.en : label.ro,
                    }))}
                    value={step.service}
                    onChange={(value) => props.change((one) => void (one.steps[index()]!.service = value))}
                  />
                  <TextField
                    label={t.term}
                    type="date"
                    value={step.due ?? ""}
                    onInput={(value) => props.change((one) => void (one.steps[index()]!.due = value === "" ? null : value))}
                  />
                </div>
                <button
                  type="button"
                  class="btn quiet t-small"
                  aria-label={t.removeNamed(step.text || t.stepText)}
                  onClick={() => props.change((one) => void one.steps.splice(index(), 1))}
                >
                  {t.remove}
                </button>
              </li>
            )}
          </For>
        </ol>
        <p class="t-buttons">
          <button
            type="button"
            class="btn quiet"
            onClick={() =>
              props.change((one) => {
                one.steps.push({
                  id: null,
                  text: "",
                  service: "",
                  interventions: [],
                  referTo: [],
                  worker: null,
                  due: null,
                  done: null,
                });
              })
            }
          >
            {t.addStep}
          </button>
          <button
            type="button"
            class="btn danger"
            aria-label={t.removeNamed(title())}
            onClick={() => props.change((one) => void (one.removed = true))}
          >
            {t.remove}
          </button>
        </p>
      </Show>
    </section>
  );
}
