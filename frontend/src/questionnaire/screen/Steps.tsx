import { createMemo, createSignal, For, type JSX, onCleanup, Show } from "solid-js";
import { REVIEW } from "../route";
import { descendants, isAsked } from "../nodes";
import { progressOf, type Section } from "../sections";
import { useQuestionnaire } from "./context";

const WIDE = "(min-width: 64rem)";

/** The list of sections with what is answered in each: a column where the page is wide, else a list that unfolds. */
export function Steps(): JSX.Element {
  const { t, sections, route } = useQuestionnaire();
  const query = matchMedia(WIDE);
  const [isWide, setWide] = createSignal(query.matches);
  const follow = (): void => {
    setWide(query.matches);
  };
  query.addEventListener("change", follow);
  onCleanup(() => query.removeEventListener("change", follow));
  let fold: HTMLDetailsElement | undefined;

  const current = (): string => {
    if (route().section === REVIEW) return t.review;
    return sections().find((section) => section.key === route().section)?.title() || t.generalSection;
  };
  const list = (): JSX.Element => (
    <nav class="q-steps" aria-label={t.sections}>
      <ol>
        <For each={sections()}>{(section) => <Step section={section} onChosen={() => fold?.removeAttribute("open")} />}</For>
        <li>
          <StepLink section={REVIEW} onChosen={() => fold?.removeAttribute("open")}>
            <span>{t.review}</span>
          </StepLink>
        </li>
      </ol>
    </nav>
  );
  return (
    <Show
      when={isWide()}
      fallback={
        <details class="q-fold" ref={fold}>
          <summary>
            <span class="muted">{t.sections}:</span> {current()}
          </summary>
          {list()}
        </details>
      }
    >
      {list()}
    </Show>
  );
}

function Step(props: { section: Section; onChosen: () => void }): JSX.Element {
  const { t, problems } = useQuestionnaire();
  const progress = createMemo(() => progressOf(props.section.nodes()));
  const isWrong = createMemo(() => {
    for (const node of descendants(props.section.nodes())) {
      if (isAsked(node) && problems.shownFor(node) !== null) return true;
    }
    return false;
  });
  const isDone = (): boolean => progress().asked > 0 && progress().answered === progress().asked;
  return (
    <li>
      <StepLink section={props.section.key} onChosen={props.onChosen}>
        <span>{props.section.title() || t.generalSection}</span>
        <small>
          <Show when={isWrong()}>
            <span class="q-mark-wrong">
              <span aria-hidden="true">▲</span>
              <span class="visually-hidden">{t.answerInvalid}</span>{" "}
            </span>
          </Show>
          <Show when={!isDone()} fallback={<span class="q-mark-done"><span aria-hidden="true">✓</span><span class="visually-hidden">{t.allAnswered}</span></span>}>
            <Show when={progress().asked > 0}>
              <span aria-hidden="true">
                {progress().answered}/{progress().asked}
              </span>
              <span class="visually-hidden">{t.progress(progress())}</span>
            </Show>
          </Show>
        </small>
      </StepLink>
    </li>
  );
}

function StepLink(props: { section: string; onChosen: () => void; children: JSX.Element }): JSX.Element {
  const { go, route, address } = useQuestionnaire();
  const to = () => ({ section: props.section, card: null });
  return (
    <a
      href={address(to())}
      aria-current={route().section === props.section ? "step" : undefined}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        props.onChosen();
        go(to());
      }}
    >
      {props.children}
    </a>
  );
}
