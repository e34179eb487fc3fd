/** The words of what was written here go up: in their order, in batches that a weak signal can carry. */
import { gzip, utf8 } from "./bytes";
import type { Desk } from "./desk";
import type { Notice } from "./interface";
import { fresh, SHEET, type Kept } from "./kept";
import { Trouble, type Line } from "./line";
import { inOrder, sendable } from "./needs";
import { changeOf, momentOf, remaining, takenOver, without } from "./outbox";
import type { Change } from "./shelf";
import type { Answer, Answered, Entry, Sent, Uuid } from "../wire";

const PATH = "/teren/api/trimite/";
const BATCH_BYTES = 100_000;
const BATCH_ENTRIES = 100;
const NOTICES = 100;

/** What an exchange did, as it goes. */
export interface Tally {
  applied: number;
  conflicts: number;
  refused: number;
  waits: number;
  received: number;
  /** Bytes that went, of what was unsent. */
  sent: number;
  /** Something was answered only in part. */
  partial: boolean;
}

export async function push(desk: Desk, line: Line, application: string, tally: Tally, tell: () => void): Promise<void> {
  const tried = new Set<Entry>();
  const doubted = new Set<Entry>();
  // Words that were sent without an answer cannot be changed any more: first see whether anybody answers at all.
  if (sendable(desk.entries).some(({ state }) => state !== "sent"))
    await line.post(PATH, sentOf(desk, application, []));
  for (let most = BATCH_ENTRIES; ;) {
    const batch = await nextBatch(desk, tried, most);
    if (batch.length === 0) return;
    try {
      const answered = await line.post<Answered>(PATH, sentOf(desk, application, batch));
      await taken(desk, batch, answersIn(answered), tally);
    } catch (error) {
      if (!(error instanceof Trouble) || !error.isOurs || error.status === 404) throw error;
      // One of them cannot be read, or was damaged on the way: each is sent alone, and the one that is not read a
      // second time either stays here with what was said.
      const alone = batch.length === 1 && doubted.has(batch[0]!);
      if (alone) await taken(desk, batch, [refusal(batch[0]!, error)], tally);
      else again(batch, tried, doubted);
      most = 1;
    }
    tell();
  }
}

function again(batch: readonly Entry[], tried: Set<Entry>, doubted: Set<Entry>): void {
  if (batch.length === 1) doubted.add(batch[0]!);
  for (const entry of batch) tried.delete(entry);
}

const refusal = ({ id }: Entry, { message }: Trouble): Answer => ({ id, status: "refused", message, field: "" });

function sentOf(desk: Desk, application: string, entries: readonly Entry[]): Sent {
  const going = new Set(entries.map(({ id }) => id));
  const left = inOrder(desk.entries).filter(({ entry, state }) => state !== "done" && !going.has(entry.id));
  return {
    application,
    unsent: left.length,
    unsentBytes: left.reduce((sum, kept) => sum + remaining(kept), 0),
    entries,
  };
}

/** Takes the next entries that were not tried, and fixes their words before they leave. */
function nextBatch(desk: Desk, tried: Set<Entry>, most: number): Promise<Entry[]> {
  return desk.turn(async () => {
    const batch: Kept[] = [];
    let bytes = 0;
    for (const kept of sendable(desk.entries)) {
      if (tried.has(kept.entry)) continue;
      bytes += (await gzip(utf8(JSON.stringify(kept.entry)))).length;
      if (batch.length > 0 && bytes > BATCH_BYTES) break;
      batch.push({ ...kept, state: "sent" });
      if (batch.length >= most) break;
    }
    const fixed = batch.filter(({ entry }) => desk.entries.get(entry.id)!.state !== "sent");
    if (fixed.length > 0) {
      await desk.commitOrGoOn(fixed.map(changeOf), () =>
        fixed.forEach((kept) => desk.entries.set(kept.entry.id, kept)),
      );
    }
    for (const { entry } of batch) tried.add(entry);
    return batch.map(({ entry }) => entry);
  });
}

