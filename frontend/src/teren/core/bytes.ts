/** Bytes and their writings. */

/** Bytes of memory of our own; WebCrypto and IndexedDB take no others. */
export type Bytes = Uint8Array<ArrayBuffer>;

const PIECE = 0x8000;

export const utf8 = (text: string): Bytes => new TextEncoder().encode(text) as Bytes;
export const textOf = (bytes: BufferSource): string => new TextDecoder().decode(bytes);
export const randomBytes = (length: number): Bytes => crypto.getRandomValues(new Uint8Array(length));
export const randomId = (): string => crypto.randomUUID();

export function base64(bytes: Bytes): string {
  let binary = "";
  for (let at = 0; at < bytes.length; at += PIECE) binary += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  return btoa(binary);
}

export function fromBase64(text: string): Bytes {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** SHA-256, hexadecimal. */
export async function digestOf(bytes: Bytes): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export async function gzip(bytes: Bytes): Promise<Bytes> {
  const stream = new Response(bytes).body!.pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
