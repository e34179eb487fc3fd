import { createMemo, For, type JSX, Show } from "solid-js";
import { useTeren } from "../context";
import type { HouseholdView } from "../core";
import { today } from "../formats";
import { addressOf } from "../place";
import type { About, RegisterEntry, RegisterForm } from "../wire-registers";
import { daysOf, inWords, isCurrent, lineOf, saidOf, stateOf, subjectOf } from "./register-words";

interface Shown {
  readonly form: RegisterForm;
  readonly entry: RegisterEntry;
  readonly about: About;
}

/** What registers say of the household and of each who lives there: those of today first, the past ones behind a fold. */
export function Registers(props: { view: HouseholdView }): JSX.Element {
  const { t, book, edition } = useTeren();
  const forms = createMemo(() => (edition(), new Map(book.reference.registers?.map((form) => [form.key, form]))));
  const all = createMemo((): Shown[] =>
    (props.view.registers?.about ?? []).flatMap((about) =>
      (props.view.registers?.entries ?? [])
        .filter((entry) => entry.about === about.id)
        .flatMap((entry) => {
          const form = forms().get(entry.register);
          return form ? [{ form, entry, about }] : [];
        }),
    ),
  );
  const now = (): Shown[] => all().filter(({ entry }) => isCurrent(entry, today()));
  const past = (): Shown[] => all().filter(({ entry }) => !isCurrent(entry, today()));
  const writes = (): boolean => props.view.registers?.about.some((about) => about.writes.length > 0) ?? false;
  return (
    <Show when={all().length > 0 || writes()}>
      <section class="card" aria-labelledby="registers">
        <h2 id="registers">{t.registers}</h2>
        <Show when={now().length > 0} fallback={<p>{t.noEntries}</p>}>
          <Rows view={props.view} shown={now()} />
        </Show>
        <Totals view={props.view} />
        <Show when={past().length > 0}>
          <details>
            <summary>{t.pastEntries(past().length)}</summary>
            <Rows view={props.view} shown={past()} />
          </details>
        </Show>
        <Show when={writes()}>
          <p class="t-buttons">
            <a class="btn quiet" href={addressOf("g", props.view.id, "inscriere")}>
              {t.newEntry}
            </a>
          </p>
        </Show>
      </section>
    </Show>
  );
}

/** What the entries come to, as the office reckons it. */
function Totals(props: { view: HouseholdView }): JSX.Element {
  const { t } = useTeren();
  const totals = () => props.view.registers?.totals ?? [];
  const whose = (id: string): string => {
    const about = props.view.registers?.about.find((one) => one.id === id);
    return about ? subjectOf(props.view, about, { t }) : "";
  };
  return (
    <Show when={totals().length > 0}>
      <h3>{t.totals}</h3>
      <ul class="rows">
        <For each={totals()}>
          {(one) => (
            <li>
              <div>
                <b>{`${one.label}: ${one.value}`}</b>
                <p class="why">{[whose(one.about), one.over].filter(Boolean).join(" · ")}</p>
              </div>
              <Show when={one.band}>
                <span class="tag plain">{one.band}</span>
              </Show>
            </li>
          )}
        </For>
      </ul>
    </Show>
  );
}

function Rows(props: { view: HouseholdView; shown: readonly Shown[] }): JSX.Element {
  const { t } = useTeren();
  const unsent = createMemo(
    () =>
      new Set(
        props.view.unsent.flatMap(({ entry }) => (entry.kind === "register" ? [entry.body.entry ?? entry.id] : [])),
      ),
  );
  return (
    <ul class="rows">
      <For each={props.shown}>
        {(one) => (
          <li>
            <One view={props.view} {...one} />
            <Show when={unsent().has(one.entry.id)}>
              <span class="tag moderate">{t.notSentYet}</span>
            </Show>
          </li>
        )}
      </For>
    </ul>
  );
}

function One(props: Shown & { view: HouseholdView }): JSX.Element {
  const { t, language, book } = useTeren();
  const speech = { t, language };
  const known = () => ({ reference: book.reference, view: props.view });
  const form = (): RegisterForm => props.form;
  const why = (): string =>
    [
      inWords(form().title, language),
      subjectOf(props.view, props.about, speech),
      form().states.length > 1 ? stateOf(form(), props.entry.state, language) : "",
      daysOf(form(), props.entry, speech),
    ]
      .filter(Boolean)
      .join(" · ");
  const facts = createMemo(() =>
    form().fields.flatMap((field) => {
      const said = saidOf(field, props.entry.values[field.name], speech, known());
      return said ? [{ label: inWords(field.label, language), said }] : [];
    }),
  );
  const moves = () => form().moves.filter(({ from }) => from.includes(props.entry.state));
  const address = (...more: string[]): string => addressOf("g", props.view.id, "inscriere", props.entry.id, ...more);
  return (
    <div>
      <b>{lineOf(form(), props.entry, speech, known())}</b>
      <p class="why">{why()}</p>
      <details>
        <summary>{t.entryDetails}</summary>
        <dl class="t-said">
          <For each={facts()}>
            {({ label, said }) => (
              <div>
                <dt>{label}</dt>
                <dd>{said}</dd>
              </div>
            )}
          </For>
        </dl>
        <Show when={props.about.writes.includes(form().key)}>
          <p class="t-buttons">
            <For each={moves()}>
              {(move) => (
                <a class="btn quiet" href={address(move.name)}>
                  {inWords(move.label, language)}
                </a>
              )}
            </For>
            <a class="btn quiet" href={address()}>
              {t.correctEntry}
            </a>
          </p>
        </Show>
      </details>
    </div>
  );
}
