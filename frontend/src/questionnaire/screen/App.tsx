import type { RootNode } from "@getodk/xforms-engine";
import { createSignal, type JSX, Match, onMount, Show, Switch } from "solid-js";
import type { CopyShelf } from "../copy-shelf";
import { DoorError, type Doors, type Draft } from "../doors";
import { openForm } from "../form-engine";
import { type Messages, messagesIn } from "../messages";
import { resume, type Resumption } from "../resume";
import { Screen } from "./Screen";

export interface AppProps {
  readonly doors: Doors;
  readonly shelf: CopyShelf;
  readonly language: string;
  /** Words that are said otherwise where the answers do not go to a server at once. */
  readonly words?: Partial<Messages>;
  /** What the address says before the page of the questionnaire. */
  readonly prefix?: string;
  /** Told the answers whenever they change, and when the questionnaire opens. */
  readonly onAnswers?: (instance: string) => void;
  /** Shown above the questions. */
  readonly above?: JSX.Element;
  readonly onSubmitted: (location: string) => void;
}

interface Opened {
  readonly root: RootNode;
  readonly draft: Draft;
  readonly how: Resumption["kind"];
}

type Opening =
  | { readonly kind: "loading" }
  | { readonly kind: "open"; readonly opened: Opened }
  | { readonly kind: "failed"; readonly words: string; readonly detail: string; readonly loginUrl: string | null };

/** Fetches the form and the draft, and opens the one in the other. */
export function App(props: AppProps): JSX.Element {
  const t = { ...messagesIn(props.language), ...props.words };
  const [opening, setOpening] = createSignal<Opening>({ kind: "loading" });

  const open = async (replacement?: Draft): Promise<void> => {
    setOpening({ kind: "loading" });
    try {
      const [form, draft, files] = await Promise.all([
        props.doors.loadForm(),
        replacement ?? props.doors.loadDraft(),
        props.doors.files?.all(),
      ]);
      const { kind: how, instance } = resume(draft, props.shelf);
      const root = await openForm(form, instance, props.language, files);
      setOpening({ kind: "open", opened: { root, draft, how } });
    } catch (error) {
      setOpening(failure(error, t));
    }
  };
  onMount(() => void open());

  const failed = () => {
    const state = opening();
    return state.kind === "failed" ? state : null;
  };
  const opened = () => {
    const state = opening();
    return state.kind === "open" ? state.opened : null;
  };
  return (
    <Switch>
      <Match when={opening().kind === "loading"}>
        <p class="q-loading" role="status">
          {t.loading}
        </p>
      </Match>
      <Match when={failed()}>
        {(state) => (
          <div class="q-banner severe" role="alert">
            <p>{state().words}</p>
            <Show when={state().detail}>
              <p class="q-detail">{state().detail}</p>
            </Show>
            <p class="q-buttons">
              <Show when={state().loginUrl}>
                {(url) => (
                  <a class="btn" href={url()}>
                    {t.signIn}
                  </a>
                )}
              </Show>
              <button type="button" class="btn quiet" onClick={() => void open()}>
                {t.tryAgain}
              </button>
            </p>
          </div>
        )}
      </Match>
      <Match when={opened()} keyed>
        {({ root, draft, how }) => (
          <Screen
            root={root}
            draft={draft}
            doors={props.doors}
            shelf={props.shelf}
            language={props.language}
            words={t}
            prefix={props.prefix ?? ""}
            onAnswers={props.onAnswers}
            above={props.above}
            opened={how}
            onReplace={(replacement) => void open(replacement)}
            onSubmitted={props.onSubmitted}
          />
        )}
      </Match>
    </Switch>
  );
}

function failure(error: unknown, t: Messages): Opening {
  if (error instanceof DoorError) {
    const { reason } = error;
    if (reason.kind === "signed-out") {
      return { kind: "failed", words: t.signInToOpen, detail: "", loginUrl: reason.loginUrl };
    }
    if (reason.kind === "unreachable") return { kind: "failed", words: t.cannotReach, detail: "", loginUrl: null };
    return { kind: "failed", words: reason.message ?? t.cannotOpen, detail: String(reason.status), loginUrl: null };
  }
  return { kind: "failed", words: t.cannotOpen, detail: error instanceof Error ? error.message : "", loginUrl: null };
}
