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
