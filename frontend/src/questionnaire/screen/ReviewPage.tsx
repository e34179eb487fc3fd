import { createMemo, For, type JSX, Show } from "solid-js";
import { childrenOf, descendants, isAnswered, isAsked, type Question } from "../nodes";
import type { Problem } from "../problems";
import { progressOf } from "../sections";
import { useQuestionnaire } from "./context";
import { ProblemSummary } from "./ProblemSummary";
import { Way } from "./Ways";

export type Submission =
  | { readonly kind: "idle" }
  | { readonly kind: "sending" }
  | { readonly kind: "failed"; readonly message: string };

/** The last page: what is missing, what is wrong, and the button that submits. */
export function ReviewPage(props: {
  submission: Submission;
  problems: readonly Problem[];
  onSubmit: () => void;
}): JSX.Element {
  const { t, root, sections, problems, goToQuestion } = useQuestionnaire();
  const unanswered = createMemo<Question[]>(() => {
    const found: Question[] = [];
    for (const node of descendants(childrenOf(root))) if (isAsked(node) && !isAnswered(node)) found.push(node);
    return found;
  });
  const lastSection = () => sections().at(-1);
  return (
    <section class="card q-page" aria-labelledby="q-title">
      <h2 id="q-title" tabindex="-1">
        {t.review}
      </h2>
      <Show when={problems.allShown && props.problems.length > 0}>
        <ProblemSummary problems={props.problems} />
      </Show>
      <dl class="q-totals">
        <For each={sections()}>
          {(section) => (
            <>
              <dt>{section.title() || t.generalSection}</dt>
              <dd>{t.progressShort(progressOf(section.nodes()))}</dd>
            </>
          )}
        </For>
      </dl>
      <Show when={unanswered()[0]} fallback={<p>{t.everythingAnswered}</p>}>
        {(first) => (
          <>
            <p>
              <b>{t.unansweredQuestions(unanswered().length)}.</b> {t.reviewIntro}
            </p>
            <p>
              <button type="button" class="btn quiet" onClick={() => goToQuestion(first())}>
                {t.firstUnanswered}
              </button>
            </p>
          </>
        )}
      </Show>
      <p class="q-failure" role="alert">
        {props.submission.kind === "failed" ? props.submission.message : ""}
      </p>
      <p class="q-buttons q-ways">
        <Show when={lastSection()}>
          {(section) => <Way words={t.back} to={{ section: section().key, card: null }} class="btn quiet" />}
        </Show>
        <button type="button" class="btn" aria-disabled={props.submission.kind === "sending"} onClick={() => props.onSubmit()}>
          {props.submission.kind === "sending" ? t.submitting : t.submit}
        </button>
      </p>
    </section>
  );
}
