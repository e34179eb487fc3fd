import type { RootNode } from "@getodk/xforms-engine";
import { createEffect, createMemo, createSignal, type JSX, on, onCleanup, onMount, Show } from "solid-js";
import type { CopyShelf } from "../copy-shelf";
import { DraftQueue, type SaveState } from "../draft-queue";
import type { Doors, Draft } from "../doors";
import type { Messages } from "../messages";
import type { Question } from "../nodes";
import { Problems } from "../problems";
import { createRoute, REVIEW } from "../route";
import { progressOf, type Section, sectionsOf, sumOf } from "../sections";
import { ChoiceOfVersion } from "./ChoiceOfVersion";
import { QuestionnaireProvider } from "./context";
import { focusQuestion, focusSoon } from "./focus";
import { guardLeaving } from "./leaving";
import { routeTo } from "./pages";
import { ReviewPage, type Submission } from "./ReviewPage";
import { SaveBanner, SaveStatus } from "./SaveStatus";
import { SectionPage } from "./SectionPage";
import { Steps } from "./Steps";

export interface ScreenProps {
  readonly root: RootNode;
  readonly draft: Draft;
  readonly doors: Doors;
  readonly shelf: CopyShelf;
  readonly language: string;
  readonly words: Messages;
  readonly prefix: string;
  readonly onAnswers?: ((instance: string) => void) | undefined;
  readonly above?: JSX.Element;
  /** How the answers on the screen relate to the draft; see resume.ts. */
  readonly opened: "draft" | "recovered" | "diverged";
  /** Opens the questionnaire anew with another version of the answers. */
  readonly onReplace: (draft: Draft) => void;
  readonly onSubmitted: (location: string) => void;
}

/** The open questionnaire. */
export function Screen(props: ScreenProps): JSX.Element {
  const { root, doors, language } = props;
  const t = props.words;
  const problems = new Problems(root, () => t);
  const allSections = sectionsOf(root);
  const sections = createMemo(() => allSections.filter((section) => section.isRelevant()));
  const { route, go, address } = createRoute(sections()[0]?.key ?? REVIEW, props.prefix);
  const section = createMemo((): Section | undefined => sections().find(({ key }) => key === route().section));
  const progress = createMemo(() => sumOf(sections().map((part) => progressOf(part.nodes()))));
  const found = createMemo(() => problems.all());
  const [saveState, setSaveState] = createSignal<SaveState>({ kind: "saved", at: props.draft.savedAt });
  const [isChoosing, setChoosing] = createSignal(false);
  const [submission, setSubmission] = createSignal<Submission>({ kind: "idle" });
  const answers = (): string => root.instanceState.instanceXML;

  const queue = new DraftQueue({
    doors: {
      pause: doors.pause,
      saveDraft: (instance, base, options) => doors.saveDraft(instance, base, { ...options, progress: progress() }),
    },
    shelf: props.shelf,
    version: props.draft.version,
    savedAt: props.draft.savedAt,
    onState: (state) => {
      setSaveState(state);
      if (state.kind === "edited-elsewhere") setChoosing(true);
    },
  });
  createEffect(on(answers, (instance) => queue.changed(instance), { defer: true }));
  createEffect(on(answers, (instance) => props.onAnswers?.(instance)));
  onMount(() => {
    if (props.opened === "recovered") queue.changed(answers());
    if (props.opened === "diverged") queue.meet(props.draft, answers());
  });
  onCleanup(guardLeaving(queue));

  const goToQuestion = (question: Question): void => {
    const place = routeTo(question, sections());
    if (place !== null) go(place);
    focusQuestion(question);
  };
  // A page is announced by its title; the first one is left to the browser, like any page that opens.
  createEffect(
    on(
      route,
      () => {
        scrollTo({ top: 0 });
        focusSoon(() => document.getElementById("q-title"));
      },
      { defer: true },
    ),
  );

  const submit = async (): Promise<void> => {
    if (submission().kind === "sending") return;
    problems.takeServer([]);
    problems.showAll();
    if (found().length > 0) {
      setSubmission({ kind: "idle" });
      focusSoon(() => document.getElementById("q-summary"));
      return;
    }
    if (queue.state.kind === "edited-elsewhere") {
      setChoosing(true);
      return;
    }
    setSubmission({ kind: "sending" });
    await queue.settled();
    const payload = await root.prepareInstancePayload({ payloadType: "monolithic" });
    const result = await doors.submit(payload.data[0] as unknown as FormData, queue.version);
    switch (result.kind) {
      case "submitted":
        queue.close();
        props.onSubmitted(result.location);
        return;
      case "invalid":
        setSubmission({ kind: "idle" });
        problems.takeServer(result.problems);
        focusSoon(() => document.getElementById("q-summary"));
        break;
      case "edited-elsewhere":
        setSubmission({ kind: "idle" });
        queue.meet(result.theirs, answers());
        return;
      case "signed-out":
        setSubmission({ kind: "failed", message: t.submitSignedOut });
        queue.changed(answers());
        break;
      case "unreachable":
        setSubmission({ kind: "failed", message: t.submitFailed });
        break;
      case "refused":
        setSubmission({ kind: "failed", message: result.message ?? t.submitRefused(result.status) });
    }
    queue.flush();
  };

  const takeTheirs = (): void => {
    const state = queue.state;
    if (state.kind !== "edited-elsewhere") return;
    queue.takeTheirs();
    props.onReplace(state.theirs);
  };

  return (
    <QuestionnaireProvider value={{ root, language, t, problems, sections, route, go, address, files: doors.files, goToQuestion }}>
      <div class="q">
        <div class="q-top">
          <label class="q-progress">
            <span>{t.progress(progress())}</span>
            <progress max={Math.max(1, progress().asked)} value={progress().answered} />
          </label>
          <SaveStatus state={saveState()} />
        </div>
        <Show when={props.opened === "recovered"}>
          <p class="q-banner calm" role="status">
            {t.recovered}
          </p>
        </Show>
        {props.above}
        <SaveBanner state={saveState()} onChoose={() => setChoosing(true)} />
        <div class="q-body">
          <Steps />
          <div class="q-main">
            <Show when={problems.allShown && found().length > 0 && section() !== undefined}>
              <p class="q-banner severe">
                <button type="button" class="q-link" onClick={() => go({ section: REVIEW, card: null })}>
                  {t.problemsLink(found().length)}
                </button>
              </p>
            </Show>
            <Show
              when={section()}
              fallback={<ReviewPage submission={submission()} problems={found()} onSubmit={() => void submit()} />}
              keyed
            >
              {(open) => <SectionPage section={open} />}
            </Show>
          </div>
        </div>
        <Show when={isChoosing() && saveState()}>
          {(state) => {
            const conflict = state();
            return conflict.kind === "edited-elsewhere" ? (
              <ChoiceOfVersion
                mine={answers()}
                theirs={conflict.theirs}
                onKeepMine={() => queue.keepMine(answers())}
                onTakeTheirs={takeTheirs}
                onClose={() => setChoosing(false)}
              />
            ) : null;
          }}
        </Show>
      </div>
    </QuestionnaireProvider>
  );
}
