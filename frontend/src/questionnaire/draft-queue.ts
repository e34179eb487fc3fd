import type { CopyShelf } from "./copy-shelf";
import type { Doors, Draft, SaveResult } from "./doors";

export type SaveState =
  | { readonly kind: "saved"; readonly at: string | null }
  | { readonly kind: "saving" }
  | { readonly kind: "retrying" }
  | { readonly kind: "signed-out"; readonly loginUrl: string }
  | { readonly kind: "edited-elsewhere"; readonly theirs: Draft }
  | { readonly kind: "refused"; readonly status: number; readonly message: string | null };

export interface DraftQueueOptions {
  readonly doors: Pick<Doors, "saveDraft" | "pause">;
  readonly shelf: CopyShelf;
  readonly version: number;
  readonly savedAt: string | null;
  readonly onState: (state: SaveState) => void;
}

const TYPING_PAUSE_MS = 400;
const FIRST_RETRY_MS = 2_000;
const LONGEST_RETRY_MS = 60_000;
const SIGNED_OUT_RETRY_MS = 5_000;

/**
 * Sends the newest answers to the server, one request at a time, and never forgets an answer the server has not
 * confirmed: it stays on the shelf, and is sent again until it is, or until the person decides otherwise.
 */
export class DraftQueue {
  readonly #options: DraftQueueOptions;
  #version: number;
  #waiting: string | null = null;
  #sending: Promise<void> | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #state: SaveState;
  #closed = false;

  constructor(options: DraftQueueOptions) {
    this.#options = options;
    this.#version = options.version;
    this.#state = { kind: "saved", at: options.savedAt };
  }

  get version(): number {
    return this.#version;
  }

  get state(): SaveState {
    return this.#state;
  }

  get hasUnsaved(): boolean {
    return !this.#closed && this.#state.kind !== "saved";
  }

  /** Takes the newest answers; the copy is shelved at once, the request follows when typing pauses. */
  changed(instance: string): void {
    if (this.#closed) return;
    this.#waiting = instance;
    this.#options.shelf.write({ instance, base: this.#version });
    if (this.#state.kind === "edited-elsewhere") return;
    if (this.#state.kind === "saved" || this.#state.kind === "refused") this.#enter({ kind: "saving" });
    if (this.#state.kind === "saving") this.#sendAfter(this.#options.doors.pause ?? TYPING_PAUSE_MS);
  }

  /** Sends what waits without pausing, e.g. when the page is being left or the connection is back. */
  flush({ leaving }: { leaving: boolean } = { leaving: false }): void {
    if (this.#closed || this.#waiting === null || this.#sending !== null) return;
    if (this.#state.kind === "edited-elsewhere") return;
    clearTimeout(this.#timer);
    this.#sending = this.#send(this.#waiting, leaving).finally(() => {
      this.#sending = null;
      this.#next();
    });
  }

  /** Resolves when no request is on its way, so that a submission knows the latest version. */
  async settled(): Promise<void> {
    clearTimeout(this.#timer);
    while (this.#sending !== null) await this.#sending;
    clearTimeout(this.#timer);
  }

  /** Someone else's version is known and the person keeps their own: it is written over it, knowingly. */
  keepMine(mine: string): void {
    if (this.#state.kind !== "edited-elsewhere") return;
    this.#version = this.#state.theirs.version;
    this.#enter({ kind: "saving" });
    this.#waiting = mine;
    this.#options.shelf.write({ instance: mine, base: this.#version });
    this.flush();
  }

  /** The person takes the other version: nothing of theirs waits any more. */
  takeTheirs(): void {
    if (this.#state.kind !== "edited-elsewhere") return;
    const { theirs } = this.#state;
    this.#version = theirs.version;
    this.#waiting = null;
    this.#options.shelf.remove();
    this.#enter({ kind: "saved", at: theirs.savedAt });
  }

  /** The server has answered a submission or a reload that another version exists. */
  meet(theirs: Draft, mine: string): void {
    clearTimeout(this.#timer);
    this.#waiting = mine;
    this.#options.shelf.write({ instance: mine, base: this.#version });
    this.#enter({ kind: "edited-elsewhere", theirs });
  }

  /** The answers are on their way by another door; the copy stays in case they do not arrive. */
  pause(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  /** They did not leave after all: the page is still here. */
  reopen(): void {
    this.#closed = false;
  }

  /** The answers have been submitted: there is no draft any more. */
  close(): void {
    this.#closed = true;
    this.#waiting = null;
    clearTimeout(this.#timer);
    this.#options.shelf.remove();
  }

  async #send(instance: string, leaving: boolean): Promise<void> {
    const result = await this.#options.doors
      .saveDraft(instance, this.#version, { leaving })
      .catch((): SaveResult => ({ kind: "unreachable" }));
    if (this.#closed) return;
    switch (result.kind) {
      case "saved":
        this.#version = result.version;
        this.#failures = 0;
        if (this.#waiting === instance) {
          this.#waiting = null;
          this.#options.shelf.remove();
          this.#enter({ kind: "saved", at: result.savedAt });
        } else if (this.#waiting !== null) {
          this.#options.shelf.write({ instance: this.#waiting, base: this.#version });
          this.#enter({ kind: "saving" });
        }
        return;
      case "edited-elsewhere":
        this.#enter({ kind: "edited-elsewhere", theirs: result.theirs });
        return;
      case "signed-out":
        this.#enter({ kind: "signed-out", loginUrl: result.loginUrl });
        return;
      case "unreachable":
        this.#failures += 1;
        this.#enter({ kind: "retrying" });
        return;
      case "refused":
        this.#enter({ kind: "refused", status: result.status, message: result.message });
    }
  }

  #next(): void {
    if (this.#closed || this.#waiting === null) return;
    switch (this.#state.kind) {
      case "saving":
        this.#sendAfter(this.#options.doors.pause ?? TYPING_PAUSE_MS);
        return;
      case "retrying":
        this.#sendAfter(Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (this.#failures - 1)));
        return;
      case "signed-out":
        this.#sendAfter(SIGNED_OUT_RETRY_MS);
    }
  }

  #sendAfter(milliseconds: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), milliseconds);
  }

  #enter(state: SaveState): void {
    this.#state = state;
    this.#options.onState(state);
  }
}
