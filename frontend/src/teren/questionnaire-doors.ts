/** The questionnaire's doors that lead to the book instead of to a server. */
import type { CopyShelf } from "../questionnaire/copy-shelf";
import {
  type Attachments,
  DoorError,
  type Doors,
  type Draft,
  type SaveOptions,
  type SaveResult,
  type SubmitResult,
} from "../questionnaire/doors";
import { type Book, type EntryOf, StorageError } from "./core";
import type { Messages } from "./messages";
import { bytesOf, shrink } from "../shared/pictures";
import type { Uuid } from "./wire";

const NO_SPACE = 507;
const NOT_HERE = 404;

/** Nothing waits beside the book: an answer is in it before one can look away. */
export const NO_SHELF: CopyShelf = { read: () => null, write: () => undefined, remove: () => undefined };

/** A draft of the book. */
export class DraftDoors implements Doors {
  readonly pause = 0;
  readonly files: Attachments;

  constructor(
    private readonly book: Book,
    private readonly id: Uuid,
    private readonly t: Messages,
  ) {
    this.files = new DraftFiles(book, id);
  }

  async loadForm(): Promise<string> {
    const draft = await this.book.draft(this.id);
    const pack = draft === null ? null : await this.book.pack(draft.pack, draft.version);
    if (pack === null) throw new DoorError({ kind: "refused", status: NOT_HERE, message: this.t.packMissing });
    return pack.form;
  }

  async loadDraft(): Promise<Draft> {
    const draft = await this.book.draft(this.id);
    if (draft === null) throw new DoorError({ kind: "refused", status: NOT_HERE, message: this.t.notThere });
    return { instance: draft.instance, version: 0, savedAt: draft.savedAt, by: null };
  }

  async saveDraft(instance: string, base: number, { progress }: SaveOptions): Promise<SaveResult> {
    try {
      const row = await this.book.saveDraft(this.id, instance, progress);
      return { kind: "saved", version: base + 1, savedAt: row.savedAt };
    } catch (error) {
      if (error instanceof StorageError && error.trouble === "closed") return { kind: "unreachable" };
      return { kind: "refused", status: NO_SPACE, message: null };
    }
  }

  async submit(payload: FormData): Promise<SubmitResult> {
    try {
      const entry = await this.book.finishDraft(this.id, await instanceIn(payload));
      return { kind: "submitted", location: entry.id };
    } catch {
      return { kind: "refused", status: NO_SPACE, message: this.t.finishFailed };
    }
  }
}

/** Photographs of a draft, by the names that the instance gives them. */
class DraftFiles implements Attachments {
  constructor(
    private readonly book: Book,
    private readonly id: Uuid,
  ) {}

  async all(): Promise<readonly File[]> {
    const draft = await this.book.draft(this.id);
    const files = (draft?.files ?? []).map(async ({ id, name, type }) => {
      const bytes = await this.book.fileOf(id);
      return bytes === null ? null : new File([bytes], name, { type });
    });
    return (await Promise.all(files)).filter((file) => file !== null);
  }

  async prepare(file: File): Promise<File> {
    const small = await shrink(file);
    return new File([small], file.name.replace(/\.\w+$/, "") + ".jpg", { type: small.type });
  }

  async keep(file: File): Promise<void> {
    const words = { name: file.name, what: "photo", type: "image/jpeg", caption: "" } as const;
    await this.book.addDraftFile(this.id, words, await bytesOf(file));
  }
}

/** A finished questionnaire that is mended: it stays as it was until it is finished again. */
export class MendDoors implements Doors {
  readonly pause = 0;

  constructor(
    private readonly book: Book,
    private readonly entry: EntryOf<"assessment">,
    private readonly t: Messages,
  ) {}

  async loadForm(): Promise<string> {
    const pack = await this.book.pack(this.entry.body.pack, this.entry.body.version);
    if (pack === null) throw new DoorError({ kind: "refused", status: NOT_HERE, message: this.t.packMissing });
    return pack.form;
  }

  async loadDraft(): Promise<Draft> {
    const kept = this.book.jotted(this.form);
    const instance = typeof kept === "string" ? kept : this.entry.body.instance;
    return { instance, version: 0, savedAt: this.entry.at, by: null };
  }

  async saveDraft(instance: string, base: number): Promise<SaveResult> {
    try {
      await this.book.jot(this.form, instance);
      return { kind: "saved", version: base + 1, savedAt: new Date().toISOString() };
    } catch {
      return { kind: "refused", status: NO_SPACE, message: null };
    }
  }

  async submit(payload: FormData): Promise<SubmitResult> {
    try {
      const entry = await this.book.amend(this.entry.id, { ...this.entry.body, instance: await instanceIn(payload) });
      await this.book.jot(this.form, null);
      return { kind: "submitted", location: entry.id };
    } catch {
      return { kind: "refused", status: NO_SPACE, message: this.t.finishFailed };
    }
  }

  private get form(): string {
    return `mend-${this.entry.id}`;
  }
}

async function instanceIn(payload: FormData): Promise<string> {
  const part = payload.get("xml_submission_file");
  if (!(part instanceof Blob)) throw new Error("no instance");
  return part.text();
}
