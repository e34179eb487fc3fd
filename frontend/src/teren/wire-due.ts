/** On the wire, to be read only: what families seem entitled to and do not have, and the emergencies that are open. */
type Uuid = string;
type Words = { readonly ro: string; readonly en: string };

/** Part of `Reference`. Absent in what an older application kept. */
export interface DueReference {
  readonly entitlements?: readonly Entitlement[];
  /** Those of which the worker may know. */
  readonly emergencies?: readonly OpenEmergency[];
}

export interface Entitlement {
  readonly key: string;
  readonly title: Words;
  readonly per: "" | "month" | "season" | "year" | "once";
  /** Whether it comes to a sum, be it known here or not. */
  readonly sums: boolean;
  /** What a person has to look at before anything is promised, and which papers it takes. */
  readonly verify: readonly Words[];
  readonly papers: readonly Words[];
}

/** Part of `Bundle`, as the office reckoned last. In lei; the bounds where the sum could not be worked out. */
export interface Due {
  readonly key: string;
  /** Absent where it is of the household. */
  readonly person?: Uuid;
  readonly amount?: number;
  readonly least?: number;
  readonly most?: number;
}

export interface OpenEmergency {
  readonly siruta: number;
  readonly kind: Words;
  readonly name: string;
  readonly place: string;
  readonly since: string;
  /** Where people are taken in. */
  readonly shelters: readonly string[];
}
