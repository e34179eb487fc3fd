import type { DateInputNode, DateTimeInputNode, TimeInputNode } from "@getodk/xforms-engine";
import { createEffect, type JSX, on, onMount } from "solid-js";
import { valueOf } from "../nodes";
import { useQuestionnaire } from "../screen/context";
import { ariaFlag, type ControlProps } from "./control";

const TYPES = { date: "date", dateTime: "datetime-local", time: "time" } as const;
const LENGTHS = { date: 10, dateTime: 16, time: 5 } as const;

/** While a year is being typed the browser reports 0002, 0020, 0202: no answer yet. */
const isStillBeingTyped = (value: string): boolean => /^0/.test(value);

/** The native field, in the language of the person's own device. */
export function DateControl(props: ControlProps<DateInputNode | DateTimeInputNode | TimeInputNode>): JSX.Element {
  const { problems } = useQuestionnaire();
  const node = props.node;
  const kind = node.valueType as keyof typeof TYPES;
  const stored = (): string => valueOf(node).slice(0, LENGTHS[kind]);
  let field!: HTMLInputElement;

  const answer = (value: string): void => {
    problems.answered(node);
    // An XForms time or moment has seconds.
    node.setValue(value !== "" && kind !== "date" && value.length === LENGTHS[kind] ? `${value}:00` : value);
  };
  const onInput = (): void => {
    const { value } = field;
    if (kind !== "time" && isStillBeingTyped(value)) return;
    if (value === "" && field.validity.badInput) return;
    problems.setUnreadable(node, undefined);
    answer(value);
  };
  /** On leaving the field, what is still incomplete is said to be so, and no longer counts as the earlier answer. */
  const onBlur = (): void => {
    const { value } = field;
    const incomplete = field.validity.badInput || (kind !== "time" && isStillBeingTyped(value));
    problems.setUnreadable(node, incomplete ? value : undefined);
    if (incomplete) answer("");
    if (incomplete || value !== "") problems.touch(node);
  };
  onMount(() => {
    field.value = stored();
  });
  createEffect(
    on(stored, (value) => {
      if (problems.unreadable(node) === undefined && field.value !== value && document.activeElement !== field) field.value = value;
    }, { defer: true }),
  );
  return (
    <input
      ref={field}
      class="q-field q-date"
      id={props.id}
      type={TYPES[kind]}
      readOnly={node.currentState.readonly}
      aria-describedby={props.describedBy}
      aria-invalid={ariaFlag(props.invalid)}
      aria-required={ariaFlag(props.required)}
      onInput={onInput}
      onBlur={onBlur}
    />
  );
}
