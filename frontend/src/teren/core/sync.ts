/** The exchange with the server: one at a time, by itself or by a button, resumed where it was cut. */
import { APPLICATION } from "./book";
import { StorageError } from "./errors";
import type { Book, Progress, SyncOptions, SyncReport } from "./interface";
import { tellAll } from "./telling";
import { Line, NoSignal, ShutOut, Trouble } from "./line";
import { inOrder } from "./needs";
import { remaining } from "./outbox";
import { pull } from "./pulling";
import { push, type Tally } from "./pushing";
import { upload } from "./uploading";

const PATIENCE = 60_000;
const AFTER_WRITING = 3_000;
const EVERY = 5 * 60_000;
const FIRST_RETRY = 5_000;
const LONGEST_RETRY = 10 * 60_000;

type Stage = Progress["stage"];

export class Sync {
  progress: Progress = { running: false, stage: null, sent: 0, total: 0, households: 0, last: null, nextAt: null };
  private line: Line | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  private ending: (() => void) | null = null;
  private readonly listeners = new Set<(progress: Progress) => void>();

  constructor(
    private readonly book: Book,
    private readonly options: SyncOptions = {},
  ) {}

  subscribe(listener: (progress: Progress) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Exchanges now; a second call while one runs gets the same report. */
  now(): Promise<SyncReport> {
    this.book.desk.exchange ??= this.exchanged();
    return this.book.desk.exchange;
  }

  /** By itself from now on: when something was written, when the signal is back, every few minutes, after a failure. */
  start(): void {
    if (this.ending) return;
    const unsubscribe = this.book.subscribe((change) => (change === "book" ? this.afterWriting() : this.stop()));
    const back = (): void => void this.now();
    globalThis.addEventListener?.("online", back);
    this.ending = () => {
      unsubscribe();
      globalThis.removeEventListener?.("online", back);
    };
    this.plan(0);
  }

  stop(): void {
    this.ending?.();
    this.ending = null;
    clearTimeout(this.timer);
    this.line?.stop();
    this.enter({ nextAt: null });
  }

  private afterWriting(): void {
    const isNew = this.book.unsent().some(({ status }) => status === "ready");
    const soon = Date.now() + AFTER_WRITING;
    if (!isNew || this.book.desk.exchange || this.failures > 0 || (this.progress.nextAt ?? Infinity) <= soon) return;
    this.plan(AFTER_WRITING);
  }

  private plan(wait: number): void {
    clearTimeout(this.timer);
    if (!this.ending) return;
    this.timer = setTimeout(() => void this.now(), wait);
    this.enter({ nextAt: Date.now() + wait });
  }

  private async exchanged(): Promise<SyncReport> {
    clearTimeout(this.timer);
    const tally: Tally = { applied: 0, conflicts: 0, refused: 0, waits: 0, received: 0, sent: 0, partial: false };
    const report = await this.done(tally).catch((error: unknown) => this.failed(error, tally));
    this.failures = report.kind === "done" ? 0 : this.failures + 1;
    this.book.desk.exchange = null;
    this.enter({ running: false, stage: null, last: report });
    if (report.kind === "wiped" || report.kind === "stopped") this.stop();
    else this.plan(report.kind === "done" ? EVERY * (0.8 + 0.4 * Math.random()) : this.retryIn());
    return report;
  }

  /** Longer each time, and never all devices of an office at once. */
  private retryIn(): number {
    return Math.min(LONGEST_RETRY, FIRST_RETRY * 2 ** Math.min(this.failures - 1, 10)) * (0.5 + 0.5 * Math.random());
  }

  private async done(tally: Tally): Promise<SyncReport> {
    const { desk } = this.book;
    if (desk.closed) throw new StorageError("closed");
    const {
      fetch = desk.ports.fetch,
      base = desk.ports.base,
      patience = PATIENCE,
      application = APPLICATION,
    } = this.options;
    const line = new Line({ fetch, base, patience }, desk.enrolled);
    this.line = line;
    const unsubscribe = this.book.subscribe((change) => change !== "book" && line.stop());
    const total = inOrder(desk.entries).reduce((sum, kept) => sum + remaining(kept), 0);
    const stage = (now: Stage): void => this.enter({ stage: now });
    const tell = (): void => this.enter({ sent: Math.min(tally.sent, total), households: tally.received });
    this.enter({ running: true, stage: "words", sent: 0, total, households: 0, nextAt: null });
    try {
      await push(desk, line, application, tally, tell);
      stage("data");
      // Where nothing more can be taken in for want of space, sending the photographs is what makes some.
      const full = await pull(desk, line, application, tally, tell).catch(unlessFull);
      stage("files");
      await upload(desk, line, tally, tell);
      if (full) throw full;
    } finally {
      unsubscribe();
      this.line = null;
    }
    return reportOf(tally.partial ? "trouble" : "done", tally);
  }

  private async failed(error: unknown, tally: Tally): Promise<SyncReport> {
    if (error instanceof ShutOut && error.wipe) {
      // Memory is empty by then even where the storage fails, and the next contact wipes again.
      await this.book.forget().catch(() => undefined);
      return reportOf("wiped", tally, error.message);
    }
    if (error instanceof ShutOut) return reportOf("shut-out", tally, error.message);
    if (this.book.desk.closed === "wiped") return reportOf("wiped", tally);
    if (this.book.desk.closed || (error instanceof StorageError && error.trouble === "closed"))
      return reportOf("stopped", tally);
    if (error instanceof NoSignal) return reportOf("no-signal", tally);
    return reportOf(
      "trouble",
      tally,
      error instanceof Trouble || error instanceof StorageError ? error.message : String(error),
    );
  }

  private enter(change: Partial<Progress>): void {
    this.progress = { ...this.progress, ...change };
    tellAll(this.listeners, this.progress);
  }
}

function unlessFull(error: unknown): StorageError {
  if (error instanceof StorageError && error.trouble === "full") return error;
  throw error;
}

function reportOf(kind: SyncReport["kind"], tally: Tally, message = ""): SyncReport {
  const { applied, conflicts, refused, waits, received } = tally;
  return { kind, message, applied, conflicts, refused, waits, received };
}
