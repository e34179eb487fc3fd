/** What can go wrong in the core, told apart by the screens. */

/** `short`: fewer than six digits. `easy`: one of those that everybody tries first. */
export type PinTrouble = "short" | "easy";

export class PinError extends Error {
  override readonly name = "PinError";

  constructor(readonly trouble: PinTrouble) {
    super(trouble);
  }
}

/** `full`: no space left. `closed`: the book was locked or wiped meanwhile. `failed`: anything else of the storage. */
export class StorageError extends Error {
  override readonly name = "StorageError";

  constructor(
    readonly trouble: "full" | "closed" | "failed",
    options?: ErrorOptions,
  ) {
    super(trouble, options);
  }
}

/**
 * `unknown`: there is no such record here. `fixed`: it may be on record already and cannot be taken back. `kept`: only
 * what was refused may be dropped. `no-pack`: the questionnaire never came down. `not-whole`: the questionnaire is
 * damaged or of another version.
 */
export class BookError extends Error {
  override readonly name = "BookError";

  constructor(
    readonly trouble: "unknown" | "fixed" | "kept" | "no-pack" | "not-whole",
    message: string = trouble,
  ) {
    super(message);
  }
}
