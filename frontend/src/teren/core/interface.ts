/** What the core of Teren gives to the screens: no framework, no document, everything personal behind the vault. */
import type { Assessed } from "../../findings/assess";
import type {
  Bundle,
  CaseFile,
  CaseOpening,
  CaseloadRow,
  Day,
  DraftedPlan,
  Enrolled,
  Entry,
  FileWords,
  FilledForm,
  Found,
  Home,
  HouseholdChange,
  Intervention,
  Member,
  Moment,
  Objective,
  PackAddress,
  PlannedVisit,
  PackParts,
  Reference,
  Uuid,
  Worker,
} from "../wire";
import type { GroupMeeting, PresenceState } from "../wire-groups";
import type { Scored } from "../wire-subject";
import type { Desk, Listener } from "./desk";
import type { Draft, DraftFile, DraftRow, Notice } from "./kept";

export type { Listener } from "./desk";
export type { Progress, SyncOptions, SyncReport } from "./exchange";
export type { Draft, DraftFile, DraftRow, Notice } from "./kept";

// ---- the vault ------------------------------------------------------------------------------------------------

/**
 * `elsewhere`: another tab holds it (`whenFree` tells when it no longer does). `newer`: a newer version of the
 * application wrote it, so this one must be reloaded. `lost`: the browser has thrown away what a device kept here.
 */
export type VaultState = "empty" | "locked" | "open" | "elsewhere" | "newer" | "lost";

export type Unlocked =
  | { readonly kind: "open"; readonly book: Book }
  | { readonly kind: "wrong"; readonly left: number }
  | { readonly kind: "wiped" };

export interface Vault {
  readonly state: VaultState;
  /** Whether the browser promised to keep the storage; null where it was not asked yet. */
  readonly persistent: boolean | null;
  /** Throws `PinError` for a PIN of fewer than six digits, or one that everybody tries first (`pinTrouble`). */
  create(pin: string, enrolled: Enrolled): Promise<Book>;
  /** The try is counted before the PIN is tried; the tenth wrong one wipes. */
  unlock(pin: string): Promise<Unlocked>;
  /** Counts wrong tries as `unlock` does. */
  changePin(before: string, now: string): Promise<{ readonly kind: "changed" } | Exclude<Unlocked, { kind: "open" }>>;
  /** Forgets everything that this origin keeps of anybody; the state is "empty" afterwards. */
  wipe(): Promise<void>;
  /** Resolves when the vault is no longer held by another tab, and is then held by this one. */
  whenFree(): Promise<void>;
  /** Lets go of the database and of the hold on it, for another tab (or a test) to open. */
  close(): Promise<void>;
  subscribe(listener: () => void): () => void;
}

// ---- the book -------------------------------------------------------------------------------------------------

export interface Settings {
  /** The households chosen for the day; null for the whole caseload. */
  readonly chosen: readonly Uuid[] | null;
  /** When the last whole exchange ended, by the server's clock; null for never. */
  readonly lastSync: Moment | null;
}

/** A household in the list: those that came down, and those met on the way. */
export interface HouseholdRow {
  readonly id: Uuid;
  readonly name: string;
  readonly place: string;
  readonly people: readonly string[];
  readonly due: Day | null;
  readonly overdue: boolean;
  /** The next visit that is planned for this worker. */
  readonly visit?: Pick<PlannedVisit, "day" | "hour"> | null;
  readonly sealed: boolean;
  /** Made on this device and not on record yet. */
  readonly made: boolean;
  /** No longer in the caseload; kept as long as something unsent is about it. */
  readonly gone: boolean;
  readonly unsent: number;
  readonly drafts: number;
}

/** A household as it is at its door: what came down, with what was written here laid over it. */
export interface HouseholdView extends Bundle {
  readonly made: boolean;
  readonly gone: boolean;
  readonly place: string;
  readonly unsent: readonly Item[];
  readonly drafts: readonly DraftRow[];
}

