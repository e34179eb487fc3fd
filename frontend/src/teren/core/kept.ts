/** How the book's records look in the storage. A change of any of these shapes is a new schema (`schema.ts`). */
import type {
  Answer,
  CaseloadRow,
  Day,
  Enrolled,
  Entry,
  FileWords,
  Found,
  Member,
  Moment,
  PackAddress,
  PackParts,
  PlannedVisit,
  Reference,
  Uuid,
} from "../wire";
import type { Scored } from "../wire-subject";

/** The sheets of the book, under keys that say nothing. */
export const SHEET = {
  enrolled: "1",
  settings: "2",
  caseload: "3",
  reference: "4",
  index: "5",
  packs: "6",
  notices: "7",
  jots: "8",
} as const;

export interface KeptSettings {
  readonly chosen: readonly Uuid[] | null;
  readonly lastSync: Moment | null;
  /** What the server said when it had nothing left to bring. */
  readonly whole?: string;
  /** Entries that were dropped, so that nothing waits for them. */
  readonly dropped: readonly Uuid[];
}

export interface KeptCaseload {
  readonly mark: string;
  readonly rows: readonly CaseloadRow[];
}

export type KeptReference = Reference & { readonly mark: string };

/** What the list needs of a household, so that it opens without opening each. */
export interface IndexRow {
  readonly id: Uuid;
  readonly mark: string;
  readonly name: string;
  readonly place: string;
  readonly people: readonly string[];
  readonly due: Day | null;
  readonly overdue: boolean;
  /** The next visit that is planned for this worker. Absent in what an older application kept. */
  readonly visit?: Pick<PlannedVisit, "day" | "hour"> | null;
  readonly sealed: boolean;
  readonly gone: boolean;
  /** Its names and place as they are looked for; folding two thousand of them takes a tenth of a second. */
  readonly text: string;
}

/** `id` is that of the record with the parts. */
export interface KeptPack {
  readonly id: Uuid;
  readonly address: PackAddress;
  /** Whether it is the newest of its name, as the server last said. */
  readonly current: boolean;
}

export interface KeptParts {
  readonly form: string;
  readonly parts: PackParts;
}

export interface Kept {
  /** Entries go up in this order. */
  readonly order: number;
  readonly entry: Entry;
  /**
   * `sent`: it may be on record, so its words are fixed. `bytes`: its words are on record, its file is not. `done`:
   * on record; it stays until the household comes down with it.
   */
  readonly state: "ready" | "sent" | "refused" | "waits" | "bytes" | "done";
  readonly message: string;
  readonly field: string;
  /** Bytes of the file that the server has. */
  readonly received: number;
  /** The entry that this one, its successor, changes: its words were fixed already. */
  readonly amends: Uuid | null;
  /** What a filled questionnaire says, to be shown until the record says it. */
  readonly filled: Filled | null;
}

export interface Filled {
  readonly visitedOn: Day;
  readonly members: readonly Member[];
  readonly findings: readonly Found[];
  readonly notAssessed: number;
  /** Absent in what an older application kept. */
  readonly scores?: readonly Scored[];
}

/** What the server remarked on an entry that it took. */
export interface Notice {
  readonly entry: Uuid;
  readonly kind: Entry["kind"];
  readonly household: Uuid;
  readonly status: Answer["status"];
  readonly message: string;
  readonly at: Moment;
}

/** A questionnaire that was begun and not finished, without its answers. */
export interface DraftRow {
  readonly id: Uuid;
  readonly household: Uuid;
  /** Whom it is about; null or absent for the household. */
  readonly person?: Uuid | null;
  readonly pack: string;
  readonly version: string;
  readonly savedAt: Moment;
  readonly answered: number;
  readonly asked: number;
}

export interface Draft extends DraftRow {
  readonly instance: string;
  /** The last assessment when it was begun. */
  readonly base: Uuid | null;
  readonly files: readonly DraftFile[];
  /** The entry that it mends; null for a new questionnaire. */
  readonly amends: Uuid | null;
}

/** A photograph or signature of a questionnaire that is not finished; it becomes an entry when the draft is. */
export interface DraftFile {
  readonly id: Uuid;
  /** The name by which the instance refers to it; a file that the instance no longer names is forgotten. */
  readonly name: string;
  readonly what: FileWords["what"];
  readonly type: FileWords["type"];
  readonly size: number;
  readonly caption: string;
}

export type KeptDraft = Draft;
export type KeptEnrolled = Enrolled;
/** What was typed in forms of the screens that are not finished. */
export type KeptJots = Readonly<Record<string, unknown>>;
export type KeptNotices = readonly Notice[];

export const isUnsent = (kept: Kept): boolean => kept.state !== "done";
export const isFixed = (kept: Kept): boolean =>
  kept.state === "sent" || kept.state === "bytes" || kept.state === "done";

/** What was refused, and a photograph or a signature that never left: it may be somebody's who does not want it. */
export const mayDrop = (kept: Kept): boolean =>
  kept.state === "refused" || (kept.entry.kind === "file" && !isFixed(kept));

export function fresh(entry: Entry, order: number): Kept {
  return { order, entry, state: "ready", message: "", field: "", received: 0, amends: null, filled: null };
}
