/** What goes over the wire (`wire.ts`) about whom a questionnaire is. */

export interface AboutOne {
  /** Whom it is about; null or absent for the household. */
  readonly person?: string | null;
}

/** Of a pack; absent in what an older application wrote, which knew of households alone. */
export interface PackSubject {
  readonly about?: "household" | "person";
  /** From which age on it is put forward, where it is about a person. */
  readonly fromAge?: number;
  /** The compartment that a worker reads who fills it. */
  readonly opensWith?: string;
}

type Words = { readonly ro: string; readonly en: string };

/** A score, explained by the answers behind it; without a band where some of them are missing. */
export interface Scored {
  /** Null for the household. */
  readonly person: string | null;
  readonly label: Words;
  readonly band: Words | null;
  readonly meaning: Words | null;
  /** Its bands are still to be confirmed. */
  readonly proposal: boolean;
  readonly source: string;
  readonly answers: readonly { readonly question: Words; readonly answer: Words }[];
  readonly missing: readonly Words[];
}
