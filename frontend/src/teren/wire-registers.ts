/** Registers on the wire: what a town keeps as dated facts about people, households and cases. */
import type { Tree } from "../findings/tree";

type Uuid = string;
type Day = string;
type Words = { readonly ro: string; readonly en: string };
type Choice = { readonly code: string; readonly label: Words };

/** A key, keys, yes or no, a whole number; other numbers, days and words as text; institutions, people and entries by identifier. */
export type Said = string | number | boolean | readonly string[];
export type SaidByField = Readonly<Record<string, Said | null>>;

/** Part of `Reference`. Absent in what an older application kept. */
export interface RegisterReference {
  /** Those of which the worker reads the compartment anywhere, with the fields that the worker reads anywhere. */
  readonly registers?: readonly RegisterForm[];
  /** Those that a field may name; empty where none does. */
  readonly institutions?: readonly { readonly id: Uuid; readonly name: string }[];
}

export interface RegisterForm {
  readonly key: string;
  /** Tells it from its other versions. */
  readonly digest: string;
  readonly title: Words;
  readonly about: "person" | "household" | "case";
  /** An entry is of one day; else of a time. */
  readonly ofDay: boolean;
  /** It is written once it has happened. */
  readonly past: boolean;
  /** No two entries about one subject, alike in the fields `aloneBy`, hold at one time in the states `holds`. */
  readonly alone: boolean;
  readonly aloneBy: readonly string[];
  readonly holds: readonly string[];
  readonly fields: readonly RegisterField[];
  readonly states: readonly Choice[];
  readonly begins: readonly string[];
  readonly moves: readonly RegisterMove[];
  readonly checks: readonly RegisterCheck[];
  /** With `{field}`, `{start}`, `{end}` and `{state}` in it. */
  readonly line: Words;
}

export interface RegisterField {
  readonly name: string;
  readonly type: "choice" | "choices" | "yesno" | "integer" | "decimal" | "money" | "date" | "text" | "organization" | "member" | "entry";
  readonly label: Words;
  readonly hint: Words | null;
  readonly required: boolean;
  readonly choices: readonly (Choice & { readonly retired: boolean })[];
  /** "end": the last day of the entry; "expires": that of its paper. */
  readonly is: "" | "end" | "expires";
  /** Which part of the record must be read besides; empty for none. */
  readonly compartment: string;
  readonly long: boolean;
  /** Of an entry: the register whose entry about the same it names. */
  readonly of?: string;
}

export interface RegisterMove {
  readonly name: string;
  readonly label: Words;
  readonly from: readonly string[];
  readonly to: string;
  readonly asks: readonly string[];
  /** The day of it is the last of the entry. */
  readonly ends: boolean;
}

export interface RegisterCheck {
  readonly when: Tree;
  readonly say: Words;
  /** Else it may be meant, and is asked about. */
  readonly error: boolean;
  readonly field: string;
}

/** Part of `Bundle`: whom entries may be about there, and the entries, the latest first. */
export interface RegistersOf {
  readonly about: readonly About[];
  readonly entries: readonly RegisterEntry[];
  /** Who is named in them and does not live there, by identifier; absent where nobody is. */
  readonly named?: Readonly<Record<Uuid, string>>;
  /** What those of a register come to, as of when they came down; absent where nothing does. */
  readonly totals?: readonly ComesTo[];
}

/** In the worker's language. */
export interface ComesTo {
  readonly about: Uuid;
  readonly label: string;
  readonly value: string;
  /** Of which time, and the name of what it has come to; absent where there is none. */
  readonly over?: string;
  readonly band?: string;
}

export interface About {
  readonly kind: RegisterForm["about"];
  readonly id: Uuid;
  /** The parts of this record that the worker reads. */
  readonly reads: readonly string[];
  /** The registers in which the worker writes about it. */
  readonly writes: readonly string[];
}

export interface RegisterEntry {
  readonly id: Uuid;
  readonly register: string;
  readonly about: Uuid;
  readonly state: string;
  readonly start: Day;
  /** The first day on which it holds no more. */
  readonly end: Day | null;
  readonly revision: number;
  readonly values: SaidByField;
}

/** An entry that is added (its identifier is that of this), carried on by a move, or corrected. */
export interface RegisterDeed {
  readonly do: "add" | "move" | "correct";
  readonly register: string;
  /** Of the register by which it was written. */
  readonly digest: string;
  /** The entry that is carried on or corrected; null for a new one. */
  readonly entry: Uuid | null;
  /** Whom or what a new one is about; both null for the household. */
  readonly person: Uuid | null;
  readonly case: Uuid | null;
  /** Of the entry as it came down; 0 where it has not come down yet. */
  readonly revision: number;
  readonly move: string;
  /** The state that it leads to. */
  readonly state: string;
  /** Since when; of a move the day of it. */
  readonly start: Day;
  /** The last day of the entry once this is done; null while it goes on. */
  readonly last: Day | null;
  /** Of a move the fields that it asks for; else all that may be read, as they are to be. */
  readonly values: SaidByField;
  readonly why: string;
  /** What looks wrong is meant. */
  readonly confirmed: boolean;
}
