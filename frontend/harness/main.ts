/** Plays schedules against a server: `main.mjs <server> <towns.json> <first seed> <how many> <at once> <out.jsonl>`. */
import { readFileSync, createWriteStream } from "node:fs";
import { webcrypto } from "node:crypto";
import { JSDOM } from "jsdom";
import { Proxy } from "./proxy";
import { Story, type Stage } from "./story";
import type { Town } from "./town";

const [server, townsFile, first, count, atOnce, out] = process.argv.slice(2) as [string, string, string, string, string, string];

/** A PIN costs a second of processor on purpose; not a thousand times over in a test. The product is not touched. */
function cheapPins(): void {
  const subtle = webcrypto.subtle as unknown as Record<string, (...given: unknown[]) => unknown>;
  for (const name of ["deriveKey", "deriveBits"]) {
    const whole = subtle[name]!.bind(subtle);
    subtle[name] = (way: unknown, ...more: unknown[]) => whole(cheaper(way as Algorithm), ...more);
  }
}

function cheaper(way: Algorithm): Algorithm {
  return way.name === "PBKDF2" ? ({ ...way, iterations: 1 } as Algorithm) : way;
}

async function main(): Promise<void> {
  cheapPins();
  process.on("unhandledRejection", (error) => {
    // Of a killed run, whose database is closed under it.
    const name = error instanceof Error ? error.name : "";
    if (!["InvalidStateError", "AbortError", "StorageError", "TransactionInactiveError"].includes(name)) throw error;
  });
  const towns = JSON.parse(readFileSync(townsFile, "utf8")) as Town[];
  const proxy = new Proxy(server);
  const { DOMParser, XMLSerializer } = new JSDOM("").window;
  const stage: Stage = {
    server,
    proxy,
    proxied: await proxy.listen(),
    surroundings: {
      parse: (xml) => new DOMParser().parseFromString(xml, "text/xml"),
      serialize: (document) => new XMLSerializer().serializeToString(document),
    },
  };
  const told = createWriteStream(out);
  let next = 0;
  const play = async (): Promise<void> => {
    while (next < Number(count)) {
      const number = next;
      next += 1;
      const story = await new Story(String(Number(first) + number), number, towns[number]!, stage).play();
      told.write(`${JSON.stringify(story)}\n`);
    }
  };
  await Promise.all(Array.from({ length: Number(atOnce) }, play));
  await new Promise((resolve) => told.end(resolve));
  proxy.close();
  process.exit(0);
}

void main();
