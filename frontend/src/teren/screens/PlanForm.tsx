import { createMemo, createResource, createSignal, For, Index, type JSX, Show } from "solid-js";
import { produce, unwrap } from "solid-js/store";
import { useHouseholdOnce, useTeren } from "../context";
import type { EntryOf, HouseholdView } from "../core";
import { dayIn } from "../formats";
import { AreaField, CheckField, focusFirstError, Form, NotThere, type Option, Page, SelectField, TextField } from "../parts";
import { addressOf } from "../place";
import { createTyped, type Writable } from "../typed";
import type { CaseFile, DraftedPlan, Objective, PackParts, Step, Uuid } from "../wire";
import { nameOf, namesOf } from "./people";
import { peopleOf, saidIn, stepLine } from "./plan-words";

/** An objective while the plan is being written: what was removed can be put back until it is saved. */
type Goal = Writable<Omit<Objective, "steps">> & { steps: (Writable<Step> & { removed: boolean })[]; removed: boolean };

interface Typed {
  objectives: Goal[];
  reason: string;
}

interface Begun {
  readonly file: CaseFile;
  readonly parts: PackParts | null;
  readonly objectives: readonly Objective[];
  readonly source: Source;
}

type Source = "proposed" | "draft" | "unsent";

/** The draft of a plan: proposed from the findings, changed with the family. */
export function PlanForm(props: { household: Uuid; caseId: Uuid; entry: Uuid | null }): JSX.Element {
  const { t, book } = useTeren();
  const view = useHouseholdOnce(() => props.household);
  const [begun] = createResource(() => view.latest, async (known) => begin(known, props.caseId));
  const written = (): EntryOf<"plan"> | null => {
    const found = props.entry === null ? undefined : book.item(props.entry)?.entry;
    if (found?.kind === "plan") return found;
    const unsent = book.unsent().find(({ entry }) => entry.kind === "plan" && entry.body.case === props.caseId);
    return unsent?.entry.kind === "plan" ? unsent.entry : null;
  };
  /** What the methodology of the last assessment calls things now, else the first one held. */
  const partsFor = async ({ last }: HouseholdView): Promise<PackParts | null> => {
    const packs = book.packs();
    const named = packs.find(({ name }) => name === last?.pack) ?? packs[0];
    return named === undefined ? null : ((await book.pack(named.name, named.version))?.parts ?? null);
  };
  const begin = async (known: HouseholdView, caseId: Uuid): Promise<Begun | null> => {
    const file = known.cases.find((one) => one.id === caseId);
    if (file === undefined) return null;
    const parts = await partsFor(known);
    const unsent = written();
    if (unsent !== null) return { file, parts, objectives: unsent.body.objectives, source: "unsent" };
    if (file.draft !== null) return { file, parts, objectives: file.draft.objectives, source: "draft" };
    return { file, parts, objectives: await book.proposePlan(known.id, caseId), source: "proposed" };
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
          parts={ready.parts}
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
  parts: PackParts | null;
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
      later: false,
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
  /** Brought up, an objective stands after the other priorities. */
  const bringUp = (goal: Goal): void =>
    typed.set("objectives", (before) => {
      const others = before.filter((each) => each.later === true && each !== goal);
      return [...before.filter((each) => each.later !== true), { ...goal, later: false }, ...others];
    });
  const waiting = createMemo(() => typed.values.objectives.filter((goal) => goal.later === true && !goal.removed));
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
            <Show when={goal.later !== true}>
              <GoalCard
                goal={goal}
                position={typed.values.objectives.slice(0, index() + 1).filter((each) => each.later !== true).length}
                view={view}
                parts={props.parts}
                wrong={wrong().empty === true && !goal.removed && goal.text.trim() === ""}
                change={(change) => typed.set("objectives", index(), produce(change))}
              />
            </Show>
          )}
        </For>
        <Show when={waiting().length > 0}>
          <details class="card t-later">
            <summary>{t.laterCount(waiting().length)}</summary>
            <ul class="rows">
              <For each={waiting()}>
                {(goal) => (
                  <li>
                    <div>
                      {goal.text}
                      <p class="why">{peopleOf(goal, namesOf(view)).join(", ")}</p>
                    </div>
                    <button
                      type="button"
                      class="btn quiet t-small"
                      aria-label={`${t.bringUp}: ${goal.text}`}
                      onClick={() => bringUp(goal)}
                    >
                      {t.bringUp}
                    </button>
                  </li>
                )}
              </For>
            </ul>
          </details>
        </Show>
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
  parts: PackParts | null;
  wrong: boolean;
  change: (change: (goal: Goal) => void) => void;
}): JSX.Element {
  const { t, language } = useTeren();
  const goal = (): Goal => props.goal;
  // What was proposed is read; what is new or wrong is written.
  const [editing, setEditing] = createSignal(props.goal.text === "");
  const open = (): boolean => editing() || props.wrong;
  const causes = (): string =>
    [props.view.last, ...(props.view.others ?? [])]
      .flatMap((made) => made?.findings ?? [])
      .filter(({ code, person }) => goal().codes.includes(code) && (goal().person ?? person) === person)
      .map(({ name }) => saidIn(language, name))
      .filter((name, at, all) => all.indexOf(name) === at)
      .join("; ");
  const title = (): string => t.objective(props.position);
  const names = createMemo(() => namesOf(props.view));
  const whose = (): string => peopleOf(goal(), names()).join(", ") || t.wholeFamily;
  const services = (): Option[] =>
    Object.entries(props.parts?.services ?? {}).map(([value, name]) => ({ value, label: saidIn(language, name) }));
  const line = (step: Goal["steps"][number]): string =>
    stepLine(step, { names: names(), roles: props.parts?.roles ?? {}, whole: goal().person === null, language, t });
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
                  label={line(step())}
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
                    options={services()}
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
  ...{ id: null, text: "", service: "", interventions: [], referTo: [], findings: [], role: "" },
  ...{ worker: null, due: null, done: null, removed: false },
});
