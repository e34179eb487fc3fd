/** The search for a household, whatever way its name is written. */

/** Small letters without their signs: `Ștefăniță`, `Stefanita` and `Ştefăniţă` are the same. */
export function folded(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** Whether every word that is looked for begins a word of a text; both folded, the text with a space before. */
export function holds(text: string, words: readonly string[]): boolean {
  return words.every((word) => text.includes(` ${word}`));
}

export const wordsOf = (search: string): string[] => folded(search).split(" ").filter(Boolean);
