/**
 * A tablet in the field: the core of Teren with a store of its own, behind a bad line, that may be killed at any moment
 * and be opened again. It remembers, as its user would, what it confirmed.
 */
import { IDBFactory } from "fake-indexeddb";
import { openVault, Sync, type Book, type Item, type Kind, type Ports, type SyncReport, type Vault } from "../src/teren/core";
import type { Enrolled, Entry, Uuid } from "../src/teren/wire";
import { Line } from "./proxy";

export const PIN = "493817";
/** Milliseconds; long, because a busy machine is no bad line: the proxy cuts what is to be cut. */
const PATIENCE = 60_000;

/** What the user was told of an entry. */
export interface Remembered {
  readonly id: Uuid;
  readonly kind: Kind;
  readonly household: Uuid;
  /** Every body that it had, the newest last. */
  readonly bodies: Entry["body"][];
  /** Whether the server may refuse it: the schedule made it so, or it needs an entry that may be refused. */
  refusable: boolean;
  dropped: boolean;
}

/** One run of the application, from its opening to its end. */
interface Life {
  readonly vault: Vault;
  readonly book: Book;
  readonly sync: Sync;
  readonly power: AbortController;
  readonly connections: IDBDatabase[];
}

export interface Surroundings {
  readonly parse: Ports["parse"];
  readonly serialize: Ports["serialize"];
  /** The proxy, with the name of this tablet's line. */
  readonly base: string;
}

export class Tablet {
  readonly remembered = new Map<Uuid, Remembered>();
  readonly files = new Map<Uuid, Uint8Array>();
  kills = 0;
  /** What was still unsent when it was last looked at before the end. */
  ended: readonly Item[] = [];
  private readonly store = new IDBFactory();
  private life: Life | null = null;

  constructor(
    readonly name: string,
    readonly enrolled: Enrolled,
    readonly line: Line,
    private readonly around: Surroundings,
  ) {}

  get book(): Book {
    return this.living.book;
  }

  get on(): boolean {
    return this.life !== null;
  }

  private get living(): Life {
    if (!this.life) throw new Error(`${this.name} is off`);
    return this.life;
  }

  async boot(): Promise<void> {
    const power = new AbortController();
    const connections: IDBDatabase[] = [];
    const fetch = powered(power.signal);
    const vault = await openVault(`teren-${this.enrolled.username}`, {
      indexedDB: watched(this.store, connections),
      fetch,
      base: this.around.base,
      parse: this.around.parse,
      serialize: this.around.serialize,
      locks: null,
      caches: null,
      shelves: [],
      marks: null,
      persist: async () => true,
    });
    if (vault.state !== "empty" && vault.state !== "locked") throw new Error(`${this.name}: vault is ${vault.state}`);
    if (vault.state === "empty" && this.remembered.size > 0) throw new Error(`${this.name}: the vault is gone`);
    const book = vault.state === "empty" ? await vault.create(PIN, this.enrolled) : await this.unlocked(vault);
    const sync = new Sync(book, { fetch, base: this.around.base, application: "faults 1", patience: PATIENCE });
    this.life = { vault, book, sync, power, connections };
    for (const item of book.unsent()) this.remember(item.entry, true);
  }

  private async unlocked(vault: Vault): Promise<Book> {
    const opened = await vault.unlock(PIN);
    if (opened.kind !== "open") throw new Error(`${this.name}: the vault answered ${opened.kind}`);
    return opened.book;
  }

  /** The battery falls out: what was not committed is gone, and nothing of this run ever acts again. */
  kill(): void {
    const life = this.life;
    if (!life) return;
    this.kills += 1;
    this.ended = life.book.unsent();
    this.life = null;
    life.sync.stop();
    life.power.abort();
    for (const connection of life.connections) cutOff(connection);
  }

  /** Null where the power was cut meanwhile. */
  async sync(): Promise<SyncReport | null> {
    const { sync, power } = this.living;
    const cut = new Promise<null>((resolve) => power.signal.addEventListener("abort", () => resolve(null), { once: true }));
    return Promise.race([sync.now(), cut]);
  }

  async lockAndUnlock(): Promise<void> {
    const { book, vault, power, connections } = this.living;
    await book.lock();
    const opened = await this.unlocked(vault);
    const sync = new Sync(opened, { fetch: powered(power.signal), base: this.around.base, patience: PATIENCE });
    this.life = { vault, book: opened, sync, power, connections };
  }

  /** What the user may count on from now on. */
  remember(entry: Entry, refusable: boolean): Remembered {
    const known = this.remembered.get(entry.id);
    if (known) {
      const told = JSON.stringify(entry.body);
      if (JSON.stringify(known.bodies[known.bodies.length - 1]) !== told) known.bodies.push(entry.body);
      return known;
    }
    const { id, kind, household, body } = entry;
    const made = { id, kind, household, bodies: [body], refusable, dropped: false };
    this.remembered.set(id, made);
    return made;
  }
}

/** `fetch` that falls silent, without an answer or an error, when the power is cut. */
function powered(power: AbortSignal): typeof fetch {
  return (input, init) =>
    new Promise((resolve, reject) => {
      if (power.aborted) return;
      const signal = init?.signal ? AbortSignal.any([init.signal, power]) : power;
      fetch(input, { ...init, signal }).then(
        (answer) => !power.aborted && resolve(answer),
        (error) => !power.aborted && reject(error),
      );
    });
}

function watched(store: IDBFactory, connections: IDBDatabase[]): IDBFactory {
  return new Proxy(store, {
    get(target, name) {
      const value = Reflect.get(target, name) as unknown;
      if (typeof value !== "function") return value;
      if (name !== "open") return value.bind(target);
      return (...given: Parameters<IDBFactory["open"]>) => {
        const asked = target.open(...given);
        asked.addEventListener("success", () => connections.push(asked.result));
        return asked;
      };
    },
  });
}

/** Abort what is under way in the database and close it: as a process that ends leaves it. */
function cutOff(connection: IDBDatabase): void {
  const raw = (connection as unknown as { _rawDatabase: { transactions: (IDBTransaction & { _state: string })[] } })
    ._rawDatabase;
  for (const open of [...raw.transactions]) {
    if (open._state === "finished") continue;
    try {
      open.abort();
    } catch {
      // It had just been committed.
    }
  }
  connection.close();
}
