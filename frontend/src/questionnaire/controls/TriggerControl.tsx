import type { TriggerNode } from "@getodk/xforms-engine";
import type { JSX } from "solid-js";
import { useQuestionnaire } from "../screen/context";
import { ariaFlag, type ControlProps } from "./control";

/** A single acknowledgement. */
export function TriggerControl(props: ControlProps<TriggerNode>): JSX.Element {
  const { t, problems } = useQuestionnaire();
  const node = props.node;
  return (
    <label class="q-choice">
      <input
        type="checkbox"
        checked={node.currentState.value === true}
        disabled={node.currentState.readonly}
        aria-invalid={ariaFlag(props.invalid)}
        onChange={(event) => {
          node.setValue(event.currentTarget.checked);
          problems.answered(node);
          problems.touch(node);
        }}
      />
      <span>{t.confirmTrigger}</span>
    </label>
  );
}
