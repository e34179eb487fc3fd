/**
 * Where answers wait until the server has confirmed them. It lives as long as the tab, so nothing stays behind on a
 * shared computer; it is emptied at every confirmation.
 */

export interface UnsentCopy {
  readonly instance: string;
  /** The server's version these answers were written on. */
  readonly base: number;
}

export interface CopyShelf {
  read(): UnsentCopy | null;
  write(copy: UnsentCopy): void;
  remove(): void;
}

export class SessionShelf implements CopyShelf {
  readonly #key: string;

  constructor(draftId: string) {
    this.#key = `punte.draft.${draftId}`;
  }

  read(): UnsentCopy | null {
    try {
      const kept: unknown = JSON.parse(sessionStorage.getItem(this.#key) ?? "null");
      if (typeof kept !== "object" || kept === null) return null;
      const { instance, base } = kept as Record<string, unknown>;
      return typeof instance === "string" && typeof base === "number" ? { instance, base } : null;
    } catch {
      return null;
    }
  }

  write(copy: UnsentCopy): void {
    try {
      sessionStorage.setItem(this.#key, JSON.stringify(copy));
    } catch {
      // Storage may be full or forbidden; the draft on the server remains the first line of defence.
    }
  }

  remove(): void {
    try {
      sessionStorage.removeItem(this.#key);
    } catch {
      // As above.
    }
  }
}
