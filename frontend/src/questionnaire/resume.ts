import type { CopyShelf } from "./copy-shelf";
import type { Draft } from "./doors";

export type Resumption =
  /** The server's draft is the newest there is. */
  | { readonly kind: "draft"; readonly instance: string }
  /** Answers that had not reached the server were found in this tab and are put back. */
  | { readonly kind: "recovered"; readonly instance: string }
  /** Such answers were found, but somebody has changed the draft meanwhile: the person chooses. */
  | { readonly kind: "diverged"; readonly instance: string };

/** Which answers to open with, given the server's draft and what this tab may still hold. */
export function resume(draft: Draft, shelf: CopyShelf): Resumption {
  const copy = shelf.read();
  if (copy === null) return { kind: "draft", instance: draft.instance };
  if (copy.instance === draft.instance) {
    shelf.remove();
    return { kind: "draft", instance: draft.instance };
  }
  return { kind: copy.base === draft.version ? "recovered" : "diverged", instance: copy.instance };
}
