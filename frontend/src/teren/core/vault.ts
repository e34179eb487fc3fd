/** The vault of an origin: what it keeps is read with the PIN alone, and forgotten after ten wrong ones. */
import { OpenBook } from "./book";
import { Desk, FIRST_SETTINGS } from "./desk";
import { PinError, StorageError } from "./errors";
import type { Book, Unlocked, Vault, VaultState } from "./interface";
import { SHEET } from "./kept";
import { pinTrouble } from "./pin";
import { portsHere, type Ports } from "./ports";
import { SCHEMA, upgraded } from "./schema";
import { dataKey, newWrapping, rewrapped, Sealer } from "./seal";
import { deleteDatabase, SealedShelf, Shelf } from "./shelf";
import { tellAll } from "./telling";
import type { Enrolled } from "../wire";

export const TRIES = 10;
const MARK = "punte-teren";
/** Caches of the service worker that hold the application and the packs: nobody's data. */
const NOBODYS = /precache|pachete|shell|packs/;

class LockedVault implements Vault {
  state: VaultState = "empty";
  persistent: boolean | null = null;
  private shelf: Shelf | null = null;
  private desk: Desk | null = null;
  private letGo: (() => void) | null = null;
  private wiping: Promise<void> | null = null;
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly name: string,
    private readonly ports: Ports,
  ) {}

  /** Takes hold of the vault, unless another tab has it. */
  async begin(): Promise<this> {
    if (await this.hold({ ifAvailable: true })) await this.look();
    else this.enter("elsewhere");
    return this;
  }

  async whenFree(): Promise<void> {
    if (this.state !== "elsewhere") return;
    await this.hold({});
    await this.look();
  }

  private hold(options: LockOptions): Promise<boolean> {
    const { locks } = this.ports;
    if (!locks) return Promise.resolve(true);
    return new Promise((resolve, reject) => {
      const held = (lock: Lock | null): Promise<void> | undefined => {
        resolve(lock !== null);
        return lock === null ? undefined : new Promise((letGo) => (this.letGo = letGo));
      };
      locks.request(`punte-teren:${this.name}`, options, held).catch(reject);
    });
  }

  private async look(): Promise<void> {
    this.shelf = await Shelf.open(this.ports.indexedDB, this.name);
    const meta = await this.shelf.meta();
    if (!meta) return this.enter(this.ports.marks?.getItem(MARK) === this.name ? "lost" : "empty");
    if (meta.schema > SCHEMA) return this.enter("newer");
    // The tab was closed between the last try and its wipe.
    if (meta.wrong >= TRIES) return this.wipe();
    this.enter("locked");
  }

  async create(pin: string, enrolled: Enrolled): Promise<Book> {
    const trouble = pinTrouble(pin);
    if (trouble) throw new PinError(trouble);
    if (this.state !== "empty" && this.state !== "lost") throw new StorageError("failed");
    this.shelf ??= await Shelf.open(this.ports.indexedDB, this.name);
    const wrapping = await newWrapping(pin, this.ports.iterations);
    const sealed = this.sealed(this.shelf, (await dataKey(wrapping, pin))!);
    const sheets = await sealed.seal([
      { store: "sheets", id: SHEET.enrolled, value: enrolled },
      { store: "sheets", id: SHEET.settings, value: FIRST_SETTINGS },
    ]);
    await this.shelf.putMeta({ schema: SCHEMA, wrapping, wrong: 0 }, sheets);
    this.mark();
    this.persistent = await this.ports.persist().catch(() => false);
    return this.opened(sealed);
  }

  async unlock(pin: string): Promise<Unlocked> {
    const tried = await this.tried((wrapping) => dataKey(wrapping, pin));
    if ("kind" in tried) return tried;
    await this.shelf!.changeMeta((meta) => ({ ...meta, wrong: 0, schema: SCHEMA }));
    this.persistent = await this.ports.persist().catch(() => false);
    return { kind: "open", book: await this.opened(this.sealed(this.shelf!, tried.right)) };
  }

  async changePin(before: string, now: string): ReturnType<Vault["changePin"]> {
    const trouble = pinTrouble(now);
    if (trouble) throw new PinError(trouble);
    const tried = await this.tried((wrapping) => rewrapped(wrapping, before, now, this.ports.iterations));
    if ("kind" in tried) return tried;
    await this.shelf!.changeMeta((meta) => ({ ...meta, wrong: 0, wrapping: tried.right }));
    return { kind: "changed" };
  }

  /** Counts a try, then makes it: closing the tab in between does not give another. */
  private async tried<T>(
    attempt: (wrapping: Parameters<typeof dataKey>[0]) => Promise<T | null>,
  ): Promise<{ right: T } | Exclude<Unlocked, { kind: "open" }>> {
    if (!this.shelf || (this.state !== "locked" && this.state !== "open")) throw new StorageError("closed");
    const meta = await this.shelf.changeMeta((before) => ({ ...before, wrong: before.wrong + 1 }));
    if (!meta) throw new StorageError("failed");
    const right = meta.wrong > TRIES ? null : await attempt(meta.wrapping);
    if (right !== null) return { right };
    if (meta.wrong < TRIES) return { kind: "wrong", left: TRIES - meta.wrong };
    await this.wipe();
    return { kind: "wiped" };
  }

  private sealed(shelf: Shelf, key: CryptoKey): SealedShelf {
    return new SealedShelf(shelf, new Sealer(key, SCHEMA, upgraded));
  }

  private async opened(sealed: SealedShelf): Promise<Book> {
    this.desk?.close("closed");
    const desk = await Desk.open(sealed, this.ports);
    this.desk = desk;
    this.mark();
    this.enter("open");
    return new OpenBook(desk, { lock: () => this.lock(desk), wipe: () => this.wipe() });
  }

  private async lock(desk: Desk): Promise<void> {
    await desk.settled();
    desk.close("closed");
    if (this.desk !== desk) return;
    this.desk = null;
    if (this.state === "open") this.enter("locked");
  }

  /** Who leaves, and a server that turns the device away, may ask for it at once. */
  wipe(): Promise<void> {
    this.wiping ??= this.forget().finally(() => (this.wiping = null));
    return this.wiping;
  }

  private async forget(): Promise<void> {
    if (this.state === "elsewhere") throw new StorageError("closed");
    this.desk?.close("wiped");
    this.desk = null;
    const shelf = (this.shelf ??= await Shelf.open(this.ports.indexedDB, this.name));
    await shelf.shred().catch((error: StorageError) => {
      // Closed because somebody else deletes it: then that is done below as well.
      if (error.trouble !== "closed") throw error;
    });
    shelf.close();
    this.shelf = null;
    await deleteDatabase(this.ports.indexedDB, this.name);
    for (const shelf of this.ports.shelves) shelf.clear();
    this.ports.marks?.removeItem(MARK);
    await this.forgetCaches();
    this.enter("empty");
  }

  private async forgetCaches(): Promise<void> {
    const { caches } = this.ports;
    const names = (await caches?.keys()) ?? [];
    await Promise.all(names.filter((name) => !NOBODYS.test(name)).map((name) => caches!.delete(name)));
  }

  async close(): Promise<void> {
    if (this.desk) await this.lock(this.desk);
    this.shelf?.close();
    this.shelf = null;
    this.letGo?.();
    this.letGo = null;
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private mark(): void {
    try {
      this.ports.marks?.setItem(MARK, this.name);
    } catch {
      // Without the mark a loss is not noticed by itself; nothing else depends on it.
    }
  }

  private enter(state: VaultState): void {
    this.state = state;
    tellAll(this.listeners, undefined);
  }
}

/** Opens the vault of this origin, and holds it against other tabs as long as this one lives. */
export function openVault(db = "punte-teren", ports: Partial<Ports> = {}): Promise<Vault> {
  return new LockedVault(db, portsHere(ports)).begin();
}