export type Kind = Entry["kind"];
export type BodyOf<K extends Kind> = Extract<Entry, { kind: K }>["body"];
export type EntryOf<K extends Kind> = Extract<Entry, { kind: K }>;

/**
 * Something not yet sent. `ready`: goes with the next exchange. `sent`: on its way or without an answer, so its words
 * are fixed. `refused`: the server said why; it can be mended, tried again or dropped. `waits`: for another entry.
 * `bytes`: the words are on record and (part of) the file is not.
 */
export interface Item {
  readonly entry: Entry;
  readonly status: "ready" | "sent" | "refused" | "waits" | "bytes";
  readonly message: string;
  readonly field: string;
  /** How much of it is still to be sent. */
  readonly bytes: number;
  /** Whether it can be given up. */
  readonly mayDrop: boolean;
}

export interface HeldPack {
  readonly address: PackAddress;
  /** XForm. */
  readonly form: string;
  readonly parts: PackParts;
}

/** A meeting as it stands on this device. */
export interface MeetingView extends GroupMeeting {
  /** Names that were written here and are not on the list yet. */
  readonly walkIns: readonly string[];
  readonly there: number;
  readonly unsent: boolean;
}

/** The attendance of meetings; each saying is kept at once. */
export interface Meetings {
  all(): readonly MeetingView[];
  one(id: Uuid): MeetingView | null;
  mark(meeting: Uuid, person: Uuid, state: PresenceState): Promise<void>;
  /** Everybody who has no mark yet was there. */
  markAll(meeting: Uuid): Promise<void>;
  walkIn(meeting: Uuid, name: string): Promise<void>;
  /** A name that did not leave this device yet is taken back; false for another. */
  withoutName(meeting: Uuid, name: string): Promise<boolean>;
  count(meeting: Uuid, counted: number): Promise<void>;
}

export interface Book {
  readonly worker: Worker;
  readonly username: string;
  readonly settings: Settings;
  readonly reference: Reference;
  /** "full" once something could not be kept for want of space: it is still in memory, and must be sent or exported. */
  readonly trouble: "full" | "failed" | null;
  subscribe(listener: Listener): () => void;

  // What came down.
  caseload(): readonly CaseloadRow[];
  /** Null takes the whole caseload. */
  choose(households: readonly Uuid[] | null): Promise<void>;
  /** `search` in any writing (ș, ş, s), any order of words; all of them without it. */
  households(search?: string): readonly HouseholdRow[];
  household(id: Uuid): Promise<HouseholdView | null>;
  /** The newest version of each pack. */
  packs(): readonly PackAddress[];
  /** The parts of a version held here; null where it never came down. */
  pack(name: string, version: string): Promise<HeldPack | null>;

  // What is written here.
  /** `after` is worked out (a new household, a new case, a new person) and added to what is given. */
  write<K extends Kind>(kind: K, household: Uuid, body: BodyOf<K>, after?: readonly Uuid[]): Promise<EntryOf<K>>;
  /** A new household; its identifier is in `household` of the entry. */
  newHousehold(home: Home): Promise<EntryOf<"household_new">>;
  /** Only what differs from what the household's view says; an unsent change of it is amended. Null: nothing differs. */
  changeHome(household: Uuid, fields: Partial<Home>): Promise<Entry | null>;
  /**
   * A draft of the plan of a case as it is to be now: what was not sent yet is amended, and what it is based on is
   * worked out. `reason` is needed from the second version on.
   */
  writePlan(household: Uuid, caseId: Uuid, objectives: readonly Objective[], reason: string): Promise<Entry>;
  /**
   * The same entry with another body; the same identifier, unless the server may already have it (status "sent"):
   * then a successor of it, which goes up after it. Throws `BookError` ("fixed") where
   * what may be on record cannot be taken back: an assessment, an intervention, an opened case, a file.
   */
  amend<K extends Kind>(id: Uuid, body: BodyOf<K>): Promise<Entry>;
  /** A refused entry as it stands goes up again. */
  retry(id: Uuid): Promise<void>;
  /** Forgets an entry that `mayDrop` (and its bytes); the screen asks before. Throws `BookError` ("kept") for another. */
  drop(id: Uuid): Promise<void>;
  unsent(): readonly Item[];
  item(id: Uuid): Item | null;
  readonly unsentBytes: number;
  notices(): readonly Notice[];
  dismiss(entry: Uuid): Promise<void>;
  /** Bytes become an entry of kind "file"; digest and size are worked out here. */
  addFile(household: Uuid, words: Omit<FileWords, "size" | "digest">, bytes: Uint8Array): Promise<EntryOf<"file">>;
  /** The bytes of a file entry or of a file of a draft, as long as they are here. */
  fileOf(id: Uuid): Promise<Blob | null>;

