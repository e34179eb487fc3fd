/** A day of visits up and a caseload down, timed: `bench.mjs <server> <device.json> <visits.json>`; prints JSON. */
import { readFileSync } from "node:fs";
import { IDBFactory } from "fake-indexeddb";
import { JSDOM } from "jsdom";
import { openVault, Sync, type SyncReport } from "../src/teren/core";
import type { Enrolled } from "../src/teren/wire";
import { PIN } from "./tablet";

interface Visit {
  readonly household: string;
  readonly instance: string;
}

const [server, deviceFile, visitsFile] = process.argv.slice(2) as [string, string, string];
const read = <T>(file: string): T => JSON.parse(readFileSync(file, "utf8")) as T;

let up = 0;
let down = 0;

/** Counts the bytes of bodies as they travel. */
const counted: typeof fetch = async (input, init) => {
  const answer = await fetch(input, init);
  if (String(input).includes("/teren/api/")) {
    up += init?.body instanceof Uint8Array ? init.body.byteLength : 0;
    down += Number(answer.headers.get("content-length") ?? 0);
  }
  return answer;
};

async function timed(work: () => Promise<SyncReport>): Promise<number> {
  const begun = performance.now();
  const report = await work();
  if (report.kind !== "done") throw new Error(`the exchange ended ${report.kind}: ${report.message}`);
  return performance.now() - begun;
}

async function main(): Promise<void> {
  const { DOMParser, XMLSerializer } = new JSDOM("").window;
  const visits = read<Visit[]>(visitsFile);
  const vault = await openVault("bench", {
    indexedDB: new IDBFactory(),
    fetch: counted,
    base: server,
    parse: (xml) => new DOMParser().parseFromString(xml, "text/xml"),
    serialize: (document) => new XMLSerializer().serializeToString(document),
    locks: null,
    caches: null,
    shelves: [],
    marks: null,
    persist: async () => true,
  });
  const book = await vault.create(PIN, read<Enrolled>(deviceFile));
  const sync = new Sync(book, { fetch: counted, base: server, application: "bench 1" });
  await book.choose([visits[0]!.household]);
  await timed(() => sync.now());
  down = 0;
  await book.choose(visits.map((visit) => visit.household));
  const pull = await timed(() => sync.now());
  const pullBytes = down;
  const idle = await timed(() => sync.now());
  for (const { household, instance } of visits) {
    const draft = await book.beginDraft(household, "sci");
    const meta = /<meta>.*<\/meta>/s.exec(draft.instance)![0];
    await book.finishDraft(draft.id, instance.replace(/<meta>.*<\/meta>/s, meta));
  }
  up = 0;
  await book.choose([]);
  const push = await timed(() => sync.now());
  const refused = book.unsent();
  if (refused.length > 0) throw new Error(`not taken: ${refused[0]!.status} ${refused[0]!.message}`);
  process.stdout.write(
    JSON.stringify({ "pull ms": pull, "pull bytes": pullBytes, "idle ms": idle, "push ms": push, "bytes of an assessment": up / visits.length }),
  );
  process.exit(0);
}

void main();
