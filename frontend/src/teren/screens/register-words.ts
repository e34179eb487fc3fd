/** What entries of registers say, in words; word for word as the office says it where it says the same. */
import { counted } from "../../findings/words";
import type { Teren } from "../context";
import { dayBefore, type HouseholdView } from "../core";
import type { Option } from "../parts";
import type { Reference, Uuid, Words } from "../wire";
import type { About, RegisterEntry, RegisterField, RegisterForm, SaidByField } from "../wire-registers";
import { nameOf, namesOf } from "./people";

type Speech = Pick<Teren, "t" | "language">;

/** What entries name: institutions are in the reference, people and other entries with the household. */
export interface Known {
  readonly reference: Reference;
  readonly view: HouseholdView;
}

export const inWords = (words: Words, language: string): string => (language === "en" ? words.en : words.ro);

/** `05.12.2026`, as the office writes a day of an entry. */
export function dayOf(day: string): string {
  const [year, month, date] = day.split("-");
  return `${date}.${month}.${year}`;
}

export function saidOf(
  field: RegisterField,
  value: SaidByField[string] | undefined,
  speech: Speech,
  known: Known,
): string {
  const { t, language } = speech;
  if (value === undefined || value === null || value === "") return "";
  const label = (code: string): string => {
    const choice = field.choices.find((one) => one.code === code);
    return choice ? inWords(choice.label, language) : code;
  };
  switch (field.type) {
    case "choice":
      return label(String(value));
    case "choices":
      return Array.isArray(value) ? value.map(label).join(", ") : "";
    case "yesno":
      return value === true ? t.yes : t.no;
    case "date":
      return dayOf(String(value));
    case "money":
      return t.lei(Number(value).toLocaleString(language === "en" ? "en-GB" : "ro-RO", { minimumFractionDigits: 2 }));
    case "integer":
    case "decimal":
      return counted(Number(value), undefined, language === "en" ? "en" : "ro");
    case "organization":
      return known.reference.institutions?.find(({ id }) => id === value)?.name ?? "–";
    case "member":
      return namesOf(known.view).get(String(value)) ?? known.view.registers?.named?.[String(value)] ?? "–";
    case "entry": {
      const named = known.view.registers?.entries.find(({ id }) => id === value);
      return named ? nameOfEntry(named, speech, known) : "–";
    }
    case "text":
      return String(value);
  }
}

export const stateOf = (form: RegisterForm, state: string, language: string): string => {
  const known = form.states.find(({ code }) => code === state);
  return known ? inWords(known.label, language) : state;
};

export function daysOf(form: RegisterForm, { start, end }: Pick<RegisterEntry, "start" | "end">, { t }: Pick<Teren, "t">): string {
  if (form.ofDay) return dayOf(start);
  return end === null ? t.since(dayOf(start)) : `${dayOf(start)} – ${dayOf(dayBefore(end))}`;
}

/** What a list says of an entry: the line of its register, with what the entry says put in by name. */
export function lineOf(form: RegisterForm, entry: RegisterEntry, speech: Speech, known: Known): string {
  const said: Record<string, string> = {
    start: dayOf(entry.start),
    end: entry.end === null ? "…" : dayOf(dayBefore(entry.end)),
    state: stateOf(form, entry.state, speech.language),
  };
  for (const field of form.fields) said[field.name] = saidOf(field, entry.values[field.name], speech, known) || "–";
  return inWords(form.line, speech.language)
    .replace(/\{(\w+)\}/g, (_whole, name: string) => said[name] ?? "–")
    .replaceAll("{{", "{")
    .replaceAll("}}", "}");
}

/** An entry as another names it; what it names itself in turn is left out. */
function nameOfEntry(entry: RegisterEntry, speech: Speech, known: Known): string {
  const form = known.reference.registers?.find(({ key }) => key === entry.register);
  if (!form) return "–";
  const fields = form.fields.filter(({ type }) => type !== "entry");
  return lineOf({ ...form, fields }, entry, speech, known);
}

/**
 * What may be chosen in a field that names somebody who lives there, or another entry about the same.
 * `about`: whom or what the entry is about. `chosen`: what it says already, which stays to be chosen.
 */
export function rowsFor(field: RegisterField, about: Uuid, chosen: string, speech: Speech, known: Known): Option[] {
  const { members, registers } = known.view;
  const offered: Option[] =
    field.type === "member"
      ? members.filter(({ person }) => person !== about).map((one) => ({ value: one.person, label: nameOf(one, speech.t) }))
      : (registers?.entries ?? [])
          .filter((entry) => entry.register === field.of && entry.about === about)
          .map((entry) => ({ value: entry.id, label: withDays(entry, speech, known) }));
  const isOffered = chosen === "" || offered.some(({ value }) => value === chosen);
  return isOffered ? offered : [...offered, { value: chosen, label: saidOf(field, chosen, speech, known) }];
}

function withDays(entry: RegisterEntry, speech: Speech, known: Known): string {
  const form = known.reference.registers?.find(({ key }) => key === entry.register);
  return [nameOfEntry(entry, speech, known), form ? daysOf(form, entry, speech) : ""].filter(Boolean).join(" · ");
}

/** Whom or what entries are about, as one calls it at the door. */
export function subjectOf(view: HouseholdView, { kind, id }: Pick<About, "kind" | "id">, { t }: Pick<Teren, "t">): string {
  if (kind === "household") return t.wholeFamily;
  if (kind === "person") return namesOf(view).get(id) ?? t.noNameYet;
  const file = view.cases.find((one) => one.id === id);
  return file?.number ? t.caseNumber(file.number) : t.caseNotSent;
}

/** Whether an entry holds today or begins later. */
export const isCurrent = (entry: RegisterEntry, today: string): boolean => entry.end === null || entry.end > today;
