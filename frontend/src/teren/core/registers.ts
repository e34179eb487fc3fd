/** Entries of registers at the door: what was written laid over what came down, and what cannot be so. */
import { valueOf } from "../../findings/tree";
import type { Row, Value } from "../../findings/logic";
import type { Bundle, Day, Entry, Uuid, Words } from "../wire";
import type { RegisterDeed, RegisterEntry, RegisterField, RegisterForm, SaidByField } from "../wire-registers";

type Written = Extract<Entry, { kind: "register" }>;

/** The household with a deed laid over its entries. */
export function withDeed(home: Bundle, entry: Written): Bundle {
  const known = home.registers;
  if (!known) return home;
  const entries = laid(known.entries, entry);
  return entries === known.entries ? home : { ...home, registers: { ...known, entries } };
}

function laid(entries: readonly RegisterEntry[], { id, household, body }: Written): readonly RegisterEntry[] {
  const end = body.last === null ? null : dayAfter(body.last);
  if (body.do === "add") {
    if (entries.some((known) => known.id === id)) return entries;
    const { register, state, start, values } = body;
    const about = body.person ?? body.case ?? household;
    return [{ id, register, about, state, start, end, revision: 0, values }, ...entries];
  }
  return entries.map((known) => (known.id === body.entry ? changed(known, body, end) : known));
}

function changed(known: RegisterEntry, { do: done, state, start, values }: RegisterDeed, end: Day | null): RegisterEntry {
  if (done === "move") return { ...known, state, end, values: { ...known.values, ...values } };
  return { ...known, state, start, end, values };
}

/** The entry that a deed is about; a new one bears the identifier of its deed. */
export const entryOf = ({ id, body }: Written): Uuid => body.entry ?? id;

export const dayAfter = (day: Day): Day => shifted(day, 1);
export const dayBefore = (day: Day): Day => shifted(day, -1);

function shifted(day: Day, by: number): Day {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + by);
  return at.toISOString().slice(0, 10);
}

/** What an entry is about to say. */
export interface Saying {
  readonly state: string;
  readonly start: Day;
  readonly last: Day | null;
  readonly values: SaidByField;
}

/** What is wrong with a field (or "start", "last"): in the words of the register, or one of a few things. */
export type Wrong = Words | "missing" | "future" | "order" | "overlap" | "year";

export interface Judged {
  readonly wrong: Readonly<Record<string, Wrong>>;
  /** What looks wrong and may be meant. */
  readonly warnings: readonly Words[];
}

const EARLIEST = "1900-01-01";
const LATEST = "2200-01-01";

/**
 * What the office would refuse, as far as a device knows.
 * `asked`: the fields that must be answered. `others`: the entries about the same subject, without this one.
 */
export function judge(
  form: RegisterForm,
  saying: Saying,
  { asked, others, today }: { asked: readonly string[]; others: readonly RegisterEntry[]; today: Day },
): Judged {
  const { start, last } = saying;
  const wrong: Record<string, Wrong> = {};
  for (const name of asked) if (isEmpty(saying.values[name])) wrong[name] = "missing";
  const ends = form.fields.find((field) => field.is === "end")?.name ?? "last";
  if (start === "") wrong["start"] = "missing";
  else if (start < EARLIEST || start > LATEST) wrong["start"] = "year";
  else if (form.past && start > today) wrong["start"] = "future";
  if (last !== null && start !== "" && last < start) wrong[ends] = "order";
  else if (last !== null && last > LATEST) wrong[ends] = "year";
  if (Object.keys(wrong).length > 0) return { wrong, warnings: [] };
  if (overlaps(form, saying, others)) wrong["start"] = "overlap";
  const row = rowOf(form, saying);
  const held = form.checks.filter(({ when }) => valueOf(when, row) === true);
  for (const { error, field, say } of held) if (error) wrong[field || "form"] ??= say;
  return { wrong, warnings: held.filter(({ error }) => !error).map(({ say }) => say) };
}

const isEmpty = (value: SaidByField[string] | undefined): boolean =>
  value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);

/** Whether another entry says the same fact of the same time. */
function overlaps(form: RegisterForm, saying: Saying, others: readonly RegisterEntry[]): boolean {
  const known = new Set(form.fields.map(({ name }) => name));
  if (!form.alone || !form.holds.includes(saying.state) || !form.aloneBy.every((name) => known.has(name))) return false;
  const end = form.ofDay ? dayAfter(saying.start) : saying.last && dayAfter(saying.last);
  return others.some(
    (other) =>
      other.register === form.key &&
      form.holds.includes(other.state) &&
      form.aloneBy.every((name) => (other.values[name] ?? "") === (saying.values[name] ?? "")) &&
      (end === null || other.start < end) &&
      (other.end === null || saying.start < other.end),
  );
}

function rowOf(form: RegisterForm, { state, start, last, values }: Saying): Row {
  const end = form.ofDay ? dayAfter(start) : last && dayAfter(last);
  const said = form.fields.map((field): [string, Value] => [field.name, judgedAs(field, values[field.name])]);
  return { ...Object.fromEntries(said), state, start, end };
}

function judgedAs({ type }: RegisterField, value: SaidByField[string] | undefined): Value {
  if (value === undefined || value === null || value === "" || typeof value === "object") return null;
  return type === "decimal" || type === "money" ? Number(value) : value;
}
