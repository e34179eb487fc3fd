import type { SelectNode } from "@getodk/xforms-engine";
import { For, type JSX } from "solid-js";
import { useQuestionnaire } from "../screen/context";
import { Marked } from "../screen/Marked";
import { ariaFlag, type ControlProps } from "./control";

/** Radio buttons for one answer, checkboxes for several. */
export function ChoiceControl(props: ControlProps<SelectNode>): JSX.Element {
  const { problems } = useQuestionnaire();
  const node = props.node;
  const single = node.selectType === "select1";
  const isShort = (): boolean => {
    const options = node.currentState.valueOptions;
    return options.length <= 3 && options.every((option) => option.label.asString.length <= 14);
  };
  const choose = (value: string, chosen: boolean): void => {
    if (single) {
      node.selectValue(value);
    } else {
      const others = node.currentState.value.filter((other) => other !== value);
      node.selectValues(chosen ? [...others, value] : others);
    }
    problems.answered(node);
    problems.touch(node);
  };
  return (
    <div class="q-choices" classList={{ "q-short": isShort() }}>
      <For each={node.currentState.valueOptions}>
        {(option) => (
          <label class="q-choice">
            <input
              type={single ? "radio" : "checkbox"}
              name={props.id}
              value={option.value}
              checked={node.currentState.value.includes(option.value)}
              disabled={node.currentState.readonly}
              aria-invalid={single ? undefined : ariaFlag(props.invalid)}
              onChange={(event) => choose(option.value, event.currentTarget.checked)}
            />
            <span>
              <Marked text={option.label} />
            </span>
          </label>
        )}
      </For>
    </div>
  );
}
