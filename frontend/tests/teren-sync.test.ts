import { beforeEach, describe, expect, it, vi } from "vitest";
import { Sync, type Book } from "../src/teren/core";
import { StorageError } from "../src/teren/core/errors";
import type { DraftedPlan, Entry, Intervention, Sent } from "../src/teren/wire";
import { bundle, FakeDevice, home } from "./teren-world";

const HOUSE = "20000000-0000-4000-8000-000000000001";
const CASE = "30000000-0000-4000-8000-000000000001";

const visit = (changes: Partial<Intervention> = {}): Intervention => ({
  case: CASE,
  mode: "home",
  code: "V1",
  at: "2026-11-22T09:00:00+02:00",
  minutes: 30,
  person: null,
  step: null,
  metFamily: true,
  compartment: "general",
  note: "",
  ...changes,
});

const plan = (text: string): DraftedPlan => ({
  case: CASE,
  base: null,
  inForce: null,
  reason: "",
  objectives: [
    { id: null, person: null, text, codes: [], compartment: "general", due: null, progress: "not_started", steps: [] },
  ],
});

let device: FakeDevice;
let book: Book;
const sync = (): Sync => new Sync(book, { patience: 2_000 });
const sentBodies = (): Entry[] =>
  device.server.requests.flatMap(({ path, body }) => (path.endsWith("trimite/") ? [...(body as Sent).entries] : []));

beforeEach(async () => {
  device = new FakeDevice();
  device.server.bundles.set(
    HOUSE,
    bundle(HOUSE, {
      cases: [
        {
          id: CASE,
          number: "1",
          person: null,
          regime: "r",
          deadlines: [],
          inForce: null,
          draft: null,
          interventions: [],
        },
      ],
    }),
  );
  book = await device.enrol();
});

