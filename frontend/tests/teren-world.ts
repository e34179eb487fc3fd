/** A server of Teren in memory, which can be unreachable, slow to answer or wrong; and a device to talk to it. */
import { IDBFactory } from "fake-indexeddb";
import { JSDOM } from "jsdom";
import { gunzipSync } from "node:zlib";
import type { GroupMeeting } from "../src/teren/wire-groups";
import type { CompiledPack } from "../src/findings/assess";
import { openVault, type Book, type Ports, type Vault } from "../src/teren/core";
import type { Answer, Asked, Bundle, Enrolled, Entry, Given, Home, PackageObjective, PackParts, Sent } from "../src/teren/wire";

export const PIN = "271828";
const { window } = new JSDOM("");

export const enrolled: Enrolled = {
  device: "10000000-0000-4000-8000-000000000001",
  username: "teren-abc",
  secret: "0123456789abcdef0123456789abcdef",
  fileKey: Buffer.alloc(32, 7).toString("base64"),
  worker: {
    id: "10000000-0000-4000-8000-000000000002",
    name: "Ioana Model",
    organization: { ro: "SPAS Exemplu", en: "SPAS Exemplu" },
    compartments: ["general", "health"],
  },
};

export const home = (changes: Partial<Home> = {}): Home => ({
  name: "Popescu",
  siruta: 54975,
  locality: "",
  address: "Str. Lungă 4",
  phone: "",
  safeContact: "",
  ...changes,
});

const NAME = "check";
export const VERSION = "2026.1";
export const blank =
  `<data id="${NAME}" version="${VERSION}"><household_id/><uat_siruta/><visit><visit_date/></visit><rooms/>` +
  "<member><member_id/><person><family_name/><given_name/><birth_date/><sex/><kinship/></person><ill/></member>" +
  "<meta><instanceID/></meta></data>";

export const filledWith = (
  instance: string,
  rooms: string,
  ...members: [id: string, given: string, ill: string][]
): string =>
  instance
    .replace("<rooms/>", `<rooms>${rooms}</rooms>`)
    .replace(
      /<member>.*<\/member>/,
      members
        .map(
          ([id, given, ill]) =>
            `<member><member_id>${id}</member_id><person><family_name>Popescu</family_name><given_name>${given}</given_name>` +
            `<birth_date>2001-02-03</birth_date><sex>f</sex><kinship/></person><ill>${ill}</ill></member>`,
        )
        .join(""),
    );

const words = (text: string): { ro: string; en: string } => ({ ro: text, en: text });
const rule = (
  level: "household" | "member",
  severity: number,
  compartment: string,
): CompiledPack["pack"]["rules"][string] => ({
  level,
  severity,
  dimension: "d",
  compartment,
  name: words(`name ${compartment}`),
  explanation: words("because"),
  parts: [],
});

export const rules: CompiledPack = {
  pack: {
    name: NAME,
    version: VERSION,
    digest: "",
    facts: {
      household: { household_id: "text", uat_siruta: "integer", visit_date: "date", rooms: "integer" },
      member: { member_id: "text", birth_date: "date", sex: "choice", ill: "yesno" },
    },
    repeat: "member",
    paths: {
      household_id: "household_id",
      uat_siruta: "uat_siruta",
      visit_date: "visit/visit_date",
      rooms: "rooms",
      member_id: "member_id",
      family_name: "person/family_name",
      given_name: "person/given_name",
      birth_date: "person/birth_date",
      sex: "person/sex",
      kinship: "person/kinship",
      ill: "ill",
    },
    askable: ["rooms", "ill"],
    sealed: [],
    dimensions: {},
    rules: {
      CROWDED: rule("household", 2, "general"),
      ILL: rule("member", 3, "health"),
      HURT: rule("member", 3, "violence"),
    },
    scores: {
      ROOM: {
        table: "household",
        label: words("Cât loc"),
        compartment: "general",
        bands: [[0, words("puțin"), words("sub trei camere")], [3, words("destul"), words("trei sau mai multe")]],
        proposal: true,
        source: "din memorie",
        facts: ["rooms"],
      },
      HIDDEN: { table: "household", label: words("?"), compartment: "violence", bands: [], proposal: false, source: "", facts: [] },
    },
    asked: { rooms: { label: words("Camere"), compartment: "general", shut: {} } },
    spoken: {},
    words: { not_answered: words("?"), yes_no: { ro: ["da", "nu"], en: ["yes", "no"] } },
  },
  columns: (L) => [
    [
      ["CROWDED", (r) => L.lt((r as never)["rooms"], 2), false],
      ["CROWDED__missing", (r) => ((r as never)["rooms"] === null ? 1n : 0n), false],
      ["ROOM__missing", (r) => ((r as never)["rooms"] === null ? 1n : 0n), false],
      ["ROOM", (r) => (r as never)["rooms"], false],
    ],
    [
      ["ILL", (r) => L.eq((r as never)["ill"], true), false],
      ["ILL__missing", (r) => ((r as never)["ill"] === null ? 2n : 0n), false],
      ["HURT", () => true, false],
    ],
    [],
    [],
  ],
  rules: () => ({
    CROWDED: { parts: [], causes: [] },
    ILL: { parts: [], causes: [] },
    HURT: { parts: [], causes: [] },
  }),
};

