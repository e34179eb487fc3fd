/** The line to the server: bodies compressed, the secret of the device, and only answers that are the server's own. */
import { gzip, utf8, type Bytes } from "./bytes";
import type { Enrolled, Refusal } from "../wire";

const COMPRESS_FROM = 1_024;
const SIGN_OUT_PATIENCE = 8_000;

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
    return (await this.asked(path, { method: "POST", headers, body: bytes })) as T;
  }

  /** How much of a file the server has once this piece arrived, or says that it does not follow (409). */
  async put(path: string, piece: Bytes): Promise<number> {
    const headers = { "Content-Type": "application/octet-stream" };
    const { received } = (await this.asked(path, { method: "PUT", headers, body: piece }, [409])) as {
      received: unknown;
    };
    if (typeof received !== "number") throw new Trouble(200);
    return received;
  }

  /** A public part of a pack. */
  async text(path: string): Promise<string> {
    const response = await this.fetched(path, {});
    if (!response.ok) throw new NoSignal();
    return read(response, (answer) => answer.text());
  }

  private async asked(path: string, init: RequestInit, also: readonly number[] = []): Promise<unknown> {
    const response = await this.fetched(path, init);
    if (!this.isOurs(response)) throw new NoSignal();
    if (response.status === 401) throw await shutOut(response);
    if (!response.ok && !also.includes(response.status)) throw new Trouble(response.status, await saidIn(response));
    const text = await read(response, (answer) => answer.text());
    try {
      return text === "" ? null : JSON.parse(text);
    } catch {
      throw new Trouble(response.status);
    }
  }

  private async fetched(path: string, init: RequestInit): Promise<Response> {
    const { fetch, base, patience } = this.options;
    const { username, secret } = this.enrolled;
    const headers = { ...init.headers, Authorization: `Bearer ${username}.${secret}` };
    const signal = AbortSignal.any([this.stopping.signal, AbortSignal.timeout(patience)]);
    try {
      // No cookie goes along, and nothing of it is kept by the browser.
      const rest = { credentials: "omit", cache: "no-store", redirect: "manual", signal } as const;
      return await fetch(base + path, { ...init, ...rest, headers });
    } catch (error) {
      throw new NoSignal("", { cause: error });
    }
  }

  private isOurs(response: Response): boolean {
    return response.headers.get("X-Punte-Teren") === "1";
  }
}

/** A body that breaks off is no answer. */
async function read<T>(response: Response, how: (response: Response) => Promise<T>): Promise<T> {
  try {
    return await how(response);
  } catch (error) {
    throw new NoSignal("", { cause: error });
  }
}

async function shutOut(response: Response): Promise<Error> {
  try {
    const { wipe, message } = JSON.parse(await response.text()) as Partial<Refusal>;
    return typeof wipe === "boolean" ? new ShutOut(wipe, String(message ?? "")) : new Trouble(401);
  } catch {
    return new Trouble(401);
  }
}

async function saidIn(response: Response): Promise<string> {
  try {
    const said = JSON.parse(await response.text()) as { message?: unknown };
    return typeof said.message === "string" ? said.message : "";
  } catch {
    return "";
  }
}

/** Tells the server that the device signs out; whether it hears it or not. */
export async function signOutLine(ports: { fetch: typeof fetch; base: string }, enrolled: Enrolled): Promise<void> {
  const line = new Line({ ...ports, patience: SIGN_OUT_PATIENCE }, enrolled);
  await line.post("/teren/api/iesire/", null).catch(() => undefined);
}
