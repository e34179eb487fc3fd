import { For, type JSX, Show } from "solid-js";
import { childrenOf, instancesOf, labelOf, type Question } from "../nodes";
import { personName } from "../persons";
import type { Problem } from "../problems";
import { useQuestionnaire } from "./context";
import { routeTo } from "./pages";

/** Every problem, each a link to its question. It takes the focus when a submission is refused. */
export function ProblemSummary(props: { problems: readonly Problem[] }): JSX.Element {
  const { t, sections, goToQuestion, address } = useQuestionnaire();
  const href = (question: Question): string => {
    const route = routeTo(question, sections());
    return route === null ? "#" : address(route);
  };
  return (
    <div class="q-summary" id="q-summary" tabindex="-1" role="group" aria-labelledby="q-summary-title">
      <h3 id="q-summary-title">{t.problemsTitle(props.problems.length)}</h3>
      <ul>
        <For each={props.problems}>
          {(problem) => (
            <li>
              <Show when={problem.node} fallback={problem.message}>
                {(node) => (
                  <>
                    <a
                      href={href(node())}
                      onClick={(event) => {
                        event.preventDefault();
                        goToQuestion(node());
                      }}
                    >
                      {whose(node())}
                      {labelOf(node())}
                    </a>
                    : {problem.message}
                  </>
                )}
              </Show>
            </li>
          )}
        </For>
      </ul>
    </div>
  );
}

/** "Ana Popa, " before the question of a member's card. */
export function whose(question: Question): string {
  type Ancestor = { nodeType: string; parent?: unknown };
  let ancestor = question.parent as Ancestor | null;
  while (ancestor !== null && ancestor !== undefined) {
    if (ancestor.nodeType === "repeat-instance") {
      const instance = ancestor as ReturnType<typeof instancesOf>[number];
      const name = personName(childrenOf(instance)) || `${labelOf(instance.parent)} ${instancesOf(instance.parent).indexOf(instance) + 1}`;
      return `${name}, `;
    }
    ancestor = (ancestor.parent ?? null) as Ancestor | null;
  }
  return "";
}

/** A select's stored codes as the words the person chose. */
export function answerInWords(question: Question, value: string): string {
  if (question.nodeType !== "select") return value;
  return value
    .split(" ")
    .map((code) => question.getValueOption(code)?.label.asString ?? code)
    .join(", ");
}

