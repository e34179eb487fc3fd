/** Encryption of what is kept: AES-256-GCM under a data key, which a key made of the PIN wraps. */
import { randomBytes, textOf, utf8, type Bytes } from "./bytes";

/** Of PBKDF2-SHA-256, as OWASP asks since 2023. */
export const ITERATIONS = 600_000;
const KEY = { name: "AES-GCM", length: 256 };
const WRAPPED_FOR = utf8("punte-teren data key");

/** As it lies in the storage. */
export interface Sealed {
  readonly iv: Bytes;
  readonly data: Bytes;
}

/** What unlocks the data key, in clear: nothing in it tells the PIN or the key. */
export interface Wrapping extends Sealed {
  readonly salt: Bytes;
  readonly iterations: number;
}

async function keyOf(pin: string, salt: Bytes, iterations: number): Promise<CryptoKey> {
  const typed = await crypto.subtle.importKey("raw", utf8(pin), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations };
  return crypto.subtle.deriveKey(how, typed, KEY, false, ["wrapKey", "unwrapKey"]);
}

const wrappingOf = (iv: Bytes): AesGcmParams => ({ name: "AES-GCM", iv, additionalData: WRAPPED_FOR });

async function wrap(key: CryptoKey, pin: string, iterations: number): Promise<Wrapping> {
  const salt = randomBytes(16);
  const iv = randomBytes(12);
  const outer = await keyOf(pin, salt, iterations);
  const data = new Uint8Array(await crypto.subtle.wrapKey("raw", key, outer, wrappingOf(iv)));
  return { salt, iv, data, iterations };
}

async function unwrap(wrapping: Wrapping, pin: string, extractable: boolean): Promise<CryptoKey | null> {
  const outer = await keyOf(pin, wrapping.salt, wrapping.iterations);
  try {
    const how = wrappingOf(wrapping.iv);
    return await crypto.subtle.unwrapKey("raw", wrapping.data, outer, how, KEY, extractable, ["encrypt", "decrypt"]);
  } catch {
    return null;
  }
}

/** A new data key, wrapped; the key itself is then had by unwrapping, and cannot be read out of memory. */
export async function newWrapping(pin: string, iterations: number): Promise<Wrapping> {
  return wrap(await crypto.subtle.generateKey(KEY, true, ["encrypt", "decrypt"]), pin, iterations);
}

/** The data key; null for a wrong PIN. */
export const dataKey = (wrapping: Wrapping, pin: string): Promise<CryptoKey | null> => unwrap(wrapping, pin, false);

/** The same data key under another PIN; null for a wrong one. */
export async function rewrapped(
  wrapping: Wrapping,
  before: string,
  now: string,
  iterations: number,
): Promise<Wrapping | null> {
  const key = await unwrap(wrapping, before, true);
  return key && wrap(key, now, iterations);
}

/** Seals and opens records; each can be opened only in its own place. */
export class Sealer {
  constructor(
    private readonly key: CryptoKey,
    private readonly schema: number,
    private readonly upgrade: Upgrade,
  ) {}

  async sealBytes(place: string, bytes: Bytes): Promise<Sealed> {
    const iv = randomBytes(12);
    const how = { name: "AES-GCM", iv, additionalData: utf8(place) };
    return { iv, data: new Uint8Array(await crypto.subtle.encrypt(how, this.key, bytes)) };
  }

  async openBytes(place: string, { iv, data }: Sealed): Promise<Bytes> {
    const how = { name: "AES-GCM", iv, additionalData: utf8(place) };
    return new Uint8Array(await crypto.subtle.decrypt(how, this.key, data));
  }

  seal(place: string, value: unknown): Promise<Sealed> {
    return this.sealBytes(place, utf8(JSON.stringify({ schema: this.schema, value })));
  }

  /** A record of an older schema is read as it would be written today. */
  async open(place: string, sealed: Sealed): Promise<unknown> {
    const { schema, value } = JSON.parse(textOf(await this.openBytes(place, sealed))) as {
      schema: number;
      value: unknown;
    };
    return schema === this.schema ? value : this.upgrade(place.slice(0, place.indexOf("/")), schema, value);
  }
}

export type Upgrade = (store: string, schema: number, value: unknown) => unknown;
