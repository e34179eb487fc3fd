import type { RangeNode } from "@getodk/xforms-engine";
import type { JSX } from "solid-js";
import { valueOf } from "../nodes";
import { writeNumber } from "../numbers";
import { useQuestionnaire } from "../screen/context";
import { ariaFlag, type ControlProps } from "./control";

/** A native slider with its number beside it; it shows a dash until it is moved. */
export function RangeControl(props: ControlProps<RangeNode>): JSX.Element {
  const { language, problems } = useQuestionnaire();
  const node = props.node;
  const { start: min, end: max, step } = node.definition.bounds;
  return (
    <div class="q-range">
      <input
        id={props.id}
        type="range"
        min={String(min)}
        max={String(max)}
        step={String(step)}
        value={valueOf(node) || String(min)}
        disabled={node.currentState.readonly}
        aria-describedby={props.describedBy}
        aria-invalid={ariaFlag(props.invalid)}
        onInput={(event) => {
          problems.answered(node);
          node.setValue(event.currentTarget.value as never);
        }}
        onChange={() => problems.touch(node)}
      />
      <output for={props.id}>{valueOf(node) === "" ? "–" : writeNumber(valueOf(node), language)}</output>
    </div>
  );
}
