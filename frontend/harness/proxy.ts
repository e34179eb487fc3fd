/**
 * A bad line between the devices and the server: an HTTP proxy over real sockets that cuts, delays, repeats, reorders
 * and answers in the server's place. What it does to a request is drawn by lot from the line's own seed.
 */
import { Agent, createServer, request, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Lot } from "./random";

/** What may become of a request; the figures are how likely each is beside the others. */
const FAULTS = {
  none: 52,
  /** It never reaches the server. */
  cutBefore: 7,
  /** It was applied, but the answer never comes back. */
  cutAfter: 8,
  /** Half of the answer comes back. */
  cutWithin: 3,
  /** All headers are right, but the (compressed) body ends too early. */
  truncated: 3,
  delayed: 6,
  /** The device gives up; the request reaches the server only later, after what the device sends next. */
  late: 4,
  /** The server gets it twice at once. */
  doubled: 4,
  /** The server gets it again later. */
  echoed: 3,
  error500: 3,
  error502: 2,
  /** The server did it and then stumbled. */
  error500After: 2,
  /** Somebody says 401 without wiping, for some requests in a row. */
  shutOut: 2,
  /** A hotel's page. */
  hotel: 2,
  /** A hotel that even asks to wipe, but is not Punte. */
  hotelWipes: 1,
  garbage: 1,
} as const;

export type Fault = keyof typeof FAULTS;

/** The way between one device and the server. */
export class Line {
  private readonly lot: Lot;
  private shutOutFor = 0;
  private readonly pending = new Set<Promise<unknown>>();
  readonly told: Partial<Record<Fault, number>> = {};
  calm = false;

  constructor(seed: string) {
    this.lot = new Lot(seed);
  }

  draw(): Fault {
    if (this.calm) return "none";
    const drawn: Fault = this.shutOutFor > 0 ? "shutOut" : this.lot.weighed(FAULTS);
    if (drawn === "shutOut") this.shutOutFor = this.shutOutFor > 0 ? this.shutOutFor - 1 : this.lot.below(3);
    this.told[drawn] = (this.told[drawn] ?? 0) + 1;
    return drawn;
  }

  /** Milliseconds. */
  pause(longest: number): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, 1 + this.lot.below(longest)));
  }

  part(length: number): number {
    return this.lot.below(Math.max(1, length));
  }

  /** What still travels after its device has stopped waiting for it. */
  straggler(work: Promise<unknown>): void {
    const settled = work.catch(() => undefined).finally(() => this.pending.delete(settled));
    this.pending.add(settled);
  }

  /** Wait until nothing travels any more. */
  async settle(): Promise<void> {
    while (this.pending.size > 0) await Promise.all([...this.pending]);
  }
}

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[]>;
  readonly body: Buffer;
}

const HOP = new Set(["connection", "keep-alive", "transfer-encoding", "host", "content-length", "expect"]);
const HOTEL = Buffer.from("<!doctype html><title>Wi-Fi</title><p>Bun venit! Acceptați condițiile.</p>");

export class Proxy {
  private readonly server: Server;
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 16 });
  private readonly lines = new Map<string, Line>();

  /** @param target where the server is, `http://127.0.0.1:8000`. */
  constructor(private readonly target: string) {
    this.server = createServer((asked, answer) => void this.pass(asked, answer).catch(() => answer.destroy()));
    this.server.keepAliveTimeout = 60_000;
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.agent.destroy();
    this.server.closeAllConnections();
    this.server.close();
  }

  /** Requests below `/name/` go over this line. */
  lay(name: string, line: Line): void {
    this.lines.set(name, line);
  }

  takeUp(name: string): void {
    this.lines.delete(name);
  }

  private async pass(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const [, name = "", ...rest] = asked.url!.split("/");
    const line = this.lines.get(name);
    if (!line) return void answer.writeHead(404).end();
    const body = await whole(asked);
    const path = `/${rest.join("/")}`;
    const forward = (): Promise<Answer> => this.forward(asked, path, body);
    await meet(line.draw(), line, answer, forward);
  }

  private forward(asked: IncomingMessage, path: string, body: Buffer): Promise<Answer> {
    const headers: Record<string, string | string[] | number> = { "content-length": body.length };
    for (const [name, value] of Object.entries(asked.headers)) if (value && !HOP.has(name)) headers[name] = value;
    return new Promise((resolve, reject) => {
      const going = request(this.target + path, { method: asked.method, headers, agent: this.agent }, (came) => {
        whole(came).then((whole) => {
          const kept: Record<string, string | string[]> = {};
          for (const [key, value] of Object.entries(came.headers)) if (value && !HOP.has(key)) kept[key] = value;
          resolve({ status: came.statusCode!, headers: kept, body: whole });
        }, reject);
      });
      going.on("error", reject);
      going.end(body);
    });
  }
}

async function whole(stream: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

function give(answer: ServerResponse, given: Answer): void {
  if (answer.destroyed) return;
  answer.writeHead(given.status, { ...given.headers, "content-length": given.body.length }).end(given.body);
}

function refuse(answer: ServerResponse, status: number, type: string, body: string | Buffer, ours: boolean): void {
  const headers = { "content-type": type, ...(ours ? { "x-punte-teren": "1" } : {}) };
  give(answer, { status, headers, body: Buffer.from(body) });
}

async function meet(fault: Fault, line: Line, answer: ServerResponse, forward: () => Promise<Answer>): Promise<void> {
  switch (fault) {
    case "none":
      return give(answer, await forward());
    case "cutBefore":
      return void answer.destroy();
    case "cutAfter":
      line.straggler(forward().finally(() => answer.destroy()));
      return;
    case "cutWithin":
    case "truncated": {
      const given = await forward();
      const half = given.body.subarray(0, line.part(given.body.length));
      if (fault === "truncated") return give(answer, { ...given, body: half });
      answer.writeHead(given.status, { ...given.headers, "content-length": given.body.length });
      return void answer.write(half, () => answer.destroy());
    }
    case "delayed":
      await line.pause(25);
      return give(answer, await forward());
    case "late":
      answer.destroy();
      line.straggler(line.pause(60).then(forward));
      return;
    case "doubled": {
      const both = [forward(), forward()];
      for (const one of both) line.straggler(one);
      return give(answer, await both[line.part(2)]!);
    }
    case "echoed":
      give(answer, await forward());
      line.straggler(line.pause(120).then(forward));
      return;
    case "error500":
      return refuse(answer, 500, "text/html", "<h1>Server Error (500)</h1>", false);
    case "error502":
      return refuse(answer, 502, "text/html", "<html><h1>502 Bad Gateway</h1></html>", false);
    case "error500After":
      await forward();
      return refuse(answer, 500, "text/html", "<h1>Server Error (500)</h1>", line.part(2) === 0);
    case "shutOut": {
      const ours = line.part(4) > 0;
      return refuse(answer, 401, "application/json", JSON.stringify({ wipe: false, message: "Cont suspendat." }), ours);
    }
    case "hotel":
      return refuse(answer, 200, "text/html", HOTEL, false);
    case "hotelWipes":
      return refuse(answer, 401, "application/json", JSON.stringify({ wipe: true, message: "Plătiți camera." }), false);
    case "garbage":
      return refuse(answer, 200, "application/json", line.part(2) ? '{"answers": [{"id": "' : "\u0000\u0001", true);
  }
}
