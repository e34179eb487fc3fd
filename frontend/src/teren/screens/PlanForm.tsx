import { createMemo, createResource, createSignal, For, Index, type JSX, Show } from "solid-js";
import { produce, unwrap } from "solid-js/store";
import { useHouseholdOnce, useTeren } from "../context";
import type { EntryOf, HouseholdView } from "../core";
import { dayIn } from "../formats";
import { AreaField, CheckField, focusFirstError, Form, NotThere, type Option, Page, SelectField, TextField } from "../parts";
import { addressOf } from "../place";
import { createTyped, type Writable } from "../typed";
import type { CaseFile, DraftedPlan, Objective, Step, Uuid } from "../wire";
import { nameOf } from "./people";

/** An objective while the plan is being written: what was removed can be put back until it is saved. */
type Goal = Writable<Omit<Objective, "steps">> & { steps: (Writable<Step> & { removed: boolean })[]; removed: boolean };

interface Typed {
  objectives: Goal[];
  reason: string;
}

interface Begun {
  readonly file: CaseFile;
  readonly services: readonly Option[];
  readonly objectives: readonly Objective[];
  readonly source: Source;
}

type Source = "proposed" | "draft" | "unsent";

/** The draft of a plan: proposed from the findings, changed with the family. */
export function PlanForm(props: { household: Uuid; caseId: Uuid; entry: Uuid | null }): JSX.Element {
  const { t, language, book } = useTeren();
  const view = useHouseholdOnce(() => props.household);
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
  /** The kinds of services that the methodology of the last assessment knows, else of the newest one held. */
  const servicesFor = async (known: HouseholdView): Promise<readonly Option[]> => {
    const { last } = known;
    const newest = book.packs()[0];
    const held = last !== null ? await book.pack(last.pack, last.version) : null;
    const pack = held ?? (newest === undefined ? null : await book.pack(newest.name, newest.version));
    return Object.entries(pack?.parts.services ?? {}).map(([value, name]) => ({
      value,
      label: language === "en" ? name.en : name.ro,
    }));
  };
  const begin = async (
    known: HouseholdView,
    caseId: Uuid,
  ): Promise<Begun | null> => {
    const file = known.cases.find((one) => one.id === caseId);
    if (file === undefined) return null;
    const services = await servicesFor(known);
    const unsent = written();
    if (unsent !== null) return { file, services, objectives: unsent.body.objectives, source: "unsent" };
    if (file.draft !== null) return { file, services, objectives: file.draft.objectives, source: "draft" };
    return { file, services, objectives: await book.proposePlan(known.id, caseId), source: "proposed" };
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
          services={ready.services}
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
  steps: objective.steps.map((step) => ({ ...step, removed: false })),
  removed: false,
});

function Write(props: {
  view: HouseholdView;
  file: CaseFile;
  services: readonly Option[];
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
        steps: steps
          .filter((step) => !step.removed && step.text.trim() !== "")
          .map(({ removed: _stepRemoved, ...step }) => ({ ...step, text: step.text.trim() })),
      }),
    );
    const body: DraftedPlan = {
      case: file.id,
      base: written?.body.base ?? (file.draft ? { plan: file.draft.id, revision: file.draft.revision } : null),
      inForce: written?.body.inForce ?? file.inForce?.id ?? null,
      reason: typed.values.reason.trim(),
      objectives: structuredClone(unwrap(objectives)),
    };
    const isWritten = await typed.finish(() =>
      written === null ? book.write("plan", view.id, body) : book.amend(written.id, body),
    );
    if (isWritten) instead(addressOf("g", view.id));
    else setWrong({ form: t.storageFailed });
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
              services={props.services}
              wrong={wrong().empty === true && !goal.removed && goal.text.trim() === ""}
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
  services: readonly Option[];
  wrong: boolean;
  change: (change: (goal: Goal) => void) => void;
}): JSX.Element {
  const { t, language } = useTeren();
  const goal = (): Goal => props.goal;
  // What was proposed is read; what is new or wrong is written.
  const [editing, setEditing] = createSignal(props.goal.text === "");
  const open = (): boolean => editing() || props.wrong;
  const causes = (): string =>
    props.view.last?.findings
      .filter(({ code, person }) => goal().codes.includes(code) && person === goal().person)
      .map(({ name }) => (language === "en" ? name.en : name.ro))
      .join("; ") ?? "";
  const title = (): string => t.objective(props.position);
  const whose = (): string => {
    const member = props.view.members.find(({ person }) => person === goal().person);
    return member === undefined ? t.wholeFamily : nameOf(member, t);
  };
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
        <Show
          when={open()}
          fallback={
            <>
              <p class="t-goal-text">{goal().text}</p>
              <p class="why">
                {[whose(), goal().due ? t.due(dayIn(language, goal().due!)) : ""].filter(Boolean).join(" · ")}
              </p>
            </>
          }
        >
          <AreaField
            label={t.objectiveText}
            rows={2}
            maxlength={500}
            error={props.wrong ? t.objectiveMissing : undefined}
            value={goal().text}
            onInput={(value) => props.change((one) => void (one.text = value))}
          />
          <div class="fields">
            <SelectField
              label={t.forWhom}
              empty={t.wholeFamily}
              options={props.view.members.map((member) => ({ value: member.person, label: nameOf(member, t) }))}
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
        </Show>
        <Show when={causes()}>{(names) => <p class="why">{t.forFindings(names())}</p>}</Show>
        <h3>{t.steps}</h3>
        <Index each={goal().steps}>
          {(step, index) => (
            <Show
              when={open()}
              fallback={
                <CheckField
                  label={step().due ? `${step().text} (${t.due(dayIn(language, step().due!))})` : step().text}
                  checked={!step().removed}
                  onChange={(on) => props.change((one) => void (one.steps[index]!.removed = !on))}
                />
              }
            >
              <fieldset class="t-step" disabled={step().removed}>
                <TextField
                  label={t.stepText}
                  maxlength={500}
                  value={step().text}
                  onInput={(value) => props.change((one) => void (one.steps[index]!.text = value))}
                />
                <div class="fields">
                  <SelectField
                    label={t.service}
                    empty={t.serviceNone}
                    options={props.services}
                    value={step().service}
                    onChange={(value) => props.change((one) => void (one.steps[index]!.service = value))}
                  />
                  <TextField
                    label={t.term}
                    type="date"
                    value={step().due ?? ""}
                    onInput={(value) => props.change((one) => void (one.steps[index]!.due = value === "" ? null : value))}
                  />
                </div>
              </fieldset>
            </Show>
          )}
        </Index>
        <p class="t-buttons">
          <Show
            when={open()}
            fallback={
              <button type="button" class="btn quiet" aria-label={t.changeNamed(title())} onClick={() => setEditing(true)}>
                {t.changeGoal}
              </button>
            }
          >
            <button type="button" class="btn quiet" onClick={() => props.change((one) => void one.steps.push(blankStep()))}>
              {t.addStep}
            </button>
            <button type="button" class="btn quiet" aria-label={`${t.done}: ${title()}`} onClick={() => setEditing(goal().text.trim() === "")}>
              {t.done}
            </button>
          </Show>
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

const blankStep = (): Goal["steps"][number] => ({
  id: null,
  text: "",
  service: "",
  interventions: [],
  referTo: [],
  worker: null,
  due: null,
  done: null,
  removed: false,
});
