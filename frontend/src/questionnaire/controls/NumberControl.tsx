import type { DecimalInputNode, IntInputNode } from "@getodk/xforms-engine";
import { createEffect, createSignal, type JSX, on } from "solid-js";
import { valueOf } from "../nodes";
import { readInteger, readNumber, writeNumber } from "../numbers";
import { useQuestionnaire } from "../screen/context";
import { ariaFlag, type ControlProps } from "./control";

/** A text field rather than type=number: that one hides what it cannot read, and refuses the Romanian comma. */
export function NumberControl(props: ControlProps<IntInputNode | DecimalInputNode>): JSX.Element {
  const { language, problems } = useQuestionnaire();
  const node = props.node;
  const isInteger = node.valueType === "int";
  const stored = (): string => writeNumber(valueOf(node), language);
  const [text, setText] = createSignal(problems.unreadable(node) ?? stored());

  const read = (typed: string): void => {
    setText(typed);
    const number = isInteger ? readInteger(typed, language) : readNumber(typed, language);
    problems.setUnreadable(node, number === null && typed.trim() !== "" ? typed : undefined);
    problems.answered(node);
    node.setValue(number);
  };
  // The form itself may set or clear the answer; what the person is typing now is left alone.
  createEffect(
    on(stored, (value) => {
      const shown = isInteger ? readInteger(text(), language) : readNumber(text(), language);
      const meant = shown === null ? "" : String(shown);
      if (problems.unreadable(node) === undefined && meant !== valueOf(node).replace(/\.0+$/, "")) setText(value);
    }),
  );
  return (
    <input
      class="q-field q-number"
      id={props.id}
      type="text"
      inputmode={isInteger ? "numeric" : "decimal"}
      autocomplete="off"
      value={text()}
      readOnly={node.currentState.readonly}
      aria-describedby={props.describedBy}
      aria-invalid={ariaFlag(props.invalid)}
      aria-required={ariaFlag(props.required)}
      onInput={(event) => read(event.currentTarget.value)}
      onChange={() => {
        problems.touch(node);
        // Shows how the number was understood: "1.200" becomes "1200".
        if (problems.unreadable(node) === undefined) setText(stored());
      }}
    />
  );
}
