/** What changes an entry whose words are fixed already, because the server may have it. */
import { BookError } from "./errors";
import type { DraftedPlan, Entry, Home, HouseholdChange } from "../wire";

type Fields = HouseholdChange["fields"];

/** The entry that makes `entry` say `body` once it is on record. */
export function successorOf(
  entry: Entry,
  body: Entry["body"],
): { kind: "household_change" | "plan"; body: HouseholdChange | DraftedPlan } {
  switch (entry.kind) {
    case "household_new":
      return { kind: "household_change", body: { revision: 0, fields: differing(entry.body, body as Home) } };
    case "household_change": {
      const change = body as HouseholdChange;
      return {
        kind: "household_change",
        body: { revision: entry.body.revision, fields: onTopOf(entry.body.fields, change.fields) },
      };
    }
    case "plan":
      return { kind: "plan", body: body as DraftedPlan };
    default:
      throw new BookError("fixed");
  }
}

/** What the two say together, in the shape of the first; for a first that did not get on record. */
export function merged(entry: Entry, successor: Entry): Entry["body"] {
  if (successor.kind === "plan")
    return entry.kind === "plan" ? { ...successor.body, base: entry.body.base } : entry.body;
  if (successor.kind !== "household_change") return entry.body;
  const { fields } = successor.body;
  if (entry.kind === "household_new") return { ...entry.body, ...saidNow(fields) };
  return entry.kind === "household_change"
    ? { ...entry.body, fields: together(entry.body.fields, fields) }
    : entry.body;
}

/** The fields in which two homes differ, each with both. */
export function differing(before: Home, now: Partial<Home>): Fields {
  const names = (Object.keys(now) as (keyof Home)[]).filter(
    (name) => now[name] !== undefined && now[name] !== before[name],
  );
  return Object.fromEntries(names.map((name) => [name, [before[name], now[name]]]));
}

/** The home as a change leaves it. */
export const changed = (home: Home, fields: Fields): Home => ({ ...home, ...saidNow(fields) });

/** A later change joined to a former one: what it was before the first, and what it is after the second. */
export function together(former: Fields, later: Fields): Fields {
  const both: Record<string, readonly [string | number, string | number]> = { ...former } as never;
  for (const [name, [before, now]] of pairs(later)) {
    const first = both[name]?.[0] ?? before;
    if (first === now) delete both[name];
    else both[name] = [first, now];
  }
  return both as Fields;
}

/** `wanted` (from the beginning) as a change of what `former` leaves; fields that it no longer names are as before. */
function onTopOf(former: Fields, wanted: Fields): Fields {
  const next: Record<string, readonly [string | number, string | number]> = {};
  for (const [name, [before, now]] of pairs(former)) {
    const asked = wanted[name as keyof Home]?.[1] ?? before;
    if (asked !== now) next[name] = [now, asked];
  }
  for (const [name, pair] of pairs(wanted)) if (!(name in former)) next[name] = pair;
  return next as Fields;
}

const pairs = (fields: Fields): [string, readonly [string | number, string | number]][] =>
  Object.entries(fields) as never;
const saidNow = (fields: Fields): Partial<Home> =>
  Object.fromEntries(pairs(fields).map(([name, pair]) => [name, pair[1]]));
