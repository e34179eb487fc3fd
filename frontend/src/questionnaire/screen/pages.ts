import type { RepeatInstanceNode } from "@getodk/xforms-engine";
import { childrenOf, descendants, type FormNode, instancesOf, isRepeat, nameOf, type Question, type Repeat } from "../nodes";
import type { Route } from "../route";
import type { Section } from "../sections";

/** The repeats of a section whose members open as pages of their own. */
export function repeatsIn(section: Section): Repeat[] {
  const found: Repeat[] = [];
  const walk = (nodes: readonly FormNode[]): void => {
    for (const node of nodes) {
      if (isRepeat(node)) found.push(node);
      else walk(childrenOf(node));
    }
  };
  walk(section.nodes());
  return found;
}

export interface OpenCard {
  readonly repeat: Repeat;
  readonly instance: RepeatInstanceNode;
  readonly position: number;
}

/** The card a route names; null when it names none, or one that has been removed. */
export function openCard(section: Section, route: Route): OpenCard | null {
  if (route.card === null) return null;
  const { repeat: name, position } = route.card;
  const repeat = repeatsIn(section).find((candidate) => nameOf(candidate) === name);
  const instance = repeat === undefined ? undefined : instancesOf(repeat)[position - 1];
  return repeat === undefined || instance === undefined ? null : { repeat, instance, position };
}

/** The page a question is on. */
export function routeTo(question: Question, sections: readonly Section[]): Route | null {
  for (const section of sections) {
    for (const repeat of repeatsIn(section)) {
      for (const [index, instance] of instancesOf(repeat).entries()) {
        if (holds(childrenOf(instance), question)) {
          return { section: section.key, card: { repeat: nameOf(repeat), position: index + 1 } };
        }
      }
    }
    if (holds(section.nodes(), question)) return { section: section.key, card: null };
  }
  return null;
}

function holds(nodes: readonly FormNode[], question: Question): boolean {
  for (const node of descendants(nodes)) if (node.nodeId === question.nodeId) return true;
  return false;
}
