/** What is typed in the form of an entry, and the deed that it becomes. */
import type { Writable } from "../typed";
import type { RegisterDeed, RegisterEntry, RegisterField, RegisterForm, RegisterMove, SaidByField } from "../wire-registers";
import type { TypedValue } from "./RegisterFieldInput";

export interface TypedEntry {
  about: string;
  register: string;
  state: string;
  start: string;
  last: string;
  values: Record<string, TypedValue>;
  why: string;
  confirmed: boolean;
}

/** What is typed in a field, as it is sent; "number" or "money" where it is none. */
export function sentAs(field: RegisterField, typed: TypedValue | undefined): SaidByField[string] | { wrong: "number" | "money" } {
  if (typed === undefined || typed === "" || typed.length === 0) return null;
  if (typeof typed !== "string") return field.choices.map(({ code }) => code).filter((code) => typed.includes(code));
  switch (field.type) {
    case "yesno":
      return typed === "yes";
    case "integer":
      return /^-?\d{1,12}$/.test(typed.trim()) ? Number(typed) : { wrong: "number" };
    case "decimal":
    case "money": {
      const plain = typed.replace(/\s/g, "").replace(",", ".");
      if (!/^-?\d{1,12}(\.\d{1,4})?$/.test(plain)) return { wrong: "number" };
      return field.type === "money" && /\.\d{3}/.test(plain) ? { wrong: "money" } : plain;
    }
    case "text":
      return typed.trim();
    default:
      return typed;
  }
}

/** What an entry says, as it stands in a form. */
export function typedAs(field: RegisterField, said: SaidByField[string] | undefined, language: string): TypedValue {
  if (said === undefined || said === null) return "";
  if (typeof said === "boolean") return said ? "yes" : "no";
  if (typeof said === "object") return said;
  const isDecimal = field.type === "decimal" || field.type === "money";
  return isDecimal && language !== "en" ? String(said).replace(".", ",") : String(said);
}

export interface Sent {
  readonly values: SaidByField;
  readonly wrong: Readonly<Record<string, "number" | "money">>;
}

export function sentOf(fields: readonly RegisterField[], typed: Readonly<Record<string, TypedValue>>): Sent {
  const values: Writable<SaidByField> = {};
  const wrong: Record<string, "number" | "money"> = {};
  for (const field of fields) {
    const sent = sentAs(field, typed[field.name]);
    if (sent !== null && typeof sent === "object" && "wrong" in sent) wrong[field.name] = sent.wrong;
    else if (sent !== null) values[field.name] = sent;
  }
  return { values, wrong };
}

/** The last day of an entry: that of the field that says it, else the one that was typed; of one day, that day. */
export function lastOf(form: RegisterForm, { start, last }: { start: string; last: string }, values: SaidByField): string | null {
  if (form.ofDay) return start || null;
  const ends = form.fields.find((field) => field.is === "end");
  const said = ends ? values[ends.name] : last;
  return typeof said === "string" && said !== "" ? said : null;
}

/** What an entry says once a step was done on a day. */
export function moved(form: RegisterForm, entry: RegisterEntry, move: RegisterMove, on: string, asked: SaidByField): SaidByField {
  const ends = form.fields.find((field) => field.is === "end");
  return { ...entry.values, ...asked, ...(move.ends && ends ? { [ends.name]: on } : {}) };
}

export const DEED: Pick<RegisterDeed, "entry" | "person" | "case" | "revision" | "move" | "why"> = {
  entry: null,
  person: null,
  case: null,
  revision: 0,
  move: "",
  why: "",
};
