/** What an exchange with the server tells of itself, while it runs and at its end. */
/**
 * `done`: everything that could go went, and what is new came. `no-signal`: nothing, or nothing of the server's,
 * answered. `trouble`: the server could not. `shut-out`: not let in; `message` says why. `wiped`: this device was
 * reported lost or signed out, and has forgotten everything. `stopped`: the book was locked meanwhile.
 */
export interface SyncReport {
  readonly kind: "done" | "no-signal" | "trouble" | "shut-out" | "wiped" | "stopped";
  readonly message: string;
  readonly applied: number;
  readonly conflicts: number;
  readonly refused: number;
  readonly waits: number;
  readonly received: number;
}

export interface Progress {
  readonly running: boolean;
  readonly stage: "words" | "data" | "files" | null;
  /** Bytes of what is unsent that went, of all that there were when it began. */
  readonly sent: number;
  readonly total: number;
  readonly households: number;
  readonly last: SyncReport | null;
  /** When it tries again by itself, in milliseconds since 1970; null where it does not. */
  readonly nextAt: number | null;
}

export interface SyncOptions {
  readonly fetch?: typeof fetch;
  /** `https://punte.example`; empty for the origin of the page. */
  readonly base?: string;
  /** Name and version of the application. */
  readonly application?: string;
  /** Milliseconds after which a request counts as unanswered. */
  readonly patience?: number;
}
