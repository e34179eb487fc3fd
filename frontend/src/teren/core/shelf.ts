/** The database of the browser: opaque keys, sealed values, and changes that are made together or not at all. */
import { StorageError } from "./errors";
import type { Bytes } from "./bytes";
import type { Sealed, Sealer, Wrapping } from "./seal";

export const STORES = ["sheets", "households", "entries", "drafts", "files", "packs"] as const;
export type StoreName = (typeof STORES)[number];

const META = "meta";
const VAULT = "vault";
const LAYOUT = 1;

/** The only record in clear. */
export interface Meta {
  readonly schema: number;
  readonly wrapping: Wrapping;
  /** Wrong PINs since the last right one. */
  readonly wrong: number;
}

/** A record to be written, or deleted where there is neither value nor bytes. */
export interface Change {
  readonly store: StoreName;
  readonly id: string;
  readonly value?: unknown;
  readonly bytes?: Bytes;
}

export class Shelf {
  private constructor(private readonly database: IDBDatabase) {}

  static open(factory: IDBFactory, name: string): Promise<Shelf> {
    return new Promise((resolve, reject) => {
      const request = factory.open(name, LAYOUT);
      request.onupgradeneeded = () => {
        for (const store of [META, ...STORES]) {
          if (!request.result.objectStoreNames.contains(store)) request.result.createObjectStore(store);
        }
      };
      request.onsuccess = () => {
        const database = request.result;
        // The request forgets its result once the database is gone.
        database.onversionchange = () => database.close();
        resolve(new Shelf(database));
      };
      request.onerror = () => reject(troubleOf(request.error));
    });
  }

  close(): void {
    this.database.close();
  }

  meta(): Promise<Meta | null> {
    return this.read<Meta | null>(META, (store) => store.get(VAULT), null);
  }

  putMeta(meta: Meta, sealed: readonly SealedChange[] = []): Promise<void> {
    return this.change((transaction) => {
      transaction.objectStore(META).put(meta, VAULT);
      apply(transaction, sealed);
    });
  }

  /** Reads the meta record and writes it changed, in one transaction. */
  changeMeta(next: (meta: Meta) => Meta): Promise<Meta | null> {
    let changed: Meta | null = null;
    return this.change((transaction) => {
      const store = transaction.objectStore(META);
      const request = store.get(VAULT);
      request.onsuccess = () => {
        if (!request.result) return;
        changed = next(request.result as Meta);
        store.put(changed, VAULT);
      };
    }).then(() => changed);
  }

  put(sealed: readonly SealedChange[]): Promise<void> {
    return sealed.length === 0 ? Promise.resolve() : this.change((transaction) => apply(transaction, sealed));
  }

  get(store: StoreName, id: string): Promise<Sealed | null> {
    return this.read<Sealed | null>(store, (held) => held.get(id), null);
  }

  async all(store: StoreName): Promise<[id: string, sealed: Sealed][]> {
    const [keys, values] = await Promise.all([
      this.read<string[]>(store, (held) => held.getAllKeys(), []),
      this.read<Sealed[]>(store, (held) => held.getAll(), []),
    ]);
    return keys.map((key, position) => [key, values[position]!]);
  }

  /** Empties everything at once, the key first of all: what a half-done deletion leaves cannot be read. */
  shred(): Promise<void> {
    return this.change((transaction) => {
      for (const store of [META, ...STORES]) transaction.objectStore(store).clear();
    });
  }

  private change(work: (transaction: IDBTransaction) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const transaction = this.begin([META, ...STORES], "readwrite");
      transaction.oncomplete = () => resolve();
      transaction.onerror = transaction.onabort = () => reject(troubleOf(transaction.error));
      try {
        work(transaction);
      } catch (error) {
        transaction.abort();
        reject(troubleOf(error));
      }
    });
  }

  private read<T>(store: string, ask: (store: IDBObjectStore) => IDBRequest, absent: T): Promise<T> {
    return new Promise((resolve, reject) => {
      const request = ask(this.begin([store], "readonly").objectStore(store));
      request.onsuccess = () => resolve((request.result as T | undefined) ?? absent);
      request.onerror = () => reject(troubleOf(request.error));
    });
  }

  private begin(stores: string[], mode: IDBTransactionMode): IDBTransaction {
    try {
      // What was confirmed to the worker must survive a battery that is pulled out.
      return this.database.transaction(stores, mode, { durability: mode === "readwrite" ? "strict" : "default" });
    } catch (error) {
      throw troubleOf(error);
    }
  }
}

/** A change whose value is sealed; null deletes. */
export type SealedChange = readonly [store: StoreName, id: string, sealed: Sealed | null];

function apply(transaction: IDBTransaction, sealed: readonly SealedChange[]): void {
  for (const [store, id, value] of sealed) {
    if (value === null) transaction.objectStore(store).delete(id);
    else transaction.objectStore(store).put(value, id);
  }
}

function troubleOf(error: unknown): StorageError {
  if (error instanceof StorageError) return error;
  const name = (error as { name?: string } | null)?.name;
  const trouble = name === "QuotaExceededError" ? "full" : name === "InvalidStateError" ? "closed" : "failed";
  return new StorageError(trouble, { cause: error });
}

export async function deleteDatabase(factory: IDBFactory, name: string): Promise<void> {
  await new Promise<void>((resolve) => {
    const request = factory.deleteDatabase(name);
    // It is empty already; where another connection blocks its deletion, that follows when it closes.
    request.onsuccess = request.onerror = request.onblocked = () => resolve();
  });
}

/** The shelf behind the seal. */
export class SealedShelf {
  private key: Sealer | null;

  constructor(
    private readonly shelf: Shelf,
    sealer: Sealer,
  ) {
    this.key = sealer;
  }

  /** From now on nothing can be read or written by this. */
  forget(): void {
    this.key = null;
  }

  private get sealer(): Sealer {
    if (!this.key) throw new StorageError("closed");
    return this.key;
  }

  async seal(changes: readonly Change[]): Promise<SealedChange[]> {
    return await Promise.all(changes.map((change) => this.sealed(change)));
  }

  async commit(changes: readonly Change[]): Promise<void> {
    await this.shelf.put(await this.seal(changes));
  }

  async get<T>(store: StoreName, id: string): Promise<T | null> {
    const sealed = await this.shelf.get(store, id);
    return sealed && ((await this.sealer.open(`${store}/${id}`, sealed)) as T);
  }

  async bytes(store: StoreName, id: string): Promise<Bytes | null> {
    const sealed = await this.shelf.get(store, id);
    return sealed && this.sealer.openBytes(`${store}/${id}`, sealed);
  }

  /** All records of a store; one that cannot be read is left where it is, and counted. */
  async all<T>(store: StoreName): Promise<{ read: Map<string, T>; damaged: number }> {
    const sealed = await this.shelf.all(store);
    const { sealer } = this;
    const opened = await Promise.allSettled(sealed.map(([id, value]) => sealer.open(`${store}/${id}`, value)));
    const read = new Map<string, T>();
    opened.forEach((one, position) => {
      if (one.status === "fulfilled") read.set(sealed[position]![0], one.value as T);
    });
    return { read, damaged: sealed.length - read.size };
  }

  private async sealed({ store, id, value, bytes }: Change): Promise<SealedChange> {
    const place = `${store}/${id}`;
    if (bytes) return [store, id, await this.sealer.sealBytes(place, bytes)];
    return [store, id, value === undefined ? null : await this.sealer.seal(place, value)];
  }
}
