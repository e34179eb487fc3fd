/** What was written here and is not on record yet. */
import { randomId, utf8, digestOf, type Bytes } from "./bytes";
import type { Desk } from "./desk";
import { BookError } from "./errors";
import type { BodyOf, EntryOf, Item, Kind } from "./interface";
import { fresh, isFixed, isUnsent, mayDrop, SHEET, type Filled, type Kept } from "./kept";
import { heldBack, inOrder, neededBy } from "./needs";
import { merged, successorOf } from "./successors";
import type { Change } from "./shelf";
import type { Entry, FileWords, Home, Uuid } from "../wire";

const sizes = new WeakMap<Entry, number>();

/** Bytes of the words of an entry as they lie in memory. */
export function sizeOf(entry: Entry): number {
  const known = sizes.get(entry);
  if (known !== undefined) return known;
  const size = utf8(JSON.stringify(entry)).length;
  sizes.set(entry, size);
  return size;
}

/** Bytes that are still to be sent of an entry. */
export function remaining({ entry, state, received }: Kept): number {
  const file = entry.kind === "file" ? Math.max(0, entry.body.size - received) : 0;
  return state === "done" ? 0 : (state === "bytes" ? 0 : sizeOf(entry)) + file;
}

export const changeOf = (kept: Kept): Change => ({ store: "entries", id: kept.entry.id, value: kept });

export class Outbox {
  constructor(private readonly desk: Desk) {}

  write<K extends Kind>(kind: K, household: Uuid, body: BodyOf<K>, after: readonly Uuid[] = []): Promise<EntryOf<K>> {
    return this.desk.turn(() => this.writeNow(kind, household, body, after));
  }

  /** As `write`, within a turn. */
  async writeNow<K extends Kind>(
    kind: K,
    household: Uuid,
    body: BodyOf<K>,
    after: readonly Uuid[] = [],
  ): Promise<EntryOf<K>> {
    const kept = await this.begun(kind, household, body, after);
    await this.add(kept);
    return kept.entry as EntryOf<K>;
  }

  newHousehold(home: Home): Promise<EntryOf<"household_new">> {
    return this.desk.turn(async () => {
      const kept = await this.begun("household_new", randomId(), home, []);
      const { chosen } = this.desk.settings;
      const settings = { ...this.desk.settings, chosen: chosen && [...chosen, kept.entry.household] };
      await this.add(
        kept,
        [{ store: "sheets", id: SHEET.settings, value: settings }],
        () => (this.desk.settings = settings),
      );
      return kept.entry as EntryOf<"household_new">;
    });
  }

  addFile(household: Uuid, words: Omit<FileWords, "size" | "digest">, bytes: Bytes): Promise<EntryOf<"file">> {
    return this.desk.turn(async () => {
      const body = { ...words, size: bytes.length, digest: await digestOf(bytes) };
      const kept = await this.begun("file", household, body, []);
      await this.add(kept, [{ store: "files", id: kept.entry.id, bytes }]);
      return kept.entry as EntryOf<"file">;
    });
  }

  /** An entry that is not stored yet; within a turn. */
  async begun<K extends Kind>(
    kind: K,
    household: Uuid,
    body: BodyOf<K>,
    after: readonly Uuid[],
    id = randomId(),
  ): Promise<Kept> {
    const at = momentOf(this.desk.ports.now());
    const entry = { id, kind, household, at, after: [], body } as unknown as Entry;
    return fresh(await this.withNeeds(entry, after), this.desk.nextOrder());
  }

  private async withNeeds(entry: Entry, given: readonly Uuid[]): Promise<Entry> {
    const bundle = await this.desk.bundle(entry.household);
    const known = new Set(bundle?.members.map(({ person }) => person));
    const needed = neededBy(entry, this.desk.entries.values(), known);
    return { ...entry, after: [...new Set([...given, ...needed])].filter((id) => id !== entry.id) };
  }

  private add(kept: Kept, more: readonly Change[] = [], inMemory: () => void = () => undefined): Promise<void> {
    return this.desk.commit([changeOf(kept), ...more], () => {
      this.desk.entries.set(kept.entry.id, kept);
      inMemory();
    });
  }

  amend<K extends Kind>(id: Uuid, body: BodyOf<K>, filled: Filled | null = null): Promise<Entry> {
    return this.desk.turn(() => this.amended(id, body, filled));
  }

