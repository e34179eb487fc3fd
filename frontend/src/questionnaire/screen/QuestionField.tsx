import { type Component, createMemo, type JSX, Match, Show, Switch } from "solid-js";
import { ChoiceControl } from "../controls/ChoiceControl";
import { DateControl } from "../controls/DateControl";
import { MenuControl } from "../controls/MenuControl";
import { NumberControl } from "../controls/NumberControl";
import { PlaceControl } from "../controls/PlaceControl";
import { RangeControl } from "../controls/RangeControl";
import { TextControl } from "../controls/TextControl";
import { TriggerControl } from "../controls/TriggerControl";
import { UploadControl } from "../controls/UploadControl";
import type { ControlProps } from "../controls/control";
import { type Arrangement, arrangementOf } from "../controls/arrangement";
import { controlId, isAnswered, type Question, valueOf } from "../nodes";
import { useQuestionnaire } from "./context";
import { focusQuestion } from "./focus";
import { Marked } from "./Marked";

// Each control narrows the node to its own kind; CONTROLS is what guarantees it, which no type can say.
type AnyControl = Component<ControlProps<any>>;

const CONTROLS: Record<Exclude<Arrangement, "unsupported">, AnyControl> = {
  choices: ChoiceControl,
  menu: MenuControl,
  number: NumberControl,
  date: DateControl,
  text: TextControl,
  place: PlaceControl,
  range: RangeControl,
  trigger: TriggerControl,
  upload: UploadControl,
};

/** Those made of several fields are named by a legend; the others by a label. */
const GROUPED: ReadonlySet<Arrangement> = new Set<Arrangement>(["choices", "place", "trigger"]);

/** The others are cleared in the field itself. */
const CLEARED_BY_BUTTON: ReadonlySet<Arrangement> = new Set<Arrangement>(["choices", "place", "upload", "range"]);

/** One question: its words, its field, what is wrong with the answer, and a way to take the answer back. */
export function QuestionField(props: { node: Question }): JSX.Element {
  const { t, problems } = useQuestionnaire();
  const node = props.node;
  const id = controlId(node);
  const arrangement = createMemo(() => arrangementOf(node));
  const problem = createMemo(() => problems.shownFor(node));
  const hasHint = (): boolean => (node.currentState.hint?.asString ?? "") !== "";
  const describedBy = (): string | undefined =>
    [hasHint() && `${id}-hint`, problem() !== null && `${id}-problem`].filter(Boolean).join(" ") || undefined;

  const words = (): JSX.Element => (
    <>
      <Marked text={node.currentState.label} />
      <Show when={node.currentState.required}>
        {" "}
        <span class="q-required">({t.required})</span>
      </Show>
    </>
  );
  const hint = (): JSX.Element => (
    <Show when={hasHint()}>
      <p class="q-hint" id={`${id}-hint`}>
        <Marked text={node.currentState.hint} />
      </p>
    </Show>
  );
  const control = (): JSX.Element => {
    const kind = arrangement();
    if (kind === "unsupported") return null;
    const Control = CONTROLS[kind];
    return (
      <Control node={node} id={id} describedBy={describedBy()} invalid={problem() !== null} required={node.currentState.required} />
    );
  };
  const canBeCleared = (): boolean => CLEARED_BY_BUTTON.has(arrangement()) && !node.currentState.readonly;
  const hasSomething = (): boolean => isAnswered(node) || problems.unreadable(node) !== undefined;
  const clear = (): void => {
    problems.setUnreadable(node, undefined);
    problems.answered(node);
    if (node.nodeType === "select") node.selectValues([]);
    else if (node.nodeType === "input") node.setValue("");
    else if (node.nodeType === "upload" || node.nodeType === "range") node.setValue(null as never);
    focusQuestion(node);
  };

  return (
    <div class="q-question" classList={{ "q-wrong": problem() !== null, "q-beside": sitsBeside(node, arrangement()), "q-clearable": canBeCleared() }}>
      <Switch>
        <Match when={arrangement() === "unsupported"}>
          <p class="q-label">{words()}</p>
          {hint()}
          <p class="q-unsupported">{t.unsupported}</p>
          <Show when={valueOf(node) !== ""}>
            <p class="muted">{valueOf(node)}</p>
          </Show>
        </Match>
        <Match when={GROUPED.has(arrangement())}>
          <fieldset
            id={id}
            role={arrangement() === "choices" && isSingleChoice(node) ? "radiogroup" : undefined}
            aria-required={arrangement() === "choices" && isSingleChoice(node) && node.currentState.required ? "true" : undefined}
            aria-invalid={arrangement() === "choices" && isSingleChoice(node) && problem() !== null ? "true" : undefined}
            aria-describedby={describedBy()}
          >
            <legend class="q-label">
              {words()}
              {hint()}
            </legend>
            <div class="q-control">{control()}</div>
          </fieldset>
        </Match>
        <Match when={true}>
          <div class="q-words">
            <label class="q-label" for={id}>
              {words()}
            </label>
            {hint()}
          </div>
          <div class="q-control">{control()}</div>
        </Match>
      </Switch>
      <Show when={problem()}>
        {(message) => (
          <p class="q-problem" id={`${id}-problem`}>
            {message()}
          </p>
        )}
      </Show>
      <Show when={canBeCleared() && hasSomething()}>
        <button type="button" class="q-clear" onClick={clear}>
          {t.clear}
          <span class="visually-hidden"> {t.clearWhat}: {node.currentState.label?.asString}</span>
        </button>
      </Show>
    </div>
  );
}

const isSingleChoice = (node: Question): boolean => node.nodeType === "select" && node.selectType === "select1";

/** Short answers sit beside their question where the page is wide, so that a section reads like a list. */
function sitsBeside(node: Question, arrangement: Arrangement): boolean {
  if (arrangement === "number" || arrangement === "date") return true;
  if (arrangement !== "choices" || !isSingleChoice(node) || node.nodeType !== "select") return false;
  const options = node.currentState.valueOptions;
  return options.length <= 2 && options.every((option) => option.label.asString.length <= 12);
}
