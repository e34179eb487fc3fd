/** The open book: its parts put together as the screens see them. */
import { Attendances } from "./attendance";
import { type Bytes } from "./bytes";
import { Desk } from "./desk";
import { Drafts } from "./drafts";
import { BookError } from "./errors";
import { unsentFile } from "./exporting";
import { Findings } from "./findings";
import { Holdings } from "./holdings";
import type {
  BodyOf,
  Book,
  Draft,
  DraftFile,
  DraftRow,
  EntryOf,
  HeldPack,
  HouseholdRow,
  HouseholdView,
  Item,
  Kind,
  Listener,
  Notice,
  Settings,
  Shown,
} from "./interface";
import { SHEET } from "./kept";
import { signOutLine } from "./line";
import { Outbox } from "./outbox";
import { Plans } from "./plans";
import type {
  CaseloadRow,
  Entry,
  FileWords,
  FilledForm,
  Home,
  Member,
  Objective,
  PackAddress,
  Reference,
  Uuid,
  Worker,
} from "../wire";

export const APPLICATION = "teren/1";

type Pack = { name: string; version: string };

/** How the vault closes a book. */
export interface Closing {
  lock(): Promise<void>;
  wipe(): Promise<void>;
}

export class OpenBook implements Book {
  readonly meetings: Attendances;
  private readonly outbox: Outbox;
  private readonly holdings: Holdings;
  private readonly questionnaires: Drafts;
  private readonly plans: Plans;
  private readonly rules: Findings;

  constructor(
    readonly desk: Desk,
    private readonly vault: Closing,
  ) {
    this.outbox = new Outbox(desk);
    this.meetings = new Attendances(desk, this.outbox);
    this.holdings = new Holdings(desk);
    this.rules = new Findings(desk.ports);
    this.questionnaires = new Drafts(desk, this.outbox, this.rules);
    this.plans = new Plans(desk, this.outbox, this.questionnaires, (id) => this.household(id));
  }

  get worker(): Worker {
    return this.desk.enrolled.worker;
  }

  get username(): string {
    return this.desk.enrolled.username;
  }

  get settings(): Settings {
    const { chosen, lastSync } = this.desk.settings;
    return { chosen, lastSync };
  }

  get reference(): Reference {
    return this.desk.reference;
  }

  get trouble(): Book["trouble"] {
    return this.desk.trouble;
  }

  get unsentBytes(): number {
    return this.outbox.bytes;
  }

  subscribe(listener: Listener): () => void {
    return this.desk.subscribe(listener);
  }

  caseload(): readonly CaseloadRow[] {
    return this.desk.caseload.rows;
  }

  choose(households: readonly Uuid[] | null): Promise<void> {
    return this.desk.turn(async () => {
      const settings = { ...this.desk.settings, chosen: households };
      const change = { store: "sheets", id: SHEET.settings, value: settings } as const;
      await this.desk.commit([change], () => (this.desk.settings = settings));
    });
  }

  households(search?: string): readonly HouseholdRow[] {
    return this.holdings.list(search);
  }

  household(id: Uuid): Promise<HouseholdView | null> {
    return this.holdings.view(id, this.unsent(), this.drafts());
  }

  packs(): readonly PackAddress[] {
    return this.desk.packs.filter(({ current }) => current).map(({ address }) => address);
  }

  pack(name: string, version: string): Promise<HeldPack | null> {
    return this.questionnaires.pack({ name, version });
  }

  write<K extends Kind>(kind: K, household: Uuid, body: BodyOf<K>, after: readonly Uuid[] = []): Promise<EntryOf<K>> {
    return this.outbox.write(kind, household, body, after);
  }

  newHousehold(home: Home): Promise<EntryOf<"household_new">> {
    return this.outbox.newHousehold(home);
  }

  changeHome(household: Uuid, fields: Partial<Home>): Promise<Entry | null> {
    return this.plans.changeHome(household, fields);
  }

  writePlan(household: Uuid, caseId: Uuid, objectives: readonly Objective[], reason: string): Promise<Entry> {
    return this.plans.write(household, caseId, objectives, reason);
  }

  amend<K extends Kind>(id: Uuid, body: BodyOf<K>): Promise<Entry> {
    const isForm = this.desk.entries.get(id)?.entry.kind === "assessment";
    return isForm ? this.questionnaires.amend(id, body as FilledForm) : this.outbox.amend(id, body);
  }

