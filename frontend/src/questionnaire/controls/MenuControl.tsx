import type { SelectNode } from "@getodk/xforms-engine";
import { For, type JSX } from "solid-js";
import { useQuestionnaire } from "../screen/context";
import { ariaFlag, type ControlProps } from "./control";

/** A native menu for one answer out of many; choosing its first line takes the answer back. */
export function MenuControl(props: ControlProps<SelectNode>): JSX.Element {
  const { t, problems } = useQuestionnaire();
  const node = props.node;
  return (
    <select
      class="q-field"
      id={props.id}
      disabled={node.currentState.readonly}
      aria-describedby={props.describedBy}
      aria-invalid={ariaFlag(props.invalid)}
      aria-required={ariaFlag(props.required)}
      onChange={(event) => {
        node.selectValue(event.currentTarget.value || null);
        problems.answered(node);
        problems.touch(node);
      }}
    >
      <option value="">{t.chooseOne}</option>
      <For each={node.currentState.valueOptions}>
        {(option) => (
          <option value={option.value} selected={node.currentState.value.includes(option.value)}>
            {option.label.asString}
          </option>
        )}
      </For>
    </select>
  );
}
