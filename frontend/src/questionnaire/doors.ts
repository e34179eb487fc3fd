/**
 * The doors between the questionnaire and the world outside it. In the office they lead to the server; offline they
 * will lead to the tablet's own encrypted store. The screen knows only these.
 */

export interface Draft {
  /** The XForm instance, always present: the server prefills a new one. */
  readonly instance: string;
  readonly version: number;
  /** ISO moment of the last save, or null for a draft nobody has saved yet. */
  readonly savedAt: string | null;
  /** Who saved it, as shown to a colleague. */
  readonly by: string | null;
}

export interface SignedOut {
  readonly kind: "signed-out";
  readonly loginUrl: string;
}

export interface Unreachable {
  readonly kind: "unreachable";
}

export interface Refused {
  readonly kind: "refused";
  readonly status: number;
  readonly message: string | null;
}

export interface EditedElsewhere {
  readonly kind: "edited-elsewhere";
  readonly theirs: Draft;
}

export type SaveResult =
  | { readonly kind: "saved"; readonly version: number; readonly savedAt: string }
  | EditedElsewhere
  | SignedOut
  | Unreachable
  | Refused;

export interface ServerProblem {
  /** The node's path as the engine gives it, e.g. `/data/member[2]/identity/cnp`; null concerns the whole form. */
  readonly reference: string | null;
  readonly message: string;
}

export type SubmitResult =
  | { readonly kind: "submitted"; readonly location: string }
  | { readonly kind: "invalid"; readonly problems: readonly ServerProblem[] }
  | EditedElsewhere
  | SignedOut
  | Unreachable
  | Refused;

/** `leaving`: the page is about to go, so the request must outlive it if it can. `progress`: shown where drafts are listed. */
export interface SaveOptions {
  readonly leaving: boolean;
  readonly progress?: { readonly answered: number; readonly asked: number };
}

/** Where the files of a questionnaire are kept until it is submitted. */
export interface Attachments {
  /** What was kept with the draft, each by the name that the instance gives it. */
  all(): Promise<readonly File[]>;
  /** The file as it will be sent, e.g. a photograph made smaller. */
  prepare(file: File): Promise<File>;
  keep(file: File): Promise<void>;
}

export interface Doors {
  /** Milliseconds without typing after which an answer is saved; by default what suits a network. */
  readonly pause?: number;
  /** Without it files are kept by the page alone, and go with the submission. */
  readonly files?: Attachments;
  /** Throws DoorError when the form cannot be had. */
  loadForm(): Promise<string>;
  /** Throws DoorError when the draft cannot be had. */
  loadDraft(): Promise<Draft>;
  saveDraft(instance: string, base: number, options: SaveOptions): Promise<SaveResult>;
  submit(payload: FormData, base: number): Promise<SubmitResult>;
}

export class DoorError extends Error {
  override readonly name = "DoorError";

  constructor(readonly reason: SignedOut | Unreachable | Refused) {
    super(reason.kind);
  }
}