  // Groups.
  readonly meetings: Meetings;

  // Questionnaires.
  drafts(household?: Uuid): readonly DraftRow[];
  draft(id: Uuid): Promise<Draft | null>;
  /** Begun from what is known of the household, or of one member, or blank; on the newest version held. */
  beginDraft(household: Uuid, pack: string, about?: Member): Promise<Draft>;
  /**
   * An assessment that was not sent or was refused, opened again; finishing it amends the entry (or, where it was sent
   * meanwhile, is a new assessment). Throws `BookError` ("fixed") for one that may be on record.
   */
  mend(entry: Uuid): Promise<Draft>;
  /** Kept in memory even where it cannot be stored (then it throws `StorageError`). */
  saveDraft(id: Uuid, instance: string, progress?: { answered: number; asked: number }): Promise<DraftRow>;
  addDraftFile(id: Uuid, words: Omit<DraftFile, "id" | "size">, bytes: Uint8Array): Promise<DraftFile>;
  dropDraftFile(id: Uuid, file: Uuid): Promise<void>;
  /** The entry is written and the draft ends, together or not at all. */
  finishDraft(id: Uuid, instance: string): Promise<EntryOf<"assessment">>;
  dropDraft(id: Uuid): Promise<void>;

  // Forms of the screens that are half filled in when the device locks or the browser is killed.
  /** Keeps what was typed in a form (`plan-<case>`); null forgets it. Encrypted like everything else. */
  jot(form: string, typed: unknown): Promise<void>;
  /** What was typed in it, or null. */
  jotted(form: string): unknown;

  // Findings and plans.
  /** The rules of a version, imported and kept; call it when a questionnaire is opened, so that `assessNow` is quick. */
  prepare(pack: string, version: string): Promise<void>;
  assess(pack: { name: string; version: string }, instance: string): Promise<Shown>;
  /** As `assess`, at once; null while the rules are not imported. */
  assessNow(pack: { name: string; version: string }, instance: string): Shown | null;
  /** Objectives of a next version: those still open in the plan in force, and new ones for what was found. */
  proposePlan(household: Uuid, caseId: Uuid): Promise<Objective[]>;

  // What the exchange needs, and nobody else.
  readonly desk: Desk;
  /** Wipes without telling anybody: the server said that this device is no longer let in. */
  forget(): Promise<void>;

  // Ends.
  /** The file of the unsent, encrypted: `teren-<username>.punte`. */
  exportUnsent(): Promise<Blob>;
  /** Forgets what is in memory; the vault is "locked". */
  lock(): Promise<void>;
  /** Tells the server if it can, and wipes. */
  signOut(): Promise<void>;
}

/** Findings of a questionnaire as this worker may see them, the most severe first. */
export interface Shown {
  readonly findings: readonly Found[];
  readonly notAssessed: number;
  readonly scores: readonly Scored[];
  readonly assessed: Assessed;
}

export type { Bundle, CaseFile, CaseOpening, DraftedPlan, FilledForm, HouseholdChange, Intervention };
