import { For, type JSX, Show } from "solid-js";
import { useTeren } from "../context";
import type { Uuid, Words } from "../wire";
import type { Scored } from "../wire-subject";
import { inWords } from "./register-words";

/** Scores with what they mean and the answers behind them. `names`: where they may be of several people. */
export function Scores(props: { scores: readonly Scored[]; names?: ReadonlyMap<Uuid, string> }): JSX.Element {
  const { t, language } = useTeren();
  const said = (words: Words): string => inWords(words, language);
  const whose = ({ person }: Scored): string => (person && props.names?.get(person)) || "";
  return (
    <For each={props.scores}>
      {(score) => (
        <section class="t-found-of">
          <h3>{[said(score.label), whose(score)].filter(Boolean).join(", ")}</h3>
          <Show
            when={score.band}
            fallback={<p>{t.scoreNotKnown(score.missing.map(said).join(", "))}</p>}
          >
            {(band) => (
              <>
                <p>
                  <b>{said(band())}</b>: {score.meaning ? said(score.meaning) : ""}{" "}
                  <Show when={score.proposal}>
                    <span class="tag moderate">{t.scoreProposal}</span>
                  </Show>
                </p>
                <p class="t-hint">
                  {t.scoreShows} {score.source}
                </p>
                <details>
                  <summary>{t.scoreAnswers}</summary>
                  <dl class="t-said">
                    <For each={score.answers}>
                      {({ question, answer }) => (
                        <div>
                          <dt>{said(question)}</dt>
                          <dd>{said(answer)}</dd>
                        </div>
                      )}
                    </For>
                  </dl>
                </details>
              </>
            )}
          </Show>
        </section>
      )}
    </For>
  );
}
