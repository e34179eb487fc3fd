import type {
  AnyInputNode,
  AnyModelValueNode,
  AnyNoteNode,
  GroupNode,
  RangeNode,
  RankNode,
  RepeatInstanceNode,
  RepeatRangeControlledNode,
  RepeatRangeUncontrolledNode,
  RootNode,
  SelectNode,
  TriggerNode,
  UploadNode,
} from "@getodk/xforms-engine";

/** The engine's nodes, named as the screen thinks of them. */
export type Repeat = RepeatRangeControlledNode | RepeatRangeUncontrolledNode;
export type Question = AnyInputNode | SelectNode | RangeNode | RankNode | TriggerNode | UploadNode;
export type Leaf = Question | AnyNoteNode | AnyModelValueNode;
export type FormNode = Leaf | GroupNode | Repeat | RepeatInstanceNode;

const QUESTION_TYPES: ReadonlySet<string> = new Set(["input", "select", "range", "rank", "trigger", "upload"]);

export const isQuestion = (node: FormNode): node is Question => QUESTION_TYPES.has(node.nodeType);

export const isRepeat = (node: FormNode): node is Repeat => node.nodeType.startsWith("repeat-range");

export const isGroup = (node: FormNode): node is GroupNode => node.nodeType === "group";

export const canChangeLength = (repeat: Repeat): repeat is RepeatRangeUncontrolledNode =>
  repeat.nodeType === "repeat-range:uncontrolled";

export const childrenOf = (node: FormNode | RootNode): readonly FormNode[] =>
  (node.currentState.children ?? []) as readonly FormNode[];

export const instancesOf = (repeat: Repeat): readonly RepeatInstanceNode[] => repeat.currentState.children;

/** The last step of a node's path, without its position: `/data/member[2]/cnp` -> `cnp`. */
export function nameOf(node: FormNode | RootNode): string {
  return (node.currentState.reference.split("/").pop() ?? "").replace(/\[\d+\]$/, "");
}

export const labelOf = (node: FormNode): string => node.currentState.label?.asString.trim() ?? "";

export const valueOf = (node: Leaf): string => node.currentState.instanceValue;

export const isAnswered = (node: Question): boolean => valueOf(node) !== "";

/** A question that is put to the person now: it concerns them, and they may change the answer. */
export const isAsked = (node: FormNode): node is Question =>
  isQuestion(node) && node.currentState.relevant && !node.currentState.readonly;

/** Walks every descendant in the order of the form. */
export function* descendants(nodes: readonly FormNode[]): Generator<FormNode> {
  for (const node of nodes) {
    yield node;
    yield* descendants(childrenOf(node));
  }
}

/** Whether the node can ever show something: a question, a note, or a branch that holds one. */
export function isVisible(node: FormNode): boolean {
  if (node.nodeType === "model-value") return false;
  if (isQuestion(node) || node.nodeType === "note" || isRepeat(node)) return true;
  return childrenOf(node).some(isVisible);
}

/** The question a path names; `/data/member/cnp` and `/data/member[1]/cnp` are the same. */
export function questionAt(root: RootNode, reference: string): Question | undefined {
  const withoutFirst = (path: string): string => path.replaceAll("[1]", "");
  const wanted = withoutFirst(reference);
  for (const node of descendants(childrenOf(root))) {
    if (isQuestion(node) && withoutFirst(node.currentState.reference) === wanted) return node;
  }
  return undefined;
}

/** A stable identifier for the element that holds a node's control. */
export const controlId = (node: FormNode): string => `q-${node.nodeId.replace(/[^\w-]/g, "-")}`;
