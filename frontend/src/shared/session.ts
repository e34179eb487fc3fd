/** What a page knows of the session it belongs to: its CSRF token, and how a server says "you are signed out". */

const CSRF_COOKIE = "punte_csrf";

export function cookie(name: string): string | null {
  for (const part of document.cookie.split(";")) {
    const [key, ...rest] = part.trim().split("=");
    if (key === name) return decodeURIComponent(rest.join("="));
  }
  return null;
}

/**
 * Signing in changes the CSRF token, so it is looked up again before every request: the cookie first, because another
 * tab may have signed in; then the token the page or the last answer brought.
 */
export class CsrfToken {
  #known: string;

  constructor(known: string) {
    this.#known = known;
  }

  get value(): string {
    return cookie(CSRF_COOKIE) ?? this.#known;
  }

  learn(token: unknown): void {
    if (typeof token === "string" && token !== "") this.#known = token;
  }
}

/** A request made with `redirect: "manual"` is answered by an opaque redirect when the server sends one to sign in. */
export function isSignedOut(response: Response): boolean {
  return response.status === 401 || response.type === "opaqueredirect";
}

export async function jsonOf(response: Response): Promise<Record<string, unknown>> {
  try {
    const body: unknown = await response.json();
    return typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

export function textIn(body: Record<string, unknown>, key: string): string | null {
  const value = body[key];
  return typeof value === "string" ? value : null;
}