  retry(id: Uuid): Promise<void> {
    return this.outbox.retry(id);
  }

  drop(id: Uuid): Promise<void> {
    return this.outbox.drop(id);
  }

  unsent(): readonly Item[] {
    return this.outbox.unsent();
  }

  item(id: Uuid): Item | null {
    return this.outbox.item(id);
  }

  notices(): readonly Notice[] {
    return this.desk.notices;
  }

  dismiss(entry: Uuid): Promise<void> {
    return this.sheet(
      "notices",
      () => this.desk.notices.filter((notice) => notice.entry !== entry),
      (left) => (this.desk.notices = left),
    );
  }

  addFile(household: Uuid, words: Omit<FileWords, "size" | "digest">, bytes: Uint8Array): Promise<EntryOf<"file">> {
    return this.outbox.addFile(household, words, own(bytes));
  }

  async fileOf(id: Uuid): Promise<Blob | null> {
    const entry = this.desk.entries.get(id)?.entry;
    const ofDraft = [...this.desk.drafts.values()].flatMap(({ files }) => files).find((file) => file.id === id);
    const type = entry?.kind === "file" ? entry.body.type : ofDraft?.type;
    const bytes = type && (await this.desk.shelf.bytes("files", id));
    return bytes ? new Blob([bytes], { type }) : null;
  }

  drafts(household?: Uuid): readonly DraftRow[] {
    return this.questionnaires.rows(household);
  }

  draft(id: Uuid): Promise<Draft | null> {
    return Promise.resolve(this.questionnaires.draft(id));
  }

  beginDraft(household: Uuid, pack: string, about?: Member): Promise<Draft> {
    return this.questionnaires.begin(household, pack, about);
  }

  mend(entry: Uuid): Promise<Draft> {
    return this.questionnaires.mend(entry);
  }

  saveDraft(id: Uuid, instance: string, progress?: { answered: number; asked: number }): Promise<DraftRow> {
    return this.questionnaires.save(id, instance, progress);
  }

  addDraftFile(id: Uuid, words: Omit<DraftFile, "id" | "size">, bytes: Uint8Array): Promise<DraftFile> {
    return this.questionnaires.addFile(id, words, own(bytes));
  }

  dropDraftFile(id: Uuid, file: Uuid): Promise<void> {
    return this.questionnaires.dropFile(id, file);
  }

  finishDraft(id: Uuid, instance: string): Promise<EntryOf<"assessment">> {
    return this.questionnaires.finish(id, instance);
  }

  dropDraft(id: Uuid): Promise<void> {
    return this.questionnaires.drop(id);
  }

  jot(form: string, typed: unknown): Promise<void> {
    const next = (): Record<string, unknown> => {
      const { [form]: _former, ...others } = this.desk.jots;
      return typed === null ? others : { ...others, [form]: typed };
    };
    return this.sheet("jots", next, (jots) => (this.desk.jots = jots));
  }

  jotted(form: string): unknown {
    return this.desk.jots[form] ?? null;
  }

  async prepare(name: string, version: string): Promise<void> {
    await this.rules.load(this.questionnaires.addressOf({ name, version }));
  }

  async assess(pack: Pack, instance: string): Promise<Shown> {
    await this.prepare(pack.name, pack.version);
    const shown = this.assessNow(pack, instance);
    if (!shown) throw new BookError("no-pack");
    return shown;
  }

  assessNow(pack: Pack, instance: string): Shown | null {
    return this.rules.now(pack, instance, this.worker);
  }

  proposePlan(household: Uuid, caseId: Uuid): Promise<Objective[]> {
    return this.plans.propose(household, caseId);
  }

  exportUnsent(): Promise<Blob> {
    return unsentFile(this.desk, APPLICATION);
  }

  lock(): Promise<void> {
    return this.vault.lock();
  }

  forget(): Promise<void> {
    return this.vault.wipe();
  }

  async signOut(): Promise<void> {
    await signOutLine(this.desk.ports, this.desk.enrolled);
    await this.vault.wipe();
  }

  private sheet<T>(name: keyof typeof SHEET, next: () => T, keep: (value: T) => void): Promise<void> {
    return this.desk.turn(async () => {
      const value = next();
      await this.desk.commit([{ store: "sheets", id: SHEET[name], value }], () => keep(value));
    });
  }
}

/** Bytes that nobody else changes meanwhile. */
const own = (bytes: Uint8Array): Bytes => new Uint8Array(bytes);
