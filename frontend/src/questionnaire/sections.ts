import type { RootNode } from "@getodk/xforms-engine";
import { childrenOf, descendants, type FormNode, isAnswered, isAsked, isGroup, isRepeat, isVisible, labelOf, nameOf } from "./nodes";

/** One page of the questionnaire: a top-level group, a top-level repeat, or the loose questions between them. */
export interface Section {
  /** Stable in the address bar, e.g. `locuinta`. */
  readonly key: string;
  /** Empty when the form gives none. */
  readonly title: () => string;
  readonly isRelevant: () => boolean;
  readonly nodes: () => readonly FormNode[];
}

export function sectionsOf(root: RootNode): Section[] {
  const sections: Section[] = [];
  let loose: FormNode[] = [];
  const gatherLoose = (): void => {
    const [first] = loose;
    if (first === undefined) return;
    const nodes = loose;
    loose = [];
    sections.push({
      key: nameOf(first),
      title: () => "",
      isRelevant: () => nodes.some((node) => node.currentState.relevant),
      nodes: () => nodes,
    });
  };
  for (const node of childrenOf(root)) {
    if (!isVisible(node)) continue;
    if (!isGroup(node) && !isRepeat(node)) {
      loose.push(node);
      continue;
    }
    gatherLoose();
    sections.push({
      key: nameOf(node),
      title: () => labelOf(node),
      isRelevant: () => node.currentState.relevant,
      nodes: () => (isRepeat(node) ? [node] : childrenOf(node)),
    });
  }
  gatherLoose();
  return sections;
}

export interface Progress {
  readonly answered: number;
  readonly asked: number;
}

/** Counts the questions put now, and those with an answer; what does not concern the household is not counted. */
export function progressOf(nodes: readonly FormNode[]): Progress {
  let answered = 0;
  let asked = 0;
  for (const node of descendants(nodes)) {
    if (!isAsked(node)) continue;
    asked += 1;
    if (isAnswered(node)) answered += 1;
  }
  return { answered, asked };
}

export const sumOf = (parts: readonly Progress[]): Progress => ({
  answered: parts.reduce((sum, part) => sum + part.answered, 0),
  asked: parts.reduce((sum, part) => sum + part.asked, 0),
});
