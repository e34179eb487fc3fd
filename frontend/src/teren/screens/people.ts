/** People of a household, by name. */
import type { HouseholdView } from "../core";
import type { Messages } from "../messages";
import type { Option } from "../parts";
import type { Choice, Member, Uuid } from "../wire";

type Named = Pick<Member, "givenName" | "familyName">;

const written = (member: Named): string => [member.givenName, member.familyName].filter(Boolean).join(" ");

/** One name is a name; none yet is said in words. */
export const nameOf = (member: Named, t: Messages): string => written(member) || t.noNameYet;

/** Names by identifier: those of the household, and those that a filled questionnaire gives. */
export function namesOf(view: HouseholdView | null | undefined, instance = ""): ReadonlyMap<Uuid, string> {
  const names = new Map<Uuid, string>();
  for (const member of view?.members ?? []) if (written(member) !== "") names.set(member.person, written(member));
  if (instance !== "") for (const [id, name] of namesIn(instance)) names.set(id, name);
  return names;
}

/** Those that the questionnaire itself names: each `member_id` with the names beside or below it. */
function* namesIn(instance: string): Generator<readonly [Uuid, string]> {
  const form = new DOMParser().parseFromString(instance, "text/xml");
  for (const id of form.querySelectorAll("member_id")) {
    const said = (name: string): string => id.parentElement?.querySelector(name)?.textContent?.trim() ?? "";
    const name = [said("given_name"), said("family_name")].filter(Boolean).join(" ");
    if (id.textContent && name !== "") yield [id.textContent, name];
  }
}

/** Choices as a field offers them. */
export const optionsOf = (choices: readonly Choice[], language: string): Option[] =>
  choices.map(({ code, label }) => ({ value: code, label: language === "en" ? label.en : label.ro }));

/** What a code is called; the code itself where it is not known. */
export const labelIn = (choices: readonly Choice[], code: string, language: string): string =>
  optionsOf(choices, language).find(({ value }) => value === code)?.label ?? code;