const objective = (
  key: string,
  text: string,
  code: string,
  compartment: string,
  steps: readonly [service: string, intervention: string][],
): PackageObjective => ({
  key,
  name: words(key),
  text: words(text),
  of: "person",
  compartment,
  codes: [code],
  opens: [],
  steps: steps.map(([service, intervention]) => ({
    text: words(said[service] ?? service),
    codes: [code],
    role: "nurse",
    days: null,
    service,
    interventions: intervention === "" ? [] : [intervention],
    referTo: service === "referral" ? ["8899CZ"] : [],
  })),
});
const said: Readonly<Record<string, string>> = { visit: "Vizită", referral: "Orientare" };

export const parts: PackParts = {
  blank,
  services: { visit: words("Vizită"), referral: words("Orientare") },
  roles: { nurse: words("Asistenta") },
  priorities: { atLeast: 1, atMost: 2, severity: 2 },
  objectives: [
    objective("doctor", "Să ajungă la medic", "ILL", "health", [["visit", "V1"], ["referral", ""]]),
    objective("home", "Casă mai mare", "CROWDED", "general", [["visit", "V2"]]),
  ],
};

export function bundle(id: string, changes: Partial<Bundle> = {}): Bundle {
  return {
    id,
    mark: "1",
    revision: 3,
    sealed: false,
    home: home(),
    members: [],
    cases: [],
    last: null,
    prefilled: {},
    ...changes,
  };
}

type Fault = "none" | "refuse" | "lose-answer" | "hotel" | "half" | "500" | "shut-out" | "wipe";

/** Applies entries as the real one does: each once, in order, after those that it needs. */
export class FakeServer {
  readonly applied = new Map<string, Entry>();
  readonly times = new Map<string, number>();
  readonly bundles = new Map<string, Bundle>();
  readonly files = new Map<string, Buffer>();
  readonly requests: { path: string; bytes: number; body: unknown }[] = [];
  gone: string[] = [];
  /** The meetings that go down with the reference. */
  meetings: GroupMeeting[] = [];
  /** What it says beside each entry that it takes. */
  remark = "";
  refuse: (entry: Entry) => Partial<Answer> | null = () => null;
  /** The faults of the next requests, first come first served. */
  faults: Fault[] = [];
  pageSize = 200;
  packs = true;
  /** What it says where nothing is left to bring. */
  whole = "";
  signedOut = false;
  /** Once its worker has no more work there: what the device sends is kept here, and then it is told to forget. */
  leftBehind: Map<string, Entry> | null = null;

  readonly fetch: typeof fetch = async (input, init) => {
    const url = new URL(String(input), "https://punte.example");
    const fault = this.faults.shift() ?? "none";
    if (fault === "refuse") throw new TypeError("fetch failed");
    if (fault === "hotel") return new Response("<html>Welcome to our hotel</html>", { status: 200 });
    if (fault === "500") return new Response("oops", { status: 500, headers: { "X-Punte-Teren": "1" } });
    if (fault === "shut-out" || fault === "wipe") return this.says({ wipe: fault === "wipe", message: "no" }, 401);
    const sent = Buffer.from((init?.body as Uint8Array | undefined) ?? []);
    const gzipped = new Headers(init?.headers).get("Content-Encoding") === "gzip";
    const plain = gzipped ? gunzipSync(sent) : sent;
    const json =
      url.pathname.startsWith("/teren/api/fisiere/") || plain.length === 0 ? null : JSON.parse(plain.toString());
    this.requests.push({ path: url.pathname, bytes: sent.length, body: json });
    const answer = this.answer(url, plain, json);
    if (fault === "lose-answer") throw new TypeError("network error");
    if (fault === "half")
      return new Response((await answer.text()).slice(0, 20), { headers: { "X-Punte-Teren": "1" } });
    return answer;
  };

