/** Photographs and signatures go up after all words, in pieces, each from where the last one ended. */
import type { Desk } from "./desk";
import type { Kept } from "./kept";
import { Trouble, type Line } from "./line";
import { inOrder } from "./needs";
import { changeOf } from "./outbox";
import { unknownAgain, type Tally } from "./pushing";
import type { Bytes } from "./bytes";
import type { Uuid } from "../wire";

const PIECE = 256 * 1_024;
/** How often the server may send us back before it counts as trouble. */
const RETURNS = 5;

export async function upload(desk: Desk, line: Line, tally: Tally, tell: () => void): Promise<void> {
  for (const { entry } of inOrder(desk.entries).filter(({ state }) => state === "bytes")) {
    const bytes = await desk.shelf.bytes("files", entry.id);
    try {
      if (!bytes) throw new Trouble(410);
      await uploadOne(desk, line, entry.id, bytes, tally, tell);
    } catch (error) {
      if (!(error instanceof Trouble) || !error.isOurs) throw error;
      await changed(desk, entry.id, (kept) => refused(kept, error));
      tally.refused += error.status === 404 ? 0 : 1;
    }
  }
}

/** Not known there: its words go up again with the next exchange. */
const refused = (kept: Kept, error: Trouble): Kept =>
  error.status === 404 ? unknownAgain(kept) : { ...kept, state: "refused", message: error.message, received: 0 };

async function uploadOne(
  desk: Desk,
  line: Line,
  id: Uuid,
  bytes: Bytes,
  tally: Tally,
  tell: () => void,
): Promise<void> {
  let at = Math.min(desk.entries.get(id)?.received ?? 0, bytes.length);
  for (let returns = 0; at < bytes.length;) {
    const received = await line.put(`/teren/api/fisiere/${id}/?de=${at}`, bytes.subarray(at, at + PIECE));
    if (received <= at && ++returns > RETURNS) throw new Trouble(500);
    tally.sent += Math.max(0, received - at);
    at = Math.max(0, Math.min(received, bytes.length));
    if (at < bytes.length) await changed(desk, id, (kept) => ({ ...kept, received: at }));
    tell();
  }
  await changed(desk, id, (kept) => ({ ...kept, state: "done", received: bytes.length }), true);
}

function changed(desk: Desk, id: Uuid, change: (kept: Kept) => Kept, forgetBytes = false): Promise<void> {
  return desk.turn(async () => {
    const kept = desk.entries.get(id);
    if (!kept) return;
    const next = change(kept);
    const ends = forgetBytes ? [{ store: "files", id } as const] : [];
    await desk.commitOrGoOn([changeOf(next), ...ends], () => desk.entries.set(id, next));
  });
}
