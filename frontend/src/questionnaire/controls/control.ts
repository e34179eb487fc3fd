import type { Question } from "../nodes";

export interface ControlProps<Node extends Question = Question> {
  readonly node: Node;
  /** For the element that the question's label names. */
  readonly id: string;
  readonly describedBy: string | undefined;
  readonly invalid: boolean;
  readonly required: boolean;
}

export const ariaFlag = (on: boolean): "true" | undefined => (on ? "true" : undefined);
