import { descendants, type FormNode, type Leaf, nameOf, valueOf } from "./nodes";

/**
 * How a card of a repeat is named. The engine knows no roles, so the names by which forms call these questions are
 * listed here, in the two languages forms are written in.
 */
const GIVEN_NAME = ["given_name", "first_name", "prenume"];
const FAMILY_NAME = ["family_name", "last_name", "nume_familie", "nume_de_familie"];
const FULL_NAME = ["name", "full_name", "nume", "nume_complet"];
const BIRTH_DATE = ["birth_date", "date_of_birth", "data_nasterii"];

const isLeaf = (node: FormNode): node is Leaf => "instanceValue" in node.currentState;

function answerOf(nodes: readonly FormNode[], names: readonly string[]): string {
  for (const node of descendants(nodes)) {
    if (isLeaf(node) && names.includes(nameOf(node))) return valueOf(node).trim();
  }
  return "";
}

/** Whether the repeat's questions describe people, so that the screen may speak of persons. */
export function describesPersons(nodes: readonly FormNode[]): boolean {
  const known = new Set([...GIVEN_NAME, ...FAMILY_NAME, ...BIRTH_DATE]);
  for (const node of descendants(nodes)) if (known.has(nameOf(node))) return true;
  return false;
}

/** "Ana Popa", or empty while nobody has written a name. */
export function personName(nodes: readonly FormNode[]): string {
  const parts = [answerOf(nodes, GIVEN_NAME), answerOf(nodes, FAMILY_NAME)].filter((part) => part !== "");
  return parts.length > 0 ? parts.join(" ") : answerOf(nodes, FULL_NAME);
}

export interface Age {
  readonly years: number;
  readonly months: number;
}

/** Full years and months lived on `today`; null for a missing, unreadable or future birth date. */
export function ageOn(today: Date, birthDate: string): Age | null {
  const [year, month, day] = birthDate.split("-").map(Number);
  if (year === undefined || month === undefined || day === undefined || Number.isNaN(year + month + day)) return null;
  let months = (today.getFullYear() - year) * 12 + (today.getMonth() + 1 - month);
  if (today.getDate() < day) months -= 1;
  if (months < 0 || months > 12 * 130) return null;
  return { years: Math.floor(months / 12), months: months % 12 };
}

export const personAge = (nodes: readonly FormNode[], today: Date): Age | null =>
  ageOn(today, answerOf(nodes, BIRTH_DATE));
