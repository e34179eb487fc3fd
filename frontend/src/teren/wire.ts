/**
 * What a device and the server say to each other under `/teren/api/`. Everything is JSON; bodies over 1 KB are sent
 * gzip-compressed (`Content-Encoding: gzip`), answers are compressed by the server.
 *
 * A device comes in by `Authorization: Bearer <username>.<secret>`. Who is not let in is answered 401 with `Refusal`.
 * Every answer of the server carries `X-Punte-Teren: 1`; one without it comes from somewhere else (a hotel's sign-in
 * page, a proxy) and means nothing.
 *
 * `POST /teren/api/iesire/` without a body signs the device out (204): the server drops its keys. The device forgets
 * everything whatever the answer is.
 */
import type { Due, DueReference } from "./wire-due";
import type { Attendance, GroupReference } from "./wire-groups";
import type { PackAddress } from "./wire-packs";
import type { RegisterDeed, RegisterReference, RegistersOf } from "./wire-registers";
import type { AboutOne, Scored } from "./wire-subject";

export type { PackAddress, PackageObjective, PackageStep, PackParts } from "./wire-packs";

export type Uuid = string;
/** `2026-11-22` */
export type Day = string;
/** `2026-11-22T09:05:00+02:00` */
export type Moment = string;
export type Words = { readonly ro: string; readonly en: string };

/** `401`: not let in. `wipe`: the device was reported lost, revoked, signed out or given up, and forgets everything. */
export interface Refusal {
  readonly wipe: boolean;
  readonly message: string;
}

/** `POST /teren/api/inscriere/` with the session and CSRF token of a signed-in worker; ends that session. */
export interface Enrolment {
  readonly name: string;
  readonly organization: Uuid;
}

export interface Enrolled {
  readonly device: Uuid;
  readonly username: string;
  readonly secret: string;
  /** Base64 of 32 bytes: the key of the file of unsent entries, which the office can open as long as it is kept. */
  readonly fileKey: string;
  readonly worker: Worker;
}

export interface Worker {
  readonly id: Uuid;
  readonly name: string;
  readonly organization: Words;
  /** The parts of a record that this worker reads: `general`, `health`, `violence`… */
  readonly compartments: readonly string[];
}

// ---- what comes down: POST /teren/api/date/ -------------------------------------------------------------------

export interface Asked {
  /** Name and version of the application. */
  readonly application: string;
  /** The newest version held of each pack. */
  readonly packs: Readonly<Record<string, string>>;
  readonly unsent: number;
  readonly unsentBytes: number;
  /** The households chosen for the day; null for the whole caseload. */
  readonly chosen: readonly Uuid[] | null;
  /** The households that the device holds, with the mark of each. */
  readonly have: Readonly<Record<Uuid, string>>;
  /** The marks of the caseload list and of the reference data that it holds; empty at first. */
  readonly caseload: string;
  readonly reference: string;
  /** What the server last said in `Given.whole`. */
  readonly whole: string;
}

export interface Given {
  readonly now: Moment;
  readonly worker: Worker;
  /** Null where it has not changed. */
  readonly caseload: { readonly mark: string; readonly rows: readonly CaseloadRow[] } | null;
  readonly reference: (Reference & { readonly mark: string }) | null;
  /** New or changed households, at most 200 in one answer; `more` says that others follow: ask again. */
  readonly households: readonly Bundle[];
  readonly gone: readonly Uuid[];
  readonly more: boolean;
  /** Packs of which the device holds no current version; see `PackParts`. */
  readonly packs: readonly PackAddress[];
  /** The mark of an answer that brings nothing, sent back so that the next such answer costs little; else empty. */
  readonly whole?: string;
}

/** A household of the caseload, to choose from; those of sealed cases only where their team allows it. */
export interface CaseloadRow {
  readonly id: Uuid;
  readonly name: string;
  readonly place: string;
  readonly people: readonly string[];
  readonly due: Day | null;
  readonly overdue: boolean;
}

