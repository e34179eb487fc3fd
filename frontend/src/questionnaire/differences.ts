/**
 * Compares two instances of one form, answer by answer, so that a person who must choose between two versions sees
 * what the choice is about.
 */
export interface Difference {
  /** Like the engine's, with the first position left out: `/data/member[2]/identity/cnp`. */
  readonly reference: string;
  readonly mine: string;
  readonly theirs: string;
}

export function differences(mine: string, theirs: string): Difference[] {
  const mineByPath = answers(mine);
  const theirsByPath = answers(theirs);
  const paths = new Set([...mineByPath.keys(), ...theirsByPath.keys()]);
  const found: Difference[] = [];
  for (const reference of paths) {
    const difference = { reference, mine: mineByPath.get(reference) ?? "", theirs: theirsByPath.get(reference) ?? "" };
    if (difference.mine !== difference.theirs) found.push(difference);
  }
  return found;
}

function answers(instance: string): Map<string, string> {
  const document = new DOMParser().parseFromString(instance, "text/xml");
  const found = new Map<string, string>();
  const walk = (element: Element, path: string): void => {
    const children = [...element.children];
    if (children.length === 0) {
      found.set(path, element.textContent?.trim() ?? "");
      return;
    }
    for (const child of children) {
      if (child.localName === "meta") continue;
      const namesakes = children.filter((other) => other.localName === child.localName);
      const at = namesakes.indexOf(child) + 1;
      // The first is left without a position, for a single member and the first of many are the same.
      const position = at > 1 ? `[${at}]` : "";
      walk(child, `${path}/${child.localName}${position}`);
    }
  };
  if (document.documentElement !== null) walk(document.documentElement, `/${document.documentElement.localName}`);
  return found;
}
