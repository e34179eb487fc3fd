import { createMemo, createSignal, For, type JSX, Show } from "solid-js";
import { useTeren } from "../context";
import type { EntryOf, HouseholdView } from "../core";
import { dayIn, momentIn } from "../formats";
import { addressOf } from "../place";
import type { CaseFile, Choice, Plan, Uuid } from "../wire";
import { labelIn } from "./people";
import { peopleOf, stepLine } from "./plan-words";

/** Interventions that are shown at first. */
const NEWEST = 3;

/** A case at the door: its plan, and what was done. */
export function OneCase(props: { view: HouseholdView; file: CaseFile; names: ReadonlyMap<Uuid, string> }): JSX.Element {
  const { t, language, book } = useTeren();
  const file = (): CaseFile => props.file;
  const [all, setAll] = createSignal(false);
  const written = createMemo(() =>
    props.view.unsent.find(({ entry }) => entry.kind === "plan" && entry.body.case === props.file.id),
  );
  const heading = (): string => {
    const name = file().number === "" ? t.caseNotSent : t.caseNumber(file().number);
    const person = file().person;
    return person === null ? name : `${name}, ${t.caseOf(props.names.get(person) ?? "")}`;
  };
  const label = (choices: readonly Choice[], code: string): string => labelIn(choices, code, language);
  const planAddress = (): string => {
    const item = written();
    return addressOf("g", props.view.id, "plan", file().id, ...(item ? [item.entry.id] : []));
  };
  return (
    <section class="card" aria-labelledby={`case-${file().id}`}>
      <h2 id={`case-${file().id}`}>{heading()}</h2>
      <p class="t-hint">{label(book.reference.regimes, file().regime)}</p>
      <h3>{t.plan}</h3>
      <Show when={written()}>
        {(item) => (
          <Goals heading={t.planWritten} objectives={(item().entry as EntryOf<"plan">).body.objectives} open names={props.names} />
        )}
      </Show>
      <Show when={written() === undefined && file().draft}>
        {(draft) => <Goals heading={t.planDraft} objectives={draft().objectives} open names={props.names} />}
      </Show>
      <Show when={file().inForce}>
        {(plan) => (
          <Goals heading={t.planInForce(plan().version)} objectives={plan().objectives} open={false} names={props.names} />
        )}
      </Show>
      <Show when={file().inForce === null && file().draft === null && written() === undefined}>
        <p>{t.noPlan}</p>
      </Show>
      <p class="t-buttons">
        <a class="btn quiet" href={planAddress()}>
          {t.draftPlan}
        </a>
        <a class="btn quiet" href={addressOf("g", props.view.id, "vizita", file().id)}>
          {t.logVisit}
        </a>
      </p>
      <h3>{t.interventions}</h3>
      <Show when={file().interventions.length > 0} fallback={<p>{t.noInterventions}</p>}>
        <ul class="rows">
          <For each={file().interventions.slice(0, all() ? undefined : NEWEST)}>
            {(done) => (
              <li>
                <div>
                  <b>{[label(book.reference.modes, done.mode), label(book.reference.interventions, done.code)].filter(Boolean).join(": ")}</b>
                  <p class="why">
                    {[momentIn(language, done.at), done.person ? props.names.get(done.person) : "", done.by ? t.by(done.by) : ""]
                      .filter(Boolean)
                      .join(" · ")}
                  </p>
                  <Show when={done.note}>
                    <p class="t-note">{done.note}</p>
                  </Show>
                </div>
                <Show when={props.view.unsent.some(({ entry }) => entry.id === done.id)}>
                  <span class="tag moderate">{t.notSentYet}</span>
                </Show>
              </li>
            )}
          </For>
        </ul>
        <Show when={!all() && file().interventions.length > NEWEST}>
          <button type="button" class="btn quiet" onClick={() => setAll(true)}>
            {t.showMore}
          </button>
        </Show>
      </Show>
    </section>
  );
}

function Goals(props: {
  heading: string;
  objectives: Plan["objectives"];
  open: boolean;
  names: ReadonlyMap<Uuid, string>;
}): JSX.Element {
  const { t, language, book } = useTeren();
  const saying = { names: props.names, roles: {}, language, t };
  const waiting = (): number => props.objectives.filter(({ later }) => later === true).length;
  const progress = (code: string): string => labelIn(book.reference.progress, code, language);
  return (
    <details class="t-goals" open={props.open}>
      <summary>{props.heading}</summary>
      <ul class="rows">
        <For each={props.objectives.filter(({ later }) => later !== true)}>
          {(objective) => (
            <li>
              <div>
                <b>{objective.text}</b>
                <p class="why">
                  {[peopleOf(objective, props.names).join(", ") || t.wholeFamily, progress(objective.progress)]
                    .filter(Boolean)
                    .join(" · ")}
                </p>
                <Show when={objective.steps.length > 0}>
                  <ul class="t-steps">
                    <For each={objective.steps}>
                      {(step) => (
                        <li>
                          {stepLine({ ...step, due: null }, { ...saying, whole: objective.person === null })}
                          <Show when={step.done} fallback={<Show when={step.due}>{(due) => <> ({t.due(dayIn(language, due()))})</>}</Show>}>
                            {(done) => (
                              <>
                                {" "}
                                ✓ {t.done2} {dayIn(language, done())}
                              </>
                            )}
                          </Show>
                        </li>
                      )}
                    </For>
                  </ul>
                </Show>
              </div>
              <Show when={objective.due}>{(due) => <span class="t-due">{t.due(dayIn(language, due()))}</span>}</Show>
            </li>
          )}
        </For>
      </ul>
      <Show when={waiting() > 0}>
        <p class="why">{t.laterCount(waiting())}</p>
      </Show>
    </details>
  );
}
