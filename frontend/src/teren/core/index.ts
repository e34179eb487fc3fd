/** The core of Teren: see `interface.ts` for what it gives. */
import type { Book, Progress, SyncOptions, SyncReport, Vault } from "./interface";
import type { Ports } from "./ports";

export type * from "./interface";
export type { Ports } from "./ports";
export { BookError, PinError, StorageError, type PinTrouble } from "./errors";

/** Six digits or more, not all alike and not in a row. */
export declare function pinTrouble(pin: string): "short" | "easy" | null;

/** Opens the vault of this origin, and holds it against other tabs as long as this one lives. */
export declare function openVault(db?: string, ports?: Partial<Ports>): Promise<Vault>;

/** The exchange with the server: one at a time, resumed where it was cut. */
export declare class Sync {
  constructor(book: Book, options?: SyncOptions);
  readonly progress: Progress;
  subscribe(listener: (progress: Progress) => void): () => void;
  /** Exchanges now; a second call while one runs gets the same report. */
  now(): Promise<SyncReport>;
  /** By itself from now on: when something was written, when the signal is back, every few minutes, after a failure. */
  start(): void;
  stop(): void;
}