export interface Reference extends RegisterReference, GroupReference, DueReference {
  readonly places: readonly { readonly siruta: number; readonly name: string }[];
  readonly interventions: readonly Choice[];
  readonly modes: readonly Choice[];
  readonly regimes: readonly Choice[];
  readonly relations: readonly Choice[];
  readonly progress: readonly Choice[];
  readonly services: readonly Choice[];
  /** Days from today within which an objective of that severity is proposed to be reached. */
  readonly terms: Readonly<Record<string, number>>;
}

export interface Choice {
  readonly code: string;
  readonly label: Words;
}

/** A household with everything that is needed at its door. */
export interface Bundle {
  readonly id: Uuid;
  readonly mark: string;
  /** Version of the household's own fields, the base of a change. */
  readonly revision: number;
  readonly sealed: boolean;
  readonly home: Home;
  readonly members: readonly Member[];
  readonly cases: readonly CaseFile[];
  readonly last: LastAssessment | null;
  /** The newest of each other pack and person. Absent in what an older application wrote. */
  readonly others?: readonly LastAssessment[];
  /** In the order of their days and hours. Absent in what an older application kept. */
  readonly visits?: readonly PlannedVisit[];
  /** Absent in what an older application kept. */
  readonly registers?: RegistersOf;
  /** What the family seems entitled to and does not have. Absent in what an older application kept. */
  readonly due?: readonly Due[];
  /** A questionnaire filled in advance: by its pack or, about a person, by `pack/person`. */
  readonly prefilled: Readonly<Record<string, string>>;
}

export interface Home {
  readonly name: string;
  readonly siruta: number;
  readonly locality: string;
  readonly address: string;
  readonly phone: string;
  readonly safeContact: string;
}

export interface Member {
  readonly person: Uuid;
  readonly familyName: string;
  readonly givenName: string;
  readonly birthDate: Day | null;
  readonly sex: string;
  readonly relation: string;
  readonly phone: string;
}

export interface CaseFile {
  readonly id: Uuid;
  readonly number: string;
  /** Null for a case of the whole household. */
  readonly person: Uuid | null;
  readonly regime: string;
  readonly deadlines: readonly { readonly label: string; readonly due: Day; readonly overdue: boolean }[];
  readonly inForce: Plan | null;
  readonly draft: Plan | null;
  /** The newest twenty. */
  readonly interventions: readonly Done[];
}

export interface Plan {
  readonly id: Uuid;
  readonly version: number;
  readonly revision: number;
  readonly objectives: readonly Objective[];
}

export interface Objective {
  readonly id: Uuid | null;
  readonly person: Uuid | null;
  readonly text: string;
  readonly codes: readonly string[];
  readonly compartment: string;
  readonly due: Day | null;
  readonly progress: string;
  /** Waits behind the priorities. Absent in what an older application wrote. */
  readonly later?: boolean;
  readonly steps: readonly Step[];
}

export interface Step {
  readonly id: Uuid | null;
  readonly text: string;
  readonly service: string;
  readonly interventions: readonly string[];
  readonly referTo: readonly string[];
  /** The findings that call for it. Absent, as `role` is, in what an older application wrote. */
  readonly findings?: readonly Called[];
  /** The profession that it is offered to, a key of `PackParts.roles`; empty for none. */
  readonly role?: string;
  readonly worker: Uuid | null;
  readonly due: Day | null;
  readonly done: Day | null;
}

/** Null for the household. */
export type Called = readonly [person: Uuid | null, code: string];

export interface PlannedVisit {
  readonly id: Uuid;
  /** Null for one that was planned before there was a case. */
  readonly case: Uuid | null;
  readonly day: Day;
  /** `09:30`, by the clock on the wall; null where it is not settled. */
  readonly hour: string | null;
  /** Who goes. */
  readonly worker: Uuid;
  readonly name: string;
  readonly purpose: string;
}

export interface Done {
  readonly id: Uuid;
  readonly at: Moment;
  readonly mode: string;
  readonly code: string;
  readonly person: Uuid | null;
  readonly by: string;
  readonly note: string;
}

export interface LastAssessment extends AboutOne {
  readonly id: Uuid;
  readonly pack: string;
  readonly version: string;
  readonly visitedOn: Day;
  readonly by: string;
  readonly findings: readonly Found[];
  readonly notAssessed: number;
  /** Absent in what an older application kept. */
  readonly scores?: readonly Scored[];
}