describe("the exchange", () => {
  it("takes down what is new, and keeps it over a restart", async () => {
    expect(await sync().now()).toMatchObject({ kind: "done", received: 1 });
    book = await device.again();
    expect(book.households()).toMatchObject([
      { id: HOUSE, name: "Popescu", place: "Cluj-Napoca", made: false, unsent: 0 },
    ]);
    expect((await book.household(HOUSE))?.cases[0]?.number).toBe("1");
    expect(book.settings.lastSync).toBe("2026-11-22T10:00:00+02:00");
    expect(book.packs()).toHaveLength(1);
    expect(await sync().now()).toMatchObject({ kind: "done", received: 0 });
  });

  it("says back what it was told when nothing was left to bring, over a restart too", async () => {
    const said = () => device.server.requests.filter(({ path }) => path.endsWith("/date/")).at(-1)?.body;
    await sync().now();
    expect(said()).toMatchObject({ whole: "" });
    device.server.whole = "w";
    await sync().now();
    book = await device.again();
    await sync().now();
    expect(said()).toMatchObject({ whole: "w" });
  });

  it("takes many households page by page", async () => {
    for (let number = 0; number < 25; number++) {
      const id = `20000000-0000-4000-8000-0000000001${String(number).padStart(2, "0")}`;
      device.server.bundles.set(id, bundle(id));
    }
    device.server.pageSize = 10;
    // a page, the two parts of the pack, a page, and then the server is in trouble
    device.server.faults = ["none", "none", "none", "none", "500"];
    expect(await sync().now()).toMatchObject({ kind: "trouble", received: 20 });
    expect(book.households()).toHaveLength(20);
    expect(await sync().now()).toMatchObject({ kind: "done" });
    expect(book.households()).toHaveLength(26);
  });

  it("sends in order, each once, and shows it until it comes down", async () => {
    await sync().now();
    const made = await book.newHousehold(home({ name: "Ionescu" }));
    const opened = await book.write("case_open", made.household, {
      case: crypto.randomUUID(),
      person: null,
      regime: "r",
      reason: "",
    });
    const done = await book.write("intervention", made.household, visit({ case: opened.body.case }));
    expect(opened.after).toEqual([made.id]);
    expect(new Set(done.after)).toEqual(new Set([made.id, opened.id]));
    expect(book.unsent().map(({ status }) => status)).toEqual(["ready", "ready", "ready"]);
    expect(await sync().now()).toMatchObject({ kind: "done", applied: 3 });
    expect(book.unsent()).toEqual([]);
    expect([...device.server.applied.keys()]).toEqual([made.id, opened.id, done.id]);
    expect(book.households("ionescu")).toMatchObject([{ made: false }]);
    expect(sentBodies().map(({ id }) => id)).toEqual([made.id, opened.id, done.id]);
  });

  it("sends again what got no answer, word for word, and once", async () => {
    await sync().now();
    const entry = await book.write("intervention", HOUSE, visit());
    device.server.faults = ["none", "lose-answer"];
    expect(await sync().now()).toMatchObject({ kind: "no-signal" });
    book = await device.again();
    expect(book.item(entry.id)?.status).toBe("sent");
    await expect(book.amend<"intervention">(entry.id, visit({ note: "altfel" }))).rejects.toMatchObject({
      trouble: "fixed",
    });
    expect(await sync().now()).toMatchObject({ kind: "done", applied: 1 });
    expect(device.server.times.get(entry.id)).toBe(1);
    expect(book.unsent()).toEqual([]);
  });

  it("leaves words free to change where nobody answers at all", async () => {
    const entry = await book.write("intervention", HOUSE, visit());
    device.server.faults = ["refuse"];
    expect(await sync().now()).toMatchObject({ kind: "no-signal" });
    expect(book.item(entry.id)?.status).toBe("ready");
    device.server.faults = ["hotel"];
    expect(await sync().now()).toMatchObject({ kind: "no-signal" });
    expect((await book.amend<"intervention">(entry.id, visit({ note: "altfel" }))).id).toBe(entry.id);
  });

  it.each(["500", "half"] as const)("tolerates an answer that is %s", async (fault) => {
    await sync().now();
    const entry = await book.write("intervention", HOUSE, visit());
    device.server.faults = ["none", fault];
    expect(await sync().now()).toMatchObject({ kind: "trouble" });
    expect(await sync().now()).toMatchObject({ kind: "done" });
    expect(device.server.times.get(entry.id)).toBe(1);
  });

  it("keeps what was refused with the reason, and sends it mended under the same identifier", async () => {
    await sync().now();
    device.server.refuse = ({ kind }) =>
      kind === "intervention" ? { message: "Cod necunoscut.", field: "code" } : null;
    const entry = await book.write("intervention", HOUSE, visit());
    const file = await book.addFile(
      HOUSE,
      { about: entry.id, what: "photo", type: "image/jpeg", caption: "" },
      Buffer.from("x"),
    );
    expect(await sync().now()).toMatchObject({ kind: "done", refused: 1, waits: 1 });
    book = await device.again();
    expect(book.unsent()).toMatchObject([
      { status: "refused", message: "Cod necunoscut.", field: "code" },
      { status: "waits", entry: { id: file.id } },
    ]);
    device.server.refuse = () => null;
    await book.amend<"intervention">(entry.id, visit({ code: "V2" }));
    await sync().now();
    expect(device.server.applied.get(entry.id)?.body).toMatchObject({ code: "V2" });
    expect(book.unsent()).toEqual([]);
  });

  it("drops only what was refused, and nothing waits for it then", async () => {
    await sync().now();
    device.server.refuse = ({ kind }) => (kind === "intervention" ? { message: "no" } : null);
    const entry = await book.write("intervention", HOUSE, visit());
    const file = await book.addFile(
      HOUSE,
      { about: entry.id, what: "photo", type: "image/jpeg", caption: "" },
      Buffer.from("x"),
    );
    await expect(book.drop(entry.id)).rejects.toMatchObject({ trouble: "kept" });
    await sync().now();
    await book.drop(entry.id);
    expect(book.item(file.id)).toMatchObject({ status: "waits", entry: { after: [] } });
    await sync().now();
    expect(device.server.applied.has(file.id)).toBe(true);
  });

  it("gives up a photograph that never left, but not one that may be on record", async () => {
    await sync().now();
    const photo = { about: null, what: "photo", type: "image/jpeg", caption: "" } as const;
    const wrong = await book.addFile(HOUSE, photo, Buffer.from("x"));
    expect(book.item(wrong.id)).toMatchObject({ mayDrop: true });
    await book.drop(wrong.id);
    expect(await book.fileOf(wrong.id)).toBeNull();
    const sent = await book.addFile(HOUSE, photo, Buffer.from("y"));
    device.server.faults = ["none", "lose-answer"];
    await sync().now();
    expect(book.item(sent.id)).toMatchObject({ mayDrop: false });
    await expect(book.drop(sent.id)).rejects.toMatchObject({ trouble: "kept" });
    await sync().now();
    expect([...device.server.applied.keys()]).toEqual([sent.id]);
  });

  it("changes what may be on record by a successor", async () => {
    await sync().now();
    const first = await book.changeHome(HOUSE, { phone: "0700" });
    device.server.faults = ["none", "lose-answer"];
    await sync().now();
    const second = await book.changeHome(HOUSE, { phone: "0711" });
    expect(second!.id).not.toBe(first!.id);
    expect(second).toMatchObject({ after: [first!.id], body: { fields: { phone: ["0700", "0711"] } } });
    expect((await book.household(HOUSE))?.home.phone).toBe("0711");
    await sync().now();
    expect(device.server.bundles.get(HOUSE)?.home.phone).toBe("0711");
    expect(book.unsent()).toEqual([]);
  });

  it("joins a successor to the first where that was refused after all", async () => {
    await sync().now();
    const first = await book.write("plan", HOUSE, plan("unu"));
    let refusals = 2;
    device.server.refuse = () => (refusals-- > 0 ? { message: "Nu încă." } : null);
    device.server.faults = ["none", "lose-answer"];
    await sync().now();
    const second = await book.writePlan(HOUSE, CASE, plan("doi").objectives, "fiindcă");
    expect(second.id).not.toBe(first.id);
    expect(await book.amend<"plan">(first.id, plan("trei"))).toMatchObject({ id: second.id });
    await sync().now();
    expect(book.unsent()).toEqual([]);
    expect([...device.server.applied.values()].map(({ id, body }) => [id, body])).toMatchObject([
      [first.id, { objectives: [{ text: "trei" }] }],
    ]);
  });

  it("loses nothing that is written while it runs", async () => {
    await sync().now();
    await book.write("intervention", HOUSE, visit({ note: "1" }));
    const before = device.server.fetch;
    let wrote: Entry | null = null;
    const running = new Sync(book, {
      fetch: async (input, init) => {
        if (String(input).endsWith("date/")) wrote ??= await book.write("intervention", HOUSE, visit({ note: "2" }));
        return before(input, init);
      },
    });
    await Promise.all([running.now(), running.now()]);
    expect(book.unsent().map(({ entry }) => entry.id)).toEqual([wrote!.id]);
    expect((await book.household(HOUSE))?.cases[0]?.interventions).toHaveLength(1);
    await running.now();
    expect(device.server.applied.size).toBe(2);
  });

  it("sends one that cannot be read alone, and the others go", async () => {
    await sync().now();
    const good = await book.write("intervention", HOUSE, visit());
    const bad = await book.write("intervention", HOUSE, visit({ note: "BAD" }));
    const before = device.server.fetch;
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const answer = await before(input, init);
      const last = device.server.requests.at(-1)!;
      const has = last.path.endsWith("trimite/") && (last.body as Sent).entries.some(({ id }) => id === bad.id);
      if (!has) return answer;
      device.server.applied.delete(bad.id);
      return new Response('{"message":"?"}', { status: 400, headers: { "X-Punte-Teren": "1" } });
    };
    await new Sync(book, { fetch }).now();
    expect(book.unsent()).toMatchObject([{ entry: { id: bad.id }, status: "refused", message: "?" }]);
    expect(device.server.applied.has(good.id)).toBe(true);
  });

  it("keeps batches small and sends a day's work in few of them", async () => {
    await sync().now();
    const noise = (): string => Buffer.from(crypto.getRandomValues(new Uint8Array(9_000))).toString("base64");
    for (let number = 0; number < 40; number++) await book.write("intervention", HOUSE, visit({ note: noise() }));
    device.server.requests.length = 0;
    await sync().now();
    const batches = device.server.requests.filter(
      ({ path, body }) => path.endsWith("trimite/") && (body as Sent).entries.length > 0,
    );
    expect(Math.max(...batches.map(({ bytes }) => bytes))).toBeLessThan(105_000);
    expect(batches.length).toBeLessThan(6);
    expect(device.server.applied.size).toBe(40);
  });
});

