/** The file of the unsent: everything that is only here, for the office to take in by hand. */
import { base64, fromBase64, gzip, randomBytes, utf8 } from "./bytes";
import type { Desk } from "./desk";
import { isUnsent } from "./kept";
import { inOrder } from "./needs";
import { momentOf } from "./outbox";
import type { UnsentContent, UnsentFile } from "../unsent-file";
import type { Uuid } from "../wire";

const FORMAT = "punte-teren-1";

export async function unsentFile(desk: Desk, application: string): Promise<Blob> {
  const { fileKey, username } = desk.enrolled;
  const entries = inOrder(desk.entries)
    .filter(isUnsent)
    .map(({ entry }) => entry);
  const files: Record<Uuid, string> = {};
  for (const { id, kind } of entries) {
    const bytes = kind === "file" ? await desk.shelf.bytes("files", id) : null;
    if (bytes) files[id] = base64(bytes);
  }
  const content: UnsentContent = { sent: { application, unsent: 0, unsentBytes: 0, entries }, files };
  const key = await crypto.subtle.importKey("raw", fromBase64(fileKey), "AES-GCM", false, ["encrypt"]);
  const iv = randomBytes(12);
  const how = { name: "AES-GCM", iv, additionalData: utf8(`${FORMAT} ${username}`) };
  const data = new Uint8Array(await crypto.subtle.encrypt(how, key, await gzip(utf8(JSON.stringify(content)))));
  const file: UnsentFile = {
    format: FORMAT,
    username,
    made: momentOf(desk.ports.now()),
    iv: base64(iv),
    data: base64(data),
  };
  return new Blob([JSON.stringify(file)], { type: "application/json" });
}
