import { CsrfToken, isSignedOut, jsonOf, textIn } from "../shared/session";
import {
  type Doors,
  DoorError,
  type Draft,
  type EditedElsewhere,
  type Refused,
  type SaveOptions,
  type SaveResult,
  type ServerProblem,
  type SignedOut,
  type SubmitResult,
  type Unreachable,
} from "./doors";

export interface ServerAddresses {
  readonly formUrl: string;
  readonly draftUrl: string;
  readonly submitUrl: string;
  readonly loginUrl: string;
  readonly csrf: string;
}

/** Browsers refuse `keepalive` requests whose bodies together exceed 64 KiB. */
const KEEPALIVE_BYTES = 60_000;

export class HttpDoors implements Doors {
  readonly #addresses: ServerAddresses;
  readonly #csrf: CsrfToken;

  constructor(addresses: ServerAddresses) {
    this.#addresses = addresses;
    this.#csrf = new CsrfToken(addresses.csrf);
  }

  async loadForm(): Promise<string> {
    const response = await this.#ask(this.#addresses.formUrl, { headers: { Accept: "application/xml, text/xml" } });
    if (response === null) throw new DoorError({ kind: "unreachable" });
    if (isSignedOut(response)) throw new DoorError(this.#signedOut({}));
    if (!response.ok) throw new DoorError(await refusal(response));
    return response.text();
  }

  async loadDraft(): Promise<Draft> {
    const response = await this.#ask(this.#addresses.draftUrl, { headers: { Accept: "application/json" } });
    if (response === null) throw new DoorError({ kind: "unreachable" });
    if (isSignedOut(response)) throw new DoorError(this.#signedOut(await jsonOf(response)));
    if (!response.ok) throw new DoorError(await refusal(response));
    const body = await jsonOf(response);
    this.#csrf.learn(body.csrf);
    return draftIn(body);
  }

  async saveDraft(instance: string, base: number, { leaving, progress }: SaveOptions): Promise<SaveResult> {
    const body = JSON.stringify({ instance, base, ...progress });
    const keepalive = leaving && new Blob([body]).size < KEEPALIVE_BYTES;
    const response = await this.#change(this.#addresses.draftUrl, (token) => ({
      method: "PUT",
      body,
      keepalive,
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token },
    }));
    if (!(response instanceof Response)) return response;
    if (response.status === 409) return editedElsewhere(response);
    if (!response.ok) return refusal(response);
    const answer = await jsonOf(response);
    return {
      kind: "saved",
      version: typeof answer.version === "number" ? answer.version : base,
      savedAt: textIn(answer, "saved_at") ?? new Date().toISOString(),
    };
  }

  async submit(payload: FormData, base: number): Promise<SubmitResult> {
    payload.set("base", String(base));
    const response = await this.#change(this.#addresses.submitUrl, (token) => ({
      method: "POST",
      body: payload,
      headers: { Accept: "application/json", "X-CSRFToken": token },
    }));
    if (!(response instanceof Response)) return response;
    if (response.status === 409) return editedElsewhere(response);
    const answer = await jsonOf(response.clone());
    if (response.status === 422) return { kind: "invalid", problems: problemsIn(answer) };
    if (!response.ok) return refusal(response);
    const location = textIn(answer, "location") ?? response.headers.get("Location");
    return location === null ? { kind: "refused", status: response.status, message: null } : { kind: "submitted", location };
  }

  /** Sends a change; when the server doubts the CSRF token, fetches a fresh one and sends once more. */
  async #change(
    url: string,
    request: (token: string) => RequestInit,
  ): Promise<Response | SignedOut | Unreachable> {
    let response = await this.#ask(url, request(this.#csrf.value));
    if (response?.status === 403) {
      try {
        await this.loadDraft();
      } catch (error) {
        if (error instanceof DoorError && error.reason.kind !== "refused") return error.reason;
        return response;
      }
      response = await this.#ask(url, request(this.#csrf.value));
    }
    if (response === null) return { kind: "unreachable" };
    if (isSignedOut(response)) return this.#signedOut(await jsonOf(response));
    // A server that is restarting or overloaded is a server that cannot be reached for now.
    if (response.status >= 502 || response.status === 429) return { kind: "unreachable" };
    return response;
  }

  async #ask(url: string, init: RequestInit): Promise<Response | null> {
    try {
      return await fetch(url, { credentials: "same-origin", redirect: "manual", cache: "no-store", ...init });
    } catch {
      return null;
    }
  }

  #signedOut(answer: Record<string, unknown>): SignedOut {
    return { kind: "signed-out", loginUrl: textIn(answer, "login_url") ?? this.#addresses.loginUrl };
  }
}

async function refusal(response: Response): Promise<Refused> {
  const answer = await jsonOf(response);
  return { kind: "refused", status: response.status, message: textIn(answer, "message") ?? textIn(answer, "detail") };
}

async function editedElsewhere(response: Response): Promise<EditedElsewhere> {
  return { kind: "edited-elsewhere", theirs: draftIn(await jsonOf(response)) };
}

function draftIn(body: Record<string, unknown>): Draft {
  return {
    instance: textIn(body, "instance") ?? "",
    version: typeof body.version === "number" ? body.version : 0,
    savedAt: textIn(body, "saved_at"),
    by: textIn(body, "by"),
  };
}

function problemsIn(body: Record<string, unknown>): ServerProblem[] {
  if (!Array.isArray(body.errors)) return [];
  return body.errors.flatMap((item: unknown) => {
    if (typeof item !== "object" || item === null) return [];
    const entry = item as Record<string, unknown>;
    const message = textIn(entry, "message");
    return message === null ? [] : [{ reference: textIn(entry, "reference"), message }];
  });
}