describe("a device in need", () => {
  it("sends what it can where the storage is full", async () => {
    await sync().now();
    const entry = await book.write("intervention", HOUSE, visit());
    const { shelf } = book.desk;
    const commit = shelf.commit.bind(shelf);
    shelf.commit = (changes) =>
      changes.some(({ store }) => store === "entries") ? Promise.reject(new StorageError("full")) : commit(changes);
    expect(await sync().now()).toMatchObject({ kind: "trouble", message: "full", applied: 1 });
    expect(book.unsent()).toEqual([]);
    book = await device.again();
    expect(book.item(entry.id)?.status).toBe("ready");
    await sync().now();
    expect(device.server.times.get(entry.id)).toBe(1);
    expect(book.unsent()).toEqual([]);
  });

  it("opens with a damaged sheet, and asks for it again", async () => {
    await sync().now();
    const made = await book.newHousehold(home({ name: "Ionescu" }));
    await device.damage("sheets", "5");
    book = await device.again();
    expect(book.trouble).toBe("failed");
    expect(book.households().map(({ id }) => id)).toEqual([made.household]);
    await sync().now();
    expect(book.households()).toHaveLength(2);
  });

  it("exchanges once, whoever asks", async () => {
    const [one, other] = await Promise.all([sync().now(), sync().now()]);
    expect(one).toBe(other);
    expect(device.server.requests.filter(({ path }) => path.endsWith("date/"))).toHaveLength(1);
  });

  it("waits for an answer that trickles, and not for one that does not come", async () => {
    const { fetch } = device.server;
    const trickling: typeof globalThis.fetch = async (input, init) => {
      const answer = await fetch(input, init);
      const bytes = new Uint8Array(await answer.arrayBuffer());
      const body = new ReadableStream<Uint8Array>({
        async start(stream) {
          for (let at = 0; at < bytes.length; at += bytes.length / 6) {
            await new Promise((resolve) => setTimeout(resolve, 60));
            stream.enqueue(bytes.slice(at, at + bytes.length / 6));
          }
          stream.close();
        },
      });
      return new Response(body, { status: answer.status, headers: answer.headers });
    };
    expect(await new Sync(book, { fetch: trickling, patience: 300 }).now()).toMatchObject({
      kind: "done",
      received: 1,
    });
    const silent: typeof globalThis.fetch = (_input, init) =>
      new Promise((_resolve, reject) => init!.signal!.addEventListener("abort", () => reject(new Error("aborted"))));
    expect(await new Sync(book, { fetch: silent, patience: 50 }).now()).toMatchObject({ kind: "no-signal" });
  });

  it("stops where the book is locked meanwhile, and loses nothing", async () => {
    await sync().now();
    const entry = await book.write("intervention", HOUSE, visit());
    const running = sync().now();
    await book.lock();
    expect((await running).kind).toBe("stopped");
    book = await device.again();
    expect(["ready", "sent"]).toContain(book.item(entry.id)?.status);
    await sync().now();
    expect(device.server.times.get(entry.id)).toBe(1);
  });
});

