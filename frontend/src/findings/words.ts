/** The sentence that says why a rule holds, word for word as the server says it. */
import type { Row, Value } from "./logic";

export type Language = "ro" | "en";
export type Text = Record<Language, string>;

interface Unit {
  one: string;
  few: string;
  many: string;
  zero: string;
}

export interface Subject {
  type: string;
  choices?: Record<string, Text>;
  unit?: Record<Language, Unit>;
}

export interface Words {
  not_answered: Text;
  yes_no: Record<Language, [string, string]>;
}

const PLACE = /\{(\w*)\}/g;

/** A label inside a sentence: its first letter small, unless the word is an abbreviation. */
export function inSentence(label: string): string {
  const second = label.slice(1, 2);
  const abbreviation = second !== second.toLowerCase() && second === second.toUpperCase();
  return abbreviation ? label : label.slice(0, 1).toLowerCase() + label.slice(1);
}

/** A template with its places filled; `special` fills what is no answer. */
export function filled(template: string, put: (name: string) => string): string {
  return template.replace(PLACE, (_whole, name: string) => put(name));
}

export class Speaker {
  constructor(
    private readonly subjects: Record<string, Subject>,
    private readonly words: Words,
  ) {}

  /** An answer as a sentence says it: a choice by its label, a number with its noun. */
  answer(name: string, row: Row, language: Language): string {
    const subject = this.subjects[name]!;
    const value = row[name] ?? null;
    if (value === null) return this.words.not_answered[language];
    if (typeof value === "boolean") return this.words.yes_no[language][value ? 0 : 1];
    if (subject.type === "choice" && subject.choices) return inSentence(subject.choices[String(value)]![language]);
    if (subject.type === "date") return dateInWords(String(value), language);
    return counted(value, subject.unit?.[language], language);
  }
}

function dateInWords(date: string, language: Language): string {
  const [year, month, day] = date.split("-");
  return [day, month, year].join(language === "ro" ? "." : "/");
}

/** A number with its noun: `1 an`, `9 ani`, `34 de ani`, `274,99 lei`. */
export function counted(value: Value, unit: Unit | undefined, language: Language): string {
  const number = Number(value);
  const whole = Number.isInteger(number);
  const written = grouped(whole ? String(number) : hundredths(number), language);
  if (!unit) return written;
  if (number === 0 && unit.zero) return unit.zero;
  const rest = number % 100;
  const few = language === "ro" && (number === 0 || !whole || (rest >= 1 && rest <= 19));
  return `${written} ${number === 1 ? unit.one : few ? unit.few : unit.many}`;
}

/** Two decimals, halves to the even neighbour as Python rounds them. */
function hundredths(number: number): string {
  const half = Math.abs(number * 8) % 2 === 1;
  if (!half) return number.toFixed(2);
  const below = Math.floor(number * 100);
  return ((below % 2 === 0 ? below : below + 1) / 100).toFixed(2);
}

function grouped(written: string, language: Language): string {
  const [whole, decimals] = written.split(".") as [string, string?];
  const [thousands, point] = language === "ro" ? [".", ","] : [",", "."];
  return whole.replace(/\B(?=(\d{3})+$)/g, thousands) + (decimals ? point + decimals : "");
}
