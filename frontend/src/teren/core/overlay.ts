/** A household as it is at its door: what came down, with what was written here and is not in it yet. */
import type { Bundle, CaseFile, Done, Home, Member, Plan, PlannedVisit, Worker } from "../wire";
import type { EntryOf } from "./interface";
import type { Kept } from "./kept";
import { withDeed } from "./registers";
import { changed } from "./successors";

const NOWHERE: Home = { name: "", siruta: 0, locality: "", address: "", phone: "", safeContact: "" };

/** A household of which nothing came down. */
export function blankBundle(id: string, home: Home = NOWHERE): Bundle {
  return { id, mark: "", revision: 0, sealed: false, home, members: [], cases: [], last: null, prefilled: {} };
}

/** `bundle` with the entries, in their order, laid over it. */
export function overlaid(bundle: Bundle, entries: readonly Kept[], worker: Worker): Bundle {
  return entries.reduce((home, kept) => laid(home, kept, worker), bundle);
}

function laid(home: Bundle, { entry, filled }: Kept, worker: Worker): Bundle {
  switch (entry.kind) {
    case "household_new":
      return home.mark === "" ? { ...home, home: entry.body } : home;
    case "household_change":
      return { ...home, home: changed(home.home, entry.body.fields) };
    case "case_open": {
      const { case: id, person, regime } = entry.body;
      if (home.cases.some((known) => known.id === id)) return home;
      const opened: CaseFile = {
        id,
        number: "",
        person,
        regime,
        deadlines: [],
        inForce: null,
        draft: null,
        interventions: [],
      };
      return { ...home, cases: [...home.cases, opened] };
    }
    case "assessment": {
      if (!filled || home.last?.id === entry.id) return home;
      const { pack, version, person } = entry.body;
      const { findings, notAssessed, scores = [], visitedOn } = filled;
      const last = { id: entry.id, pack, version, visitedOn, by: worker.name, findings, notAssessed, scores };
      const visits = home.visits?.filter((visit) => visit.worker !== worker.id || visit.day !== visitedOn);
      if (person) {
        const rest = (home.others ?? []).filter((one) => one.pack !== pack || one.person !== person);
        return { ...home, others: [...rest, { ...last, person }], visits };
      }
      return { ...home, last, visits, members: joined(home.members, filled.members) };
    }
    case "plan": {
      const { base, objectives } = entry.body;
      const drafted = (file: CaseFile): Plan => {
        const version = file.draft?.version ?? (file.inForce?.version ?? 0) + 1;
        return {
          id: base?.plan ?? file.draft?.id ?? entry.id,
          version,
          revision: base?.revision ?? file.draft?.revision ?? 0,
          objectives,
        };
      };
      return inCase(home, entry.body.case, (file) => ({ ...file, draft: drafted(file) }));
    }
    case "intervention": {
      const { mode, code, at, person, note } = entry.body;
      const done: Done = { id: entry.id, at, mode, code, person, by: worker.name, note };
      return inCase({ ...home, visits: withoutHeld(home, entry, worker) }, entry.body.case, (file) =>
        file.interventions.some(({ id }) => id === entry.id)
          ? file
          : { ...file, interventions: [done, ...file.interventions] },
      );
    }
    case "register":
      return withDeed(home, entry);
    default:
      return home;
  }
}

/** A visit at home holds the one that was planned for its day, as the office will say when it comes up. */
function withoutHeld(home: Bundle, { body }: EntryOf<"intervention">, worker: Worker): Bundle["visits"] {
  const isHeld = (visit: PlannedVisit): boolean =>
    body.mode === "home_visit" && body.metFamily && visit.case === body.case && visit.worker === worker.id
    && visit.day === body.at.slice(0, 10);
  const held = home.visits?.find(isHeld);
  return home.visits?.filter((visit) => visit !== held);
}

function inCase(home: Bundle, id: string, change: (file: CaseFile) => CaseFile): Bundle {
  return { ...home, cases: home.cases.map((file) => (file.id === id ? change(file) : file)) };
}

/** Those on record as they are there, and those met on the visit. */
function joined(known: readonly Member[], met: readonly Member[]): readonly Member[] {
  const people = new Set(known.map(({ person }) => person));
  return [...known, ...met.filter(({ person }) => !people.has(person))];
}