describe("files", () => {
  const bytes = crypto.getRandomValues(new Uint8Array(60_000));

  it("go after the words, in pieces, from where they were cut", async () => {
    const large = Buffer.concat(Array.from({ length: 12 }, () => bytes));
    await sync().now();
    const entry = await book.addFile(HOUSE, { about: null, what: "photo", type: "image/jpeg", caption: "casa" }, large);
    // probe, words, data, first piece; the answer of the second is lost
    device.server.faults = ["none", "none", "none", "none", "lose-answer"];
    expect(await sync().now()).toMatchObject({ kind: "no-signal" });
    book = await device.again();
    expect(book.item(entry.id)).toMatchObject({ status: "bytes", bytes: large.length - 256 * 1_024 });
    expect(Buffer.from(await (await book.fileOf(entry.id))!.arrayBuffer()).equals(large)).toBe(true);
    expect(await sync().now()).toMatchObject({ kind: "done" });
    expect(device.server.files.get(entry.id)!.equals(large)).toBe(true);
    expect(book.unsent()).toEqual([]);
    expect(await book.fileOf(entry.id)).toBeNull();
  });

  it("are announced again where the server does not know them", async () => {
    await sync().now();
    const entry = await book.addFile(HOUSE, { about: null, what: "photo", type: "image/jpeg", caption: "" }, bytes);
    device.server.faults = ["none", "none", "none", "500"];
    await sync().now();
    device.server.applied.delete(entry.id);
    await sync().now();
    await sync().now();
    expect(device.server.files.get(entry.id)).toHaveLength(bytes.length);
  });
});

