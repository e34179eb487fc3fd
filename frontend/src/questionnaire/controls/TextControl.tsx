import type { StringInputNode } from "@getodk/xforms-engine";
import { type JSX, Show } from "solid-js";
import { nameOf, valueOf } from "../nodes";
import { plainNumber } from "../numbers";
import { useQuestionnaire } from "../screen/context";
import { ariaFlag, type ControlProps } from "./control";

/** Remarks get room; identifiers get the digits' keyboard and no autocorrection. */
export function TextControl(props: ControlProps<StringInputNode>): JSX.Element {
  const { problems } = useQuestionnaire();
  const node = props.node;
  const rows = node.nodeOptions?.rows ?? (node.appearances.multiline ? 4 : null);
  const isNumeric = node.appearances.numbers || nameOf(node) === "cnp";
  const common = () =>
    ({
      id: props.id,
      autocomplete: "off",
      value: valueOf(node),
      readOnly: node.currentState.readonly,
      "aria-describedby": props.describedBy,
      "aria-invalid": ariaFlag(props.invalid),
      "aria-required": ariaFlag(props.required),
      onChange: () => problems.touch(node),
    }) as const;
  const write = (text: string): void => {
    problems.answered(node);
    node.setValue(isNumeric ? plainNumber(text) : text);
  };
  return (
    <Show
      when={rows !== null}
      fallback={
        <input
          {...common()}
          class="q-field"
          type="text"
          inputmode={isNumeric ? "numeric" : "text"}
          spellcheck={isNumeric ? false : undefined}
          onInput={(event) => write(event.currentTarget.value)}
        />
      }
    >
      <textarea {...common()} class="q-field" rows={rows ?? 4} onInput={(event) => write(event.currentTarget.value)} />
    </Show>
  );
}
