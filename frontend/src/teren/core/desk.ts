/** The open book in memory, and the one way in which it changes: sealed and stored first, then in memory, one at a time. */
import { StorageError } from "./errors";
import type { SyncReport } from "./exchange";
import {
  SHEET,
  type IndexRow,
  type Kept,
  type KeptCaseload,
  type KeptDraft,
  type KeptEnrolled,
  type KeptJots,
  type KeptNotices,
  type KeptPack,
  type KeptReference,
  type KeptSettings,
} from "./kept";
import type { Ports } from "./ports";
import type { Change, SealedShelf } from "./shelf";
import { tellAll } from "./telling";
import type { Bundle, Uuid } from "../wire";

const NO_REFERENCE: KeptReference = {
  mark: "",
  places: [],
  interventions: [],
  modes: [],
  regimes: [],
  relations: [],
  progress: [],
  services: [],
  terms: {},
};
export const FIRST_SETTINGS: KeptSettings = { chosen: null, lastSync: null, dropped: [] };

export type Listener = (change: "book" | "closed" | "wiped") => void;

export class Desk {
  settings = FIRST_SETTINGS;
  caseload: KeptCaseload = { mark: "", rows: [] };
  reference = NO_REFERENCE;
  packs: readonly KeptPack[] = [];
  notices: KeptNotices = [];
  jots: KeptJots = {};
  readonly index = new Map<Uuid, IndexRow>();
  readonly entries = new Map<Uuid, Kept>();
  readonly drafts = new Map<Uuid, KeptDraft>();
  readonly bundles = new Map<Uuid, Bundle>();
  trouble: "full" | "failed" | null = null;
  closed: "closed" | "wiped" | null = null;
  /** The exchange that runs, whoever asked for it. */
  exchange: Promise<SyncReport> | null = null;
  /** Grows with every change, so that what was worked out of it is known to be old. */
  edition = 0;
  private turns: Promise<unknown> = Promise.resolve();
  private readonly listeners = new Set<Listener>();

  private constructor(
    readonly shelf: SealedShelf,
    readonly ports: Ports,
    public enrolled: KeptEnrolled,
  ) {}

  static async open(shelf: SealedShelf, ports: Ports): Promise<Desk> {
    const enrolled = await shelf.get<KeptEnrolled>("sheets", SHEET.enrolled);
    if (!enrolled) throw new StorageError("failed");
    const desk = new Desk(shelf, ports, enrolled);
    await desk.read();
    return desk;
  }

  private async read(): Promise<void> {
    let damaged = 0;
    // A sheet that cannot be read is asked for again from the server; what was written here is not on these.
    const unread = (): null => {
      damaged += 1;
      return null;
    };
    const sheet = <T>(id: string): Promise<T | null> => this.shelf.get<T>("sheets", id).catch(unread);
    const [sheets, entries, drafts] = await Promise.all([
      Promise.all([
        sheet<KeptSettings>(SHEET.settings),
        sheet<KeptCaseload>(SHEET.caseload),
        sheet<KeptReference>(SHEET.reference),
        sheet<IndexRow[]>(SHEET.index),
        sheet<KeptPack[]>(SHEET.packs),
        sheet<KeptNotices>(SHEET.notices),
        sheet<KeptJots>(SHEET.jots),
      ]),
      this.shelf.all<Kept>("entries"),
      this.shelf.all<KeptDraft>("drafts"),
    ]);
    const [settings, caseload, reference, index, packs, notices, jots] = sheets;
    this.settings = { ...this.settings, ...settings };
    this.caseload = caseload ?? this.caseload;
    this.reference = { ...this.reference, ...reference };
    this.packs = packs ?? [];
    this.notices = notices ?? [];
    this.jots = jots ?? {};
    for (const row of index ?? []) this.index.set(row.id, row);
    for (const kept of [...entries.read.values()].sort((one, other) => one.order - other.order))
      this.entries.set(kept.entry.id, kept);
    for (const [id, draft] of drafts.read) this.drafts.set(id, draft);
    if (damaged + entries.damaged + drafts.damaged > 0) this.trouble = "failed";
  }

  /** Does `work` when all that was begun before has ended, so that nothing is decided on what is about to change. */
  turn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.turns.then(() => {
      this.mustBeOpen();
      return work();
    });
    this.turns = done.catch(() => undefined);
    return done;
  }

  /** Stores the changes, all or none, and then makes them in memory; only within a turn. */
  async commit(changes: readonly Change[], inMemory: () => void): Promise<void> {
    const trouble = await this.stored(changes);
    if (trouble) throw trouble;
    inMemory();
    this.tell("book");
  }

  /**
   * As `commit`, and where the storage is full in memory alone: sending is what makes space, and after a restart the
   * same is sent again and answered as before.
   */
  async commitOrGoOn(changes: readonly Change[], inMemory: () => void): Promise<void> {
    const trouble = await this.stored(changes);
    if (trouble && trouble.trouble !== "full") throw trouble;
    inMemory();
    this.tell("book");
  }

  private async stored(changes: readonly Change[]): Promise<StorageError | null> {
    let trouble: StorageError | null = null;
    try {
      await this.shelf.commit(changes);
    } catch (error) {
      trouble = error instanceof StorageError ? error : new StorageError("failed", { cause: error });
    }
    this.mustBeOpen();
    this.trouble = trouble && (trouble.trouble === "full" ? "full" : "failed");
    if (trouble) this.tell("book");
    return trouble;
  }

  /** Everything that was begun is stored or has failed. */
  async settled(): Promise<void> {
    for (let last: unknown = null; last !== this.turns; await last) last = this.turns;
  }

  nextOrder(): number {
    return Math.max(0, ...[...this.entries.values()].map((kept) => kept.order)) + 1;
  }

  keptOf(household: Uuid): Kept[] {
    return [...this.entries.values()].filter((kept) => kept.entry.household === household);
  }

  async bundle(id: Uuid): Promise<Bundle | null> {
    const known = this.bundles.get(id);
    if (known || this.closed || !this.index.has(id)) return known ?? null;
    const bundle = await this.shelf.get<Bundle>("households", id);
    if (bundle && !this.closed && this.index.has(id) && !this.bundles.has(id)) this.bundles.set(id, bundle);
    return this.bundles.get(id) ?? null;
  }

  subscribe(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  tell(change: Parameters<Listener>[0]): void {
    this.edition += 1;
    tellAll(this.listeners, change);
  }

  /** Nothing of anybody stays in memory. */
  close(why: "closed" | "wiped"): void {
    if (this.closed) return;
    this.closed = why;
    this.shelf.forget();
    this.enrolled = { ...this.enrolled, secret: "", fileKey: "" };
    for (const held of [this.index, this.entries, this.drafts, this.bundles]) held.clear();
    this.caseload = { mark: "", rows: [] };
    this.notices = [];
    this.jots = {};
    this.tell(why);
    this.listeners.clear();
  }

  private mustBeOpen(): void {
    if (this.closed) throw new StorageError("closed");
  }
}
