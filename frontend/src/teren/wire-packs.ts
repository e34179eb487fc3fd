/** Packs of a methodology on the wire. */
import type { PackSubject } from "./wire-subject";

type Words = { readonly ro: string; readonly en: string };

/** Where the parts of one version of a pack are; they hold nobody's data, never change and need no token. */
export interface PackAddress extends PackSubject {
  readonly name: string;
  readonly version: string;
  readonly title: Words;
  /** XForm (text/xml). */
  readonly form: string;
  /** ES module text of the rules: `CompiledPack` of findings/assess.ts. */
  readonly rules: string;
  /** `PackParts`. */
  readonly parts: string;
}

/** What a draft of a plan is proposed from, and a questionnaire of a household that is not on record yet. */
export interface PackParts {
  readonly blank: string;
  /** The services of the basic package. */
  readonly services: Readonly<Record<string, Words>>;
  readonly roles: Readonly<Record<string, Words>>;
  readonly priorities: { readonly atLeast: number; readonly atMost: number; readonly severity: number };
  /** In the order of the package: what one of them opens stands below it. */
  readonly objectives: readonly PackageObjective[];
}

/** What should be true where one of `codes`, which share a cause, was found: once for the household or each person. */
export interface PackageObjective {
  readonly key: string;
  readonly name: Words;
  readonly text: Words;
  readonly of: "household" | "person";
  readonly compartment: string;
  readonly codes: readonly string[];
  readonly opens: readonly string[];
  readonly steps: readonly PackageStep[];
}

export interface PackageStep {
  readonly text: Words;
  readonly codes: readonly string[];
  readonly role: string;
  /** Within how many days it is proposed; null for no term. */
  readonly days: number | null;
  readonly service: string;
  readonly interventions: readonly string[];
  readonly referTo: readonly string[];
}