  /** As `amend`, within a turn. */
  async amended(id: Uuid, body: Entry["body"], filled: Filled | null = null): Promise<Entry> {
    const kept = this.known(id);
    if (!isFixed(kept)) {
      const entry = await this.withNeeds({ ...kept.entry, body } as Entry, kept.entry.after);
      const next: Kept = { ...kept, entry, state: "ready", message: "", field: "", filled: filled ?? kept.filled };
      await this.add(next);
      return entry;
    }
    const later = inOrder(this.desk.entries).find((other) => other.amends === id);
    if (later) return this.amended(later.entry.id, successorOf(kept.entry, body).body, filled);
    const { kind, body: changed } = successorOf(kept.entry, body);
    const successor = await this.begun(kind, kept.entry.household, changed, [id]);
    await this.add({ ...successor, amends: id });
    return successor.entry;
  }

  retry(id: Uuid): Promise<void> {
    return this.desk.turn(async () => {
      const kept = this.known(id);
      if (kept.state === "refused") await this.add({ ...kept, state: "ready", message: "", field: "" });
    });
  }

  drop(id: Uuid): Promise<void> {
    return this.desk.turn(async () => {
      const kept = this.known(id);
      if (!mayDrop(kept)) throw new BookError("kept");
      const settings = { ...this.desk.settings, dropped: [...this.desk.settings.dropped, id].slice(-500) };
      const freed = [...this.desk.entries.values()]
        .filter(({ entry }) => entry.after.includes(id))
        .map((other) => without(other, new Set([id])));
      const changes: Change[] = [
        { store: "entries", id },
        { store: "files", id },
        { store: "sheets", id: SHEET.settings, value: settings },
        ...freed.map(changeOf),
      ];
      await this.desk.commit(changes, () => {
        this.desk.entries.delete(id);
        for (const other of freed) this.desk.entries.set(other.entry.id, other);
        this.desk.settings = settings;
      });
    });
  }

  unsent(): Item[] {
    const held = heldBack(this.desk.entries);
    return inOrder(this.desk.entries)
      .filter(isUnsent)
      .map((kept) => itemOf(kept, held));
  }

  item(id: Uuid): Item | null {
    const kept = this.desk.entries.get(id);
    return kept && isUnsent(kept) ? itemOf(kept, heldBack(this.desk.entries)) : null;
  }

  get bytes(): number {
    return [...this.desk.entries.values()].reduce((sum, kept) => sum + remaining(kept), 0);
  }

  private known(id: Uuid): Kept {
    const kept = this.desk.entries.get(id);
    if (!kept) throw new BookError("unknown");
    return kept;
  }
}

function itemOf(kept: Kept, held: ReadonlySet<Uuid>): Item {
  const { entry, state, message, field } = kept;
  const waits = state === "waits" || (state !== "refused" && held.has(entry.id));
  const status = waits ? "waits" : state === "done" ? "bytes" : state;
  return { entry, status, message, field, bytes: remaining(kept), mayDrop: mayDrop(kept) };
}

/** The entry no longer after some others; the same where it is after none of them, so that it counts as tried. */
export function without(kept: Kept, ids: ReadonlySet<Uuid>): Kept {
  if (!kept.entry.after.some((id) => ids.has(id))) return kept;
  return { ...kept, entry: { ...kept.entry, after: kept.entry.after.filter((id) => !ids.has(id)) } };
}

/** A refused entry whose successor was written meanwhile takes over what it says; the two changes, or null. */
export function takenOver(
  refused: Kept,
  entries: ReadonlyMap<Uuid, Kept>,
): { standing: Kept; ended: Uuid; moved: Kept[] } | null {
  const successor = [...entries.values()].find(({ amends, state }) => amends === refused.entry.id && state !== "done");
  if (!successor) return null;
  const entry = { ...refused.entry, body: merged(refused.entry, successor.entry) } as Entry;
  const standing: Kept = { ...refused, entry, state: "ready", message: "", field: "" };
  const ended = successor.entry.id;
  const moved = [...entries.values()]
    .filter((other) => other !== successor && (other.entry.after.includes(ended) || other.amends === ended))
    .map((other) => movedTo(other, ended, entry.id));
  return { standing, ended, moved };
}

function movedTo(kept: Kept, from: Uuid, to: Uuid): Kept {
  const after = kept.entry.after.map((id) => (id === from ? to : id));
  const about = kept.entry.kind === "file" && kept.entry.body.about === from;
  const body = about ? { ...kept.entry.body, about: to } : kept.entry.body;
  return { ...kept, amends: kept.amends === from ? to : kept.amends, entry: { ...kept.entry, after, body } as Entry };
}

/** A moment with the offset of the place where it was. */
export function momentOf(date: Date): string {
  const offset = -date.getTimezoneOffset();
  const local = new Date(date.getTime() + offset * 60_000).toISOString().slice(0, 19);
  const two = (value: number): string => String(Math.trunc(Math.abs(value))).padStart(2, "0");
  return `${local}${offset < 0 ? "-" : "+"}${two(offset / 60)}:${two(offset % 60)}`;
}
