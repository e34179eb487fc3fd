/** Text as it is compared, folded as the office does (`punte/kernel/text.py`), by the same table in the same steps. */
import table from "../../../content/letters.json";

type Letters = Readonly<Record<string, string>>;
type Replacement = readonly [pattern: RegExp, letters: Letters];

const MARK = new RegExp(`[${table.marks.map(([first, last]) => `\\u${first}-\\u${last}`).join("")}]+`, "gu");
const INNER = new RegExp(`(?<=\\p{L})[${Object.keys(table.inner).join("")}](?=\\p{L})`, "gu");
const OTHERS = table.other_readings as unknown as readonly Letters[];
const READ_IN_SEVERAL_WAYS = new RegExp(
  `[${OTHERS.flatMap((reading) => Object.keys(reading)).join("").replaceAll("^", "")}]`,
  "u",
);

function replacements(letters: Letters, keys: readonly string[]): Replacement[] {
  const first = keys.filter((key) => key.startsWith("^")).map((key) => [key.slice(1), letters[key]!] as const);
  const others = keys.filter((key) => !key.startsWith("^")).map((key) => [key, letters[key]!] as const);
  const ways = [["(?<![\\p{L}\\p{N}])", first] as const, ["", others] as const];
  return ways
    .filter(([, some]) => some.length > 0)
    .map(([before, some]) => {
      const longest = some.map(([key]) => key).sort((one, other) => other.length - one.length);
      return [new RegExp(`${before}(?:${longest.join("|")})`, "gu"), Object.fromEntries(some)] as const;
    });
}

const replaced = (text: string, steps: readonly Replacement[]): string =>
  steps.reduce((before, [pattern, letters]) => before.replace(pattern, (found) => letters[found] ?? found), text);

function reading(letters: Letters, inner: Letters): (text: string) => string {
  const keys = Object.keys(letters);
  const isWhole = (key: string): boolean => key.normalize("NFKD") !== key;
  const whole = replacements(letters, keys.filter(isWhole));
  const parted = replacements(letters, keys.filter((key) => !isWhole(key)));
  return (text) => {
    const small = text.replace(/\p{Cf}+/gu, "").normalize("NFC").toLowerCase();
    const modern = small.replace(INNER, (found) => inner[found] ?? found);
    const plain = replaced(modern, whole).normalize("NFKD").toLowerCase().replace(MARK, "");
    return replaced(plain, parted)
      .normalize("NFC")
      .replace(/[^\p{L}\p{N}\p{M}]+/gu, " ")
      .trim();
  };
}

const first = reading(table.letters, table.inner);
const others = OTHERS.map((letters) => reading({ ...table.letters, ...letters }, {}));
const isPlain = (text: string): boolean => /^[\x00-\x7f]*$/.test(text);

/** Small letters of every alphabet without their marks, words apart by one space; Cyrillic and Greek in Latin. */
export function fold(text: string): string {
  return isPlain(text) ? text.toLowerCase().replace(/[^a-z0-9]+/g, " ").trim() : first(text);
}

/** The folded text, and the ways in which others write it, each once. */
export function readings(text: string): string[] {
  if (isPlain(text) || !READ_IN_SEVERAL_WAYS.test(text.normalize("NFC").toLowerCase())) return [fold(text)];
  return [...new Set([fold(text), ...others.map((read) => read(text))])];
}
