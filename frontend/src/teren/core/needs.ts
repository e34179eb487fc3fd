/** Which entries must be on record before another, and which can go up now. */
import type { Entry, Uuid } from "../wire";
import { isUnsent, type Kept } from "./kept";
import { entryOf } from "./registers";

/** The entries, not on record yet, that `entry` builds on. `known`: the people who are on record in its household. */
export function neededBy(entry: Entry, kept: Iterable<Kept>, known: ReadonlySet<Uuid>): Uuid[] {
  const missing = peopleIn(entry).filter((person) => !known.has(person));
  const all = [...kept];
  const place = all.find(({ entry: same }) => same.id === entry.id)?.order ?? Infinity;
  return all
    .filter(({ entry: other }) => other.household === entry.household && other.id !== entry.id)
    .filter((other) => isUnsent(other) && other.state !== "bytes" && buildsOn(entry, other, missing, place))
    .map((other) => other.entry.id);
}

/** `place`: that of the entry among all; one that is mended builds on no later deed. */
function buildsOn(entry: Entry, { entry: other, filled, order }: Kept, missing: readonly Uuid[], place: number): boolean {
  switch (other.kind) {
    case "household_new":
      return true;
    case "household_change":
      return entry.kind === "household_change" || aboutOf(entry) === other.id;
    case "case_open":
      return caseOf(entry) === other.body.case || aboutOf(entry) === other.id;
    case "assessment":
      return (
        aboutOf(entry) === other.id ||
        missing.some((person) => filled?.members.some((member) => member.person === person))
      );
    case "register":
      return entry.kind === "register" && [entryOf(entry), ...saidBy(entry)].includes(entryOf(other)) && order < place;
    case "plan":
      return aboutOf(entry) === other.id || (entry.kind === "plan" && entry.body.case === other.body.case);
    default:
      return aboutOf(entry) === other.id;
  }
}

const aboutOf = (entry: Entry): Uuid | null => (entry.kind === "file" ? entry.body.about : null);
const caseOf = (entry: Entry): Uuid | null =>
  entry.kind === "plan" || entry.kind === "intervention" ? entry.body.case : null;

function peopleIn(entry: Entry): Uuid[] {
  if (entry.kind === "plan") return entry.body.objectives.flatMap(({ person }) => person ?? []);
  if (entry.kind === "register") return saidBy(entry);
  const isAboutOne = entry.kind === "case_open" || entry.kind === "intervention" || entry.kind === "assessment";
  return isAboutOne && entry.body.person ? [entry.body.person] : [];
}

/** What an entry of a register says in one word each; among it the people and the entries that it names. */
const saidBy = ({ body }: Extract<Entry, { kind: "register" }>): Uuid[] =>
  Object.values(body.values).filter((value) => typeof value === "string");

/** Those that cannot go up now: refused ones, and what waits for them. */
export function heldBack(entries: ReadonlyMap<Uuid, Kept>): Set<Uuid> {
  const held = new Set<Uuid>();
  for (const { entry, state } of inOrder(entries)) {
    if (state === "refused" || entry.after.some((id) => held.has(id))) held.add(entry.id);
  }
  return held;
}

export function inOrder(entries: ReadonlyMap<Uuid, Kept>): Kept[] {
  return [...entries.values()].sort((one, other) => one.order - other.order);
}

/** The words that can go up now, in their order. */
export function sendable(entries: ReadonlyMap<Uuid, Kept>): Kept[] {
  const held = heldBack(entries);
  return inOrder(entries).filter(
    ({ entry, state }) => !held.has(entry.id) && (state === "ready" || state === "sent" || state === "waits"),
  );
}