export interface Found {
  readonly person: Uuid | null;
  readonly code: string;
  readonly name: Words;
  readonly severity: number;
  readonly dimension: string;
  readonly compartment: string;
  readonly explanation: Words;
}

// ---- what goes up: POST /teren/api/trimite/ -------------------------------------------------------------------

/** Entries in the order in which they were made; each is applied once, whole or not at all. */
export interface Sent {
  readonly application: string;
  /** What remains on the device besides these. */
  readonly unsent: number;
  readonly unsentBytes: number;
  readonly entries: readonly Entry[];
}

export interface Answered {
  readonly answers: readonly Answer[];
}

/**
 * `applied`: it is in the record. `conflict`: it is in the record as far as nothing stood against it, and a person
 * settles the rest in the office. `refused`: it stays on the device, which may mend it and send it again under the
 * same id. `waits`: an entry that it needs (`after`) is not applied yet; or its worker has no more work there, and it
 * is kept to be read, in no record.
 */
export interface Answer {
  readonly id: Uuid;
  readonly status: "applied" | "conflict" | "refused" | "waits";
  readonly message: string;
  /** The field that the message is about, where it is about one. */
  readonly field: string;
}

interface EntryOf<Kind extends string, Body> {
  /** Made on the device; the same entry sent again is answered as the first time. */
  readonly id: Uuid;
  readonly kind: Kind;
  /** Of an attendance the meeting. */
  readonly household: Uuid;
  readonly at: Moment;
  /** Entries of the same device that must be applied before. */
  readonly after: readonly Uuid[];
  readonly body: Body;
}

export type Entry =
  | EntryOf<"household_new", Home>
  | EntryOf<"household_change", HouseholdChange>
  | EntryOf<"case_open", CaseOpening>
  | EntryOf<"assessment", FilledForm>
  | EntryOf<"plan", DraftedPlan>
  | EntryOf<"intervention", Intervention>
  | EntryOf<"register", RegisterDeed>
  | EntryOf<"attendance", Attendance>
  | EntryOf<"file", FileWords>;

/** Each changed field with what the device had before and what it says now. */
export interface HouseholdChange {
  readonly revision: number;
  readonly fields: Readonly<Partial<Record<keyof Home, readonly [before: string | number, now: string | number]>>>;
}

export interface CaseOpening {
  /** Identifier of the case, made on the device. */
  readonly case: Uuid;
  readonly person: Uuid | null;
  readonly regime: string;
  readonly reason: string;
}

export interface FilledForm extends AboutOne {
  readonly pack: string;
  readonly version: string;
  /** With `meta/entity` (`update="1"`, `id`) naming the household, as ODK Entities do; never `create`. */
  readonly instance: string;
  /** The assessment of the same pack and subject that was the last one when the household came down; null for none. */
  readonly base: Uuid | null;
}

export interface DraftedPlan {
  readonly case: Uuid;
  /** The draft that was edited; null where the device drafted a new version. */
  readonly base: { readonly plan: Uuid; readonly revision: number } | null;
  /** The plan in force when it was drafted. */
  readonly inForce: Uuid | null;
  readonly reason: string;
  readonly objectives: readonly Objective[];
}

export interface Intervention {
  readonly case: Uuid;
  readonly mode: string;
  readonly code: string;
  readonly at: Moment;
  readonly minutes: number | null;
  readonly person: Uuid | null;
  readonly step: Uuid | null;
  readonly metFamily: boolean;
  readonly compartment: string;
  readonly note: string;
}

/**
 * The words of a photograph or signature. Its bytes follow after all words are applied, in pieces of at most 256 KB:
 * `PUT /teren/api/fisiere/<entry id>/?de=<offset>` → 200 `{received}`; 409 `{received}` tells where to go on.
 */
export interface FileWords {
  /** The entry or record that it belongs to: an intervention, an assessment, a plan; null for the household. */
  readonly about: Uuid | null;
  readonly what: "photo" | "signature";
  readonly type: "image/jpeg" | "image/png" | "image/webp";
  readonly size: number;
  /** SHA-256, hexadecimal. */
  readonly digest: string;
  readonly caption: string;
}