function answersIn(answered: Answered): readonly Answer[] {
  const answers: unknown = (answered as Answered | null)?.answers;
  if (!Array.isArray(answers)) throw new Trouble(200);
  return answers as Answer[];
}

/** What the server said of a batch; an entry of which it said nothing stays as it is, to be sent again. */
function taken(desk: Desk, batch: readonly Entry[], answers: readonly Answer[], tally: Tally): Promise<void> {
  return desk.turn(async () => {
    const asked = new Map(batch.map((entry) => [entry.id, entry]));
    const next = new Map(desk.entries);
    const notices: Notice[] = [];
    for (const answer of answers) {
      const entry = asked.get(answer?.id);
      const kept = entry && next.get(entry.id);
      if (entry) asked.delete(entry.id);
      // Its former was refused, and has taken over what it said.
      if (!kept) continue;
      if (!settle(desk, next, kept, answer, tally)) asked.set(answer.id, kept.entry);
      else if (isTaken(answer) && (answer.message || answer.status === "conflict"))
        notices.push(noticeOf(desk, kept.entry, answer));
    }
    tally.partial ||= asked.size > 0;
    await store(desk, next, notices);
  });
}

const isTaken = ({ status }: Answer): boolean => status === "applied" || status === "conflict";

/** False for an answer that means nothing. */
function settle(desk: Desk, next: Map<Uuid, Kept>, kept: Kept, answer: Answer, tally: Tally): boolean {
  const { entry } = kept;
  const message = String(answer.message ?? "");
  switch (answer.status) {
    case "applied":
    case "conflict":
      tally.applied += 1;
      tally.conflicts += answer.status === "conflict" ? 1 : 0;
      tally.sent += remaining(kept) - (entry.kind === "file" ? entry.body.size : 0);
      next.set(entry.id, { ...kept, state: entry.kind === "file" ? "bytes" : "done", message: "", field: "" });
      return true;
    case "refused":
      tally.refused += 1;
      refuse(next, { ...kept, state: "refused", message, field: String(answer.field ?? "") });
      return true;
    case "waits":
      tally.waits += 1;
      next.set(entry.id, { ...without(kept, new Set(desk.settings.dropped)), state: "waits", message });
      return true;
    default:
      return false;
  }
}

function refuse(next: Map<Uuid, Kept>, refused: Kept): void {
  const over = takenOver(refused, next);
  if (!over) {
    next.set(refused.entry.id, refused);
    return;
  }
  next.delete(over.ended);
  for (const kept of [over.standing, ...over.moved]) next.set(kept.entry.id, kept);
}

function noticeOf(desk: Desk, { id, kind, household }: Entry, { status, message }: Answer): Notice {
  return { entry: id, kind, household, status, message: String(message ?? ""), at: momentOf(desk.ports.now()) };
}

/** Stores what differs, all of it or nothing. */
async function store(desk: Desk, next: ReadonlyMap<Uuid, Kept>, notices: readonly Notice[]): Promise<void> {
  const changed = [...next.values()].filter((kept) => desk.entries.get(kept.entry.id) !== kept);
  const ended = [...desk.entries.keys()].filter((id) => !next.has(id));
  const all = [...notices, ...desk.notices].slice(0, NOTICES);
  const told: Change[] = notices.length > 0 ? [{ store: "sheets", id: SHEET.notices, value: all }] : [];
  const ends = ended.map((id): Change => ({ store: "entries", id }));
  if (changed.length + ends.length + told.length === 0) return;
  await desk.commitOrGoOn([...changed.map(changeOf), ...ends, ...told], () => {
    for (const id of ended) desk.entries.delete(id);
    for (const kept of changed) desk.entries.set(kept.entry.id, kept);
    desk.notices = all;
  });
}

/** An entry as if it had just been written; the server knows nothing of it. */
export const unknownAgain = (kept: Kept): Kept => ({
  ...fresh(kept.entry, kept.order),
  filled: kept.filled,
  amends: kept.amends,
});
