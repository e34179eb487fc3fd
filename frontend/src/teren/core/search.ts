/** The search for a household, whatever way its name is written. */
import { fold, readings } from "../../shared/fold";
import type { IndexRow } from "./kept";

/** The text that is searched: folded, and in the other ways in which it is read, where there are any. */
export const searchable = (text: string): string => readings(text).join(" ");

/** What a household is found by. */
export function textOf({ name, place, people }: Pick<IndexRow, "name" | "place" | "people">): string {
  return searchable(`${name} ${place} ${people.join(" ")}`);
}

/** Whether every word that is looked for begins a word of a text; both folded, the text with a space before. */
export function holds(text: string, words: readonly string[]): boolean {
  return words.every((word) => text.includes(` ${word}`));
}

export const wordsOf = (search: string): string[] => fold(search).split(" ").filter(Boolean);
