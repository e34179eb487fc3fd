/** What a plan says of whom, who and by when. */
import { dayIn } from "../formats";
import type { Messages } from "../messages";
import type { Objective, Step, Uuid, Words } from "../wire";

type Named = Pick<Step, "findings">;

/** Whose findings call for the steps, by name; for an objective of one person, that person. */
export function peopleOf(
  { person, steps }: Pick<Objective, "person"> & { readonly steps: readonly Named[] },
  names: ReadonlyMap<Uuid, string>,
): string[] {
  return person === null ? named(steps, names) : [names.get(person) ?? ""].filter(Boolean);
}

const named = (steps: readonly Named[], names: ReadonlyMap<Uuid, string>): string[] => {
  const people = steps.flatMap(({ findings }) => (findings ?? []).flatMap(([person]) => (person === null ? [] : [person])));
  return [...new Set(people)].map((person) => names.get(person) ?? "").filter(Boolean);
};

export const saidIn = (language: string, words: Words): string => (language === "en" ? words.en : words.ro);

interface Saying {
  readonly names: ReadonlyMap<Uuid, string>;
  readonly roles: Readonly<Record<string, Words>>;
  /** The objective is of the whole household, so that a step says for whom it is. */
  readonly whole: boolean;
  readonly language: string;
  readonly t: Messages;
}

/** What is done for whom, who does it and by when. */
export function stepLine(step: Pick<Step, "text" | "findings" | "role" | "due">, saying: Saying): string {
  const people = saying.whole ? named([step], saying.names) : [];
  const what = [step.text, people.join(", ")].filter(Boolean).join(": ");
  const known = saying.roles[step.role ?? ""];
  const role = known === undefined ? "" : saidIn(saying.language, known);
  const when = [role, step.due ? saying.t.due(dayIn(saying.language, step.due)) : ""].filter(Boolean).join(", ");
  return when === "" ? what : `${what} (${when})`;
}
