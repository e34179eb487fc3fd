import { createMemo, For, type JSX, Show } from "solid-js";
import { useTeren } from "../context";
import type { HouseholdView } from "../core";
import { dayIn } from "../formats";
import type { Messages } from "../messages";
import type { Uuid } from "../wire";
import type { Due, Entitlement } from "../wire-due";
import { inWords } from "./register-words";

/** What the family seems entitled to and does not have: to be checked at the door, never promised. */
export function Entitled(props: { view: HouseholdView; names: ReadonlyMap<Uuid, string> }): JSX.Element {
  const { t, language, book, edition } = useTeren();
  const rules = createMemo(() => (edition(), new Map(book.reference.entitlements?.map((one) => [one.key, one]))));
  const shown = createMemo(() => {
    const byRule = new Map<Entitlement, Due[]>();
    for (const due of props.view.due ?? []) {
      const rule = rules().get(due.key);
      if (rule) byRule.set(rule, [...(byRule.get(rule) ?? []), due]);
    }
    return [...byRule];
  });
  const why = (rule: Entitlement, due: Due): string =>
    [due.person ? props.names.get(due.person) : "", sumOf(rule, due, t, language)].filter(Boolean).join(" · ");
  return (
    <Show when={shown().length > 0}>
      <section class="card" aria-labelledby="entitled">
        <h2 id="entitled">{t.seemsEntitled}</h2>
        <p class="t-hint">{t.seemsWords}</p>
        <ul class="rows">
          <For each={shown()}>
            {([rule, dues]) => (
              <li>
                <div>
                  <b>{inWords(rule.title, language)}</b>
                  <For each={dues}>{(due) => <p class="why">{why(rule, due)}</p>}</For>
                  <ToCheck rule={rule} />
                </div>
              </li>
            )}
          </For>
        </ul>
      </section>
    </Show>
  );
}

function ToCheck(props: { rule: Entitlement }): JSX.Element {
  const { t, language } = useTeren();
  return (
    <Show when={props.rule.verify.length + props.rule.papers.length > 0}>
      <details class="t-to-check">
        <summary>
          {t.whatToCheck}
          <span class="visually-hidden">: {inWords(props.rule.title, language)}</span>
        </summary>
        <ul>
          <For each={props.rule.verify}>{(words) => <li>{inWords(words, language)}</li>}</For>
        </ul>
        <Show when={props.rule.papers.length > 0}>
          <p>{t.papersToBring}</p>
          <ul>
            <For each={props.rule.papers}>{(words) => <li>{inWords(words, language)}</li>}</For>
          </ul>
        </Show>
      </details>
    </Show>
  );
}

/** How much and how often, in the words of the office; the bounds where the sum is not known. */
export function sumOf({ sums, per }: Entitlement, { amount, least, most }: Due, t: Messages, language: string): string {
  const lei = (sum: number): string =>
    sum.toLocaleString(language === "en" ? "en-GB" : "ro-RO", { minimumFractionDigits: sum % 1 ? 2 : 0, maximumFractionDigits: 2 });
  const often = t.howOften[per] ?? "";
  if (amount !== undefined) return t.lei(lei(amount)) + often;
  if (least !== undefined && most !== undefined) return t.leiBetween(lei(least), lei(most)) + often;
  if (most !== undefined) return t.leiUpTo(lei(most)) + often;
  return sums ? t.sumAtDesk : "";
}

/** The emergencies that are open where the household lives. */
export function EmergencyHere(props: { siruta: number }): JSX.Element {
  const { t, language, book, edition } = useTeren();
  const here = () => (edition(), book.reference.emergencies ?? []).filter(({ siruta }) => siruta === props.siruta);
  return (
    <For each={here()}>
      {(one) => (
        <section class="message warning" aria-label={t.emergencyOpen}>
          <p>
            <b>{[t.emergencyOpen, inWords(one.kind, language)].join(": ")}</b>
            <br />
            {[one.name, one.place, t.since(dayIn(language, one.since))].filter(Boolean).join(" · ")}
            <Show when={one.shelters.length > 0}>
              <br />
              {t.shelteredIn(one.shelters.join(", "))}
            </Show>
          </p>
        </section>
      )}
    </For>
  );
}
