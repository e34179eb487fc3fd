/** The line to the server: bodies compressed, the secret of the device, and only answers that are the server's own. */
import { gzip, utf8, type Bytes } from "./bytes";
import type { Enrolled, Refusal } from "../wire";

const COMPRESS_FROM = 1_024;
const SIGN_OUT_PATIENCE = 8_000;
/** Bytes in a millisecond that a line must carry upwards, at the least. */
const SLOWEST = 2;

/** Nothing answered, or somebody else did. */
export class NoSignal extends Error {
  override readonly name = "NoSignal";
}

/** The server answered that it cannot, or something that cannot be read. */
export class Trouble extends Error {
  override readonly name = "Trouble";

  constructor(
    readonly status: number,
    message = "",
  ) {
    super(message);
  }

  /** What was sent is at fault, so that sending the same again is of no use. */
  get isOurs(): boolean {
    return [400, 404, 410, 413, 415, 422].includes(this.status);
  }
}

/** This device is not let in. */
export class ShutOut extends Error {
  override readonly name = "ShutOut";

  constructor(
    readonly wipe: boolean,
    message: string,
  ) {
    super(message);
  }
}

export interface LineOptions {
  readonly fetch: typeof fetch;
  readonly base: string;
  /** Milliseconds in which something must come. */
  readonly patience: number;
}

export class Line {
  private readonly stopping = new AbortController();

  constructor(
    private readonly options: LineOptions,
    private readonly enrolled: Pick<Enrolled, "username" | "secret">,
  ) {}

  /** Whatever is under way ends as if the signal were lost. */
  stop(): void {
    this.stopping.abort();
  }

  async post<T>(path: string, body: unknown): Promise<T> {
    const plain = utf8(JSON.stringify(body));
    const headers: Record<string, string> = { "Content-Type": "application/json" };
    if (plain.length > COMPRESS_FROM) headers["Content-Encoding"] = "gzip";
    const bytes = plain.length > COMPRESS_FROM ? await gzip(plain) : plain;
    return jsonIn(taken(await this.asked(path, { method: "POST", headers, body: bytes }))) as T;
  }

  /** How much of a file the server has once this piece arrived, or says that it does not follow (409). */
  async put(path: string, piece: Bytes): Promise<number> {
    const headers = { "Content-Type": "application/octet-stream" };
    const answer = await this.asked(path, { method: "PUT", headers, body: piece });
    const body = jsonIn(answer.status === 409 ? answer : taken(answer)) as { received?: unknown } | null;
    if (typeof body?.received !== "number") throw new Trouble(answer.status === 409 ? 500 : answer.status);
    return body.received;
  }

  /** A public part of a pack. */
  async text(path: string): Promise<string> {
    const { status, text } = await this.whole(path, {});
    if (status !== 200) throw new NoSignal();
    return text;
  }

  private async asked(path: string, init: RequestInit & { readonly body: Bytes }): Promise<Whole> {
    const answer = await this.whole(path, init);
    if (!answer.ours) throw new NoSignal();
    if (answer.status === 401) throw shutOut(answer);
    return answer;
  }

  /** An answer to its last byte; one that breaks off, or from which nothing comes for too long, is none. */
  private async whole(path: string, init: RequestInit & { readonly body?: Bytes }): Promise<Whole> {
    const { fetch, base, patience } = this.options;
    const { username, secret } = this.enrolled;
    const headers = { ...init.headers, Authorization: `Bearer ${username}.${secret}` };
    const waited = new AbortController();
    const wait = (time: number): ReturnType<typeof setTimeout> => setTimeout(() => waited.abort(), time);
    let timer = wait(patience + (init.body?.length ?? 0) / SLOWEST);
    try {
      // No cookie goes along, and nothing of it is kept by the browser.
      const signal = AbortSignal.any([this.stopping.signal, waited.signal]);
      const rest = { credentials: "omit", cache: "no-store", redirect: "manual", signal } as const;
      const response = await fetch(base + path, { ...init, ...rest, headers });
      const decoder = new TextDecoder();
      let text = "";
      for (const reader = response.body?.getReader(); reader;) {
        clearTimeout(timer);
        timer = wait(patience);
        const { done, value } = await reader.read();
        text += done ? decoder.decode() : decoder.decode(value, { stream: true });
        if (done) break;
      }
      return { status: response.status, ours: response.headers.get("X-Punte-Teren") === "1", text };
    } catch (error) {
      throw new NoSignal("", { cause: error });
    } finally {
      clearTimeout(timer);
    }
  }
}

interface Whole {
  readonly status: number;
  readonly ours: boolean;
  readonly text: string;
}

function taken(answer: Whole): Whole {
  if (answer.status >= 200 && answer.status < 300) return answer;
  const body = parsed(answer.text) as { message?: unknown } | undefined | null;
  throw new Trouble(answer.status, typeof body?.message === "string" ? body.message : "");
}

function jsonIn({ status, text }: Whole): unknown {
  const body = text === "" ? null : parsed(text);
  if (body === undefined) throw new Trouble(status);
  return body;
}

/** Undefined where it is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function shutOut({ text }: Whole): Error {
  const body = parsed(text) as Partial<Refusal> | null | undefined;
  return typeof body?.wipe === "boolean" ? new ShutOut(body.wipe, String(body.message ?? "")) : new Trouble(401);
}

/** Tells the server that the device signs out; whether it hears it or not. */
export async function signOutLine(ports: { fetch: typeof fetch; base: string }, enrolled: Enrolled): Promise<void> {
  const line = new Line({ ...ports, patience: SIGN_OUT_PATIENCE }, enrolled);
  await line.post("/teren/api/iesire/", null).catch(() => undefined);
}
