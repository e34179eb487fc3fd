/** What the core needs of the browser, so that it also runs where there is none (tests, the fault harness). */
import type { CompiledPack } from "../../findings/assess";
import { ITERATIONS } from "./seal";

export interface Ports {
  readonly indexedDB: IDBFactory;
  readonly fetch: typeof fetch;
  /** The origin of the server; empty for that of the page. */
  readonly base: string;
  /** Imports the rules of a pack by their address. */
  rules(address: string): Promise<CompiledPack>;
  parse(xml: string): Document;
  serialize(document: Document): string;
  readonly locks: LockManager | null;
  readonly caches: CacheStorage | null;
  /** Cleared by a wipe. */
  readonly shelves: readonly Storage[];
  /** Where a mark says that there is a vault, so that one thrown away by the browser is noticed. */
  readonly marks: Storage | null;
  persist(): Promise<boolean>;
  now(): Date;
  /** How many times the PIN is stirred into its key; fewer only where thousands of vaults are opened in a test. */
  readonly iterations: number;
}

/** As they are here; whatever a browser does not have is left out. */
export function portsHere(given: Partial<Ports> = {}): Ports {
  const here: Ports = {
    indexedDB: globalThis.indexedDB,
    fetch: (input, init) => globalThis.fetch(input, init),
    base: "",
    rules: (address) => import(/* @vite-ignore */ address) as Promise<CompiledPack>,
    parse: (xml) => new DOMParser().parseFromString(xml, "text/xml"),
    serialize: (document) => new XMLSerializer().serializeToString(document),
    locks: globalThis.navigator?.locks ?? null,
    caches: globalThis.caches ?? null,
    shelves: [storage("localStorage"), storage("sessionStorage")].filter((shelf) => shelf !== null),
    marks: storage("localStorage"),
    persist: async () => (await globalThis.navigator?.storage?.persist?.()) ?? false,
    now: () => new Date(),
    iterations: ITERATIONS,
  };
  return { ...here, ...given };
}

/** Reading the property alone throws where storage is blocked. */
function storage(name: "localStorage" | "sessionStorage"): Storage | null {
  try {
    return globalThis[name] ?? null;
  } catch {
    return null;
  }
}