  private says(body: unknown, status = 200): Response {
    return new Response(JSON.stringify(body), { status, headers: { "X-Punte-Teren": "1" } });
  }

  private answer(url: URL, bytes: Buffer, json: unknown): Response {
    if (this.leftBehind) return this.keep(this.leftBehind, json as Partial<Sent> | null);
    if (url.pathname === "/teren/api/trimite/")
      return this.says({ answers: (json as Sent).entries.map((entry) => this.apply(entry)) });
    if (url.pathname === "/teren/api/date/") return this.says(this.given(json as Asked));
    if (url.pathname === "/teren/api/iesire/") {
      this.signedOut = true;
      return new Response(null, { status: 204, headers: { "X-Punte-Teren": "1" } });
    }
    if (url.pathname.endsWith("formular.xml")) return new Response('<h:html xmlns="http://www.w3.org/2002/xforms"/>');
    if (url.pathname.endsWith("parti.json")) return new Response(JSON.stringify(parts));
    const id = url.pathname.split("/").at(-2)!;
    if (!this.applied.has(id)) return this.says({}, 404);
    const had = this.files.get(id) ?? Buffer.alloc(0);
    if (Number(url.searchParams.get("de")) !== had.length) return this.says({ received: had.length }, 409);
    this.files.set(id, Buffer.concat([had, bytes]));
    return this.says({ received: had.length + bytes.length });
  }

  private keep(left: Map<string, Entry>, sent: Partial<Sent> | null): Response {
    for (const entry of sent?.entries ?? []) left.set(entry.id, entry);
    if (!sent?.entries || sent.unsent === 0) return this.says({ wipe: true, message: "no" }, 401);
    return this.says({ answers: sent.entries.map(({ id }) => ({ id, status: "waits", message: "kept", field: "" })) });
  }

  private apply(entry: Entry): Answer {
    const answer = { id: entry.id, message: "", field: "" };
    const known = this.applied.get(entry.id);
    if (known)
      return JSON.stringify(known.body) === JSON.stringify(entry.body)
        ? { ...answer, status: "applied" }
        : { ...answer, status: "refused", message: "other" };
    if (entry.after.some((id) => !this.applied.has(id))) return { ...answer, status: "waits" };
    const refused = this.refuse(entry);
    if (refused) return { ...answer, status: "refused", ...refused };
    this.applied.set(entry.id, entry);
    this.times.set(entry.id, (this.times.get(entry.id) ?? 0) + 1);
    if (entry.kind === "household_new")
      this.bundles.set(entry.household, bundle(entry.household, { home: entry.body }));
    const known_ = this.bundles.get(entry.household);
    if (known_)
      this.bundles.set(entry.household, {
        ...known_,
        mark: `${Number(known_.mark) + 1}`,
        ...this.changed(known_, entry),
      });
    return { ...answer, status: "applied", message: this.remark };
  }

  private changed(known: Bundle, entry: Entry): Partial<Bundle> {
    if (entry.kind !== "household_change") return {};
    const now = Object.fromEntries(Object.entries(entry.body.fields).map(([name, pair]) => [name, pair![1]]));
    return { home: { ...known.home, ...now } };
  }

  private given(asked: Asked): Given {
    const changed = [...this.bundles.values()].filter(
      ({ id, mark }) => asked.have[id] !== mark && !this.gone.includes(id),
    );
    return {
      now: "2026-11-22T10:00:00+02:00",
      worker: enrolled.worker,
      whole: this.whole,
      caseload:
        asked.caseload === "c"
          ? null
          : {
              mark: "c",
              rows: [...this.bundles.values()].map(({ id, home: { name } }) => ({
                id,
                name,
                place: "",
                people: [],
                due: null,
                overdue: false,
              })),
            },
      reference: asked.reference === "r" ? null : { ...NO_REFERENCE, meetings: this.meetings, mark: "r" },
      households: changed.slice(0, this.pageSize),
      gone: this.gone.filter((id) => id in asked.have),
      more: changed.length > this.pageSize,
      packs:
        !this.packs || asked.packs[NAME] === VERSION
          ? []
          : [
              {
                name: NAME,
                version: VERSION,
                title: words("Verificare"),
                form: "/teren/pachete/check/2026.1/formular.xml",
                rules: "/teren/pachete/check/2026.1/reguli.js",
                parts: "/teren/pachete/check/2026.1/parti.json",
              },
            ],
    };
  }
}