describe("who is not let in", () => {
  it("stops and says so", async () => {
    device.server.faults = ["shut-out"];
    expect(await sync().now()).toMatchObject({ kind: "shut-out", message: "no" });
    expect((await device.vault()).state).toBe("locked");
  });

  it("forgets everything where the device was reported lost", async () => {
    await sync().now();
    await book.newHousehold(home());
    device.server.faults = ["wipe"];
    expect(await sync().now()).toMatchObject({ kind: "wiped" });
    expect(book.households()).toEqual([]);
    expect((await device.vault()).state).toBe("empty");
  });
});

describe("a device whose worker has no more work there", () => {
  it("sends all that it holds, what builds on other entries too, before it forgets", async () => {
    await sync().now();
    device.server.leftBehind = new Map();
    const long = (): string => Buffer.from(crypto.getRandomValues(new Uint8Array(60_000))).toString("base64");
    const first = await book.newHousehold(home());
    for (let number = 0; number < 2; number++) await book.write("intervention", HOUSE, visit({ note: long() }));
    const last = await book.write("household_change", first.household, {
      revision: 1,
      fields: { phone: ["", "0700 000 171"] },
    });
    expect(last.after).toEqual([first.id]);
    device.server.requests.length = 0;
    expect(await sync().now()).toMatchObject({ kind: "wiped" });
    const batches = device.server.requests.flatMap(({ body }) => (body as Partial<Sent>).entries ?? []);
    expect(device.server.requests.filter(({ path }) => path.endsWith("trimite/")).length).toBeGreaterThan(2);
    expect(batches).toHaveLength(4);
    expect(device.server.leftBehind.get(last.id)).toMatchObject({ body: last.body });
    expect((await device.vault()).state).toBe("empty");
  });
});

describe("households that are gone", () => {
  it("go, unless something unsent is about them", async () => {
    await sync().now();
    const draft = await book.beginDraft(HOUSE, "check");
    device.server.gone = [HOUSE];
    await sync().now();
    expect(book.households()).toMatchObject([{ id: HOUSE, gone: true }]);
    expect((await book.household(HOUSE))?.home.name).toBe("Popescu");
    await book.dropDraft(draft.id);
    await sync().now();
    expect(book.households()).toEqual([]);
    expect(await book.household(HOUSE)).toBeNull();
  });

  it("a household made here that does not come down stays as long as something is about it", async () => {
    await sync().now();
    const made = await book.newHousehold(home({ name: "Ionescu" }));
    const draft = await book.beginDraft(made.household, "check");
    device.server.gone = [made.household];
    await sync().now();
    expect(book.households("ionescu")).toMatchObject([{ gone: true, made: false }]);
    await book.dropDraft(draft.id);
    await sync().now();
    expect(book.households("ionescu")).toEqual([]);
  });
});

describe("by itself", () => {
  it("waits longer after each failure, and goes when something was written", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
    try {
      const automatic = sync();
      device.server.faults = ["refuse", "refuse", "refuse"];
      automatic.start();
      const waits: number[] = [];
      for (let tried = 0; tried < 3; tried++) {
        const finished = new Promise<void>((resolve) => {
          const end = automatic.subscribe(({ running, last, nextAt }) => {
            if (running || !last || nextAt === null || nextAt <= Date.now()) return;
            end();
            resolve();
          });
        });
        vi.runOnlyPendingTimers();
        await finished;
        waits.push(automatic.progress.nextAt! - Date.now());
      }
      expect(waits[0]).toBeLessThanOrEqual(5_000);
      expect(waits[2]).toBeGreaterThanOrEqual(10_000);
      automatic.stop();
    } finally {
      vi.useRealTimers();
    }
  });
});
