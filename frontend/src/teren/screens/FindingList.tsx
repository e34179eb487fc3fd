import { createMemo, For, type JSX, Show } from "solid-js";
import { useTeren } from "../context";
import { SeverityTag } from "../parts";
import type { Found, Uuid } from "../wire";

/** What was found, by person, the gravest first, each with what it comes from. */
export function FindingList(props: {
  findings: readonly Found[];
  names: ReadonlyMap<Uuid, string>;
  notAssessed: number;
  level: 2 | 3;
  /** All are of one person, who is named above. */
  ofOne?: boolean;
}): JSX.Element {
  const { t, language } = useTeren();
  const groups = createMemo(() => {
    const byPerson = new Map<Uuid | null, Found[]>();
    const sorted = [...props.findings].sort((one, other) => other.severity - one.severity);
    for (const found of sorted) byPerson.set(found.person, [...(byPerson.get(found.person) ?? []), found]);
    return [...byPerson];
  });
  const words = (said: { ro: string; en: string }): string => (language === "en" ? said.en : said.ro);
  const heading = (person: Uuid | null): string =>
    person === null ? t.wholeFamily : (props.names.get(person) ?? t.people);
  return (
    <>
      <Show when={props.findings.length > 0} fallback={<p>{t.noFindings}</p>}>
        <For each={groups()}>
          {([person, found]) => (
            <section class="t-found-of">
              <Show when={!props.ofOne}>
                <Show when={props.level === 2} fallback={<h3>{heading(person)}</h3>}>
                  <h2>{heading(person)}</h2>
                </Show>
              </Show>
              <ul class="t-findings">
                <For each={found}>
                  {(one) => (
                    <li classList={{ "t-descriptive": one.severity === 0 }}>
                      <p class="t-finding">
                        <b>{words(one.name)}</b> <SeverityTag severity={one.severity} />
                      </p>
                      <p class="why">{words(one.explanation)}</p>
                    </li>
                  )}
                </For>
              </ul>
            </section>
          )}
        </For>
      </Show>
      <Show when={props.notAssessed > 0}>
        <p class="t-hint">{t.notAssessed(props.notAssessed)}</p>
      </Show>
    </>
  );
}