const NO_REFERENCE = {
  places: [{ siruta: 54975, name: "Cluj-Napoca" }],
  interventions: [],
  modes: [],
  regimes: [],
  relations: [],
  progress: [],
  services: [],
  terms: { "3": 30, "2": 92 },
};

class Shelf implements Storage {
  [name: string]: unknown;
  private readonly kept = new Map<string, string>();
  get length(): number {
    return this.kept.size;
  }
  clear = (): void => this.kept.clear();
  getItem = (key: string): string | null => this.kept.get(key) ?? null;
  key = (index: number): string | null => [...this.kept.keys()][index] ?? null;
  removeItem = (key: string): void => void this.kept.delete(key);
  setItem = (key: string, value: string): void => void this.kept.set(key, value);
}

/** A device: its storage outlives what is opened on it. */
export class FakeDevice {
  indexedDB = new IDBFactory();
  readonly marks = new Shelf();
  readonly server = new FakeServer();
  readonly ports: Partial<Ports>;

  constructor(changes: Partial<Ports> = {}) {
    this.ports = {
      fetch: this.server.fetch,
      rules: () => Promise.resolve(rules),
      parse: (xml) => new window.DOMParser().parseFromString(xml, "text/xml"),
      serialize: (document) => new window.XMLSerializer().serializeToString(document),
      locks: null,
      caches: null,
      marks: this.marks,
      shelves: [this.marks],
      persist: () => Promise.resolve(true),
      iterations: 100,
      ...changes,
    };
  }

  vault(): Promise<Vault> {
    return openVault("teren-test", { ...this.ports, indexedDB: this.indexedDB });
  }

  async enrol(): Promise<Book> {
    return (await this.vault()).create(PIN, enrolled);
  }

  /** The tab is killed and opened again; nothing of what was in memory is there any more. */
  async again(): Promise<Book> {
    const unlocked = await (await this.vault()).unlock(PIN);
    if (unlocked.kind !== "open") throw new Error(unlocked.kind);
    return unlocked.book;
  }

  private database(): Promise<IDBDatabase> {
    return done(this.indexedDB.open("teren-test"));
  }

  /** Changes a byte of a record, as a failing memory card would. */
  async damage(store: string, id: string): Promise<void> {
    const database = await this.database();
    const held = database.transaction(store, "readwrite").objectStore(store);
    const record = (await done(held.get(id))) as { data: Uint8Array };
    record.data[5]! ^= 1;
    await done(held.put(record, id));
    database.close();
  }

  /** The storage as a file; `restored` makes it a storage again. */
  async dumped(): Promise<Dump> {
    const database = await this.database();
    const stores: Dump = {};
    for (const store of database.objectStoreNames) {
      const held = database.transaction(store).objectStore(store);
      const [keys, values] = await Promise.all([done(held.getAllKeys()), done(held.getAll())]);
      stores[store] = keys.map((key, at) => [String(key), JSON.parse(JSON.stringify(values[at], asBase64)) as unknown]);
    }
    database.close();
    return stores;
  }

  async restored(stores: Dump): Promise<void> {
    const request = this.indexedDB.open("teren-test", 1);
    request.onupgradeneeded = () => Object.keys(stores).forEach((store) => request.result.createObjectStore(store));
    const database = await done(request);
    for (const [store, records] of Object.entries(stores)) {
      const held = database.transaction(store, "readwrite").objectStore(store);
      for (const [id, value] of records) await done(held.put(JSON.parse(JSON.stringify(value), fromBase64), id));
    }
    database.close();
  }

  /** Everything that lies in the storage, as text in which any byte can be looked for. */
  async raw(): Promise<string> {
    const database = await this.database();
    let text = "";
    for (const store of database.objectStoreNames) {
      const held = database.transaction(store).objectStore(store);
      const [keys, values] = await Promise.all([done(held.getAllKeys()), done(held.getAll())]);
      text += JSON.stringify([store, keys, values], (_key, value: unknown) =>
        value instanceof Uint8Array ? Buffer.from(value).toString("latin1") : value,
      );
    }
    database.close();
    return text;
  }
}

export type Dump = Record<string, [id: string, value: unknown][]>;

const asBase64 = (_key: string, value: unknown): unknown => {
  if (value instanceof Uint8Array) return { base64: Buffer.from(value).toString("base64") };
  return value;
};
const fromBase64 = (_key: string, value: unknown): unknown =>
  value && typeof value === "object" && "base64" in value
    ? new Uint8Array(Buffer.from(String(value.base64), "base64"))
    : value;

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
