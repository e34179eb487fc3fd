/** From findings to a proposed plan, by the package of the methodology: what `punte.cases.drafting` proposes. */
import type { Called, Day, Found, Objective, PackageObjective, PackParts, Plan, Reference, Step, Uuid } from "../wire";

const SEVERE = 3;
const STILL_OPEN: readonly string[] = ["not_started", "under_way"];

interface Proposal {
  readonly person: Uuid | null;
  readonly objective: PackageObjective;
  readonly findings: Found[];
  /** The severity of its worst finding, or of what it opens the way to, where that is worse. */
  weight: number;
  later: boolean;
}

export type Package = Pick<PackParts, "priorities" | "objectives">;

export interface PlanningFor {
  /** Of the whole household or, for a case of one person, of that person and the household. */
  readonly findings: readonly Found[];
  /** Null where no methodology is held. */
  readonly parts: Package | null;
  readonly terms: Reference["terms"];
  readonly inForce: Plan | null;
  /** Each person has objectives of their own, as in the case of one person. */
  readonly apart: boolean;
  readonly today: Day;
}

/** Objectives of the next version: those still open go on, new causes bring new ones, what is worst first. */
export function proposed({ inForce, ...found }: PlanningFor): Objective[] {
  const kept = (inForce?.objectives ?? []).filter(({ progress }) => STILL_OPEN.includes(progress)).map(copied);
  return extended(kept, found);
}

/** The objectives with those that what was found by one methodology calls for. */
export function extended(
  kept: readonly Objective[],
  { findings, parts, terms, apart, today }: Omit<PlanningFor, "inForce">,
): Objective[] {
  if (parts === null) return [...kept];
  const before = kept.filter(({ later }) => later !== true).length;
  const found = proposals(findings, parts, coveredBy(kept), { kept: before, apart });
  const objectives: Objective[] = [...kept];
  for (const proposal of found) {
    const at = kept.findIndex((each) => shares(each, proposal));
    if (at < 0) objectives.push(objectiveOf(proposal, terms, today));
    else objectives[at] = joined(objectives[at]!, proposal, today);
  }
  return objectives;
}

/** As the server keeps them: the most severe first, then by code. */
export function inOrder(findings: readonly Found[]): Found[] {
  return [...findings].sort(
    (one, other) => other.severity - one.severity || (one.code < other.code ? -1 : one.code > other.code ? 1 : 0),
  );
}

/** Objectives of plans made before steps named their findings stand for their codes. */
function coveredBy(objectives: readonly Objective[]): ReadonlySet<string> {
  const covered = objectives.flatMap(({ person, codes, steps }): readonly Called[] => {
    const called = steps.flatMap(({ findings }) => findings ?? []);
    return called.length > 0 ? called : codes.map((code) => [person, code]);
  });
  return new Set(covered.map(([person, code]) => `${person}/${code}`));
}

function proposals(
  findings: readonly Found[],
  parts: Package,
  covered: ReadonlySet<string>,
  { kept, apart }: { readonly kept: number; readonly apart: boolean },
): readonly Proposal[] {
  const found = new Map<string, Proposal>();
  for (const finding of findings) {
    const objective = parts.objectives.find(({ codes }) => codes.includes(finding.code));
    if (!objective || finding.severity < 1 || covered.has(`${finding.person}/${finding.code}`)) continue;
    const person = apart || objective.of === "person" ? finding.person : null;
    const key = `${objective.key}/${person}`;
    const proposal = found.get(key) ?? { person, objective, findings: [], weight: 0, later: false };
    found.set(key, proposal);
    proposal.findings.push(finding);
  }
  const all = [...found.values()];
  weigh(all, parts);
  const order = parts.objectives.map(({ key }) => key);
  const place = (proposal: Proposal): number => order.indexOf(proposal.objective.key);
  const ranked = all.sort((one, other) => other.weight - one.weight || place(one) - place(other));
  putOff(ranked, parts, kept);
  return ranked;
}

/** What opens the way to something graver weighs as much; those that are opened stand below in the package. */
function weigh(found: readonly Proposal[], parts: Package): void {
  const weights = new Map<string, number>();
  for (const { key, opens } of [...parts.objectives].reverse()) {
    const own = found.filter(({ objective }) => objective.key === key);
    const opened = Math.max(0, ...opens.map((other) => weights.get(other) ?? 0));
    for (const proposal of own) proposal.weight = Math.max(severityOf(proposal), opened);
    weights.set(key, Math.max(0, ...own.map(({ weight }) => weight)));
  }
}

/** What does not fit among the priorities waits; what is severe never waits behind what goes on already. */
function putOff(ranked: readonly Proposal[], { priorities }: Package, kept: number): void {
  const { atLeast, atMost, severity } = priorities;
  const severe = ranked.filter(({ weight }) => weight >= SEVERE).length;
  const room = Math.max(atMost - kept, Math.min(severe, atMost));
  ranked.forEach((proposal, place) => {
    const beyond = place + kept >= atLeast && proposal.weight < severity;
    proposal.later = place >= room || beyond;
  });
}

function shares(objective: Objective, proposal: Proposal): boolean {
  const { person, objective: cause } = proposal;
  return (
    objective.person === person &&
    objective.compartment === cause.compartment &&
    objective.codes.some((code) => cause.codes.includes(code))
  );
}

function joined(objective: Objective, proposal: Proposal, today: Day): Objective {
  return {
    ...objective,
    codes: [...new Set([...objective.codes, ...codesOf(proposal)])],
    later: objective.later === true && proposal.later,
    steps: [...objective.steps, ...stepsOf(proposal, objective.due, today)],
  };
}

function objectiveOf(proposal: Proposal, terms: Reference["terms"], today: Day): Objective {
  const { person, objective, later } = proposal;
  const term = terms[String(severityOf(proposal))];
  const due = term === undefined ? null : after(today, term);
  return {
    id: null,
    person,
    text: objective.text.ro,
    codes: codesOf(proposal),
    compartment: objective.compartment,
    due,
    progress: "not_started",
    later,
    steps: stepsOf(proposal, due, today),
  };
}

function stepsOf({ objective, findings }: Proposal, within: Day | null, today: Day): Step[] {
  return objective.steps.flatMap((step) => {
    const called = findings.filter(({ code }) => step.codes.includes(code));
    if (called.length === 0) return [];
    const own = step.days === null ? null : after(today, step.days);
    return {
      id: null,
      text: step.text.ro,
      service: step.service,
      interventions: step.interventions,
      referTo: step.referTo,
      findings: called.map(({ person, code }): Called => [person, code]),
      role: step.role,
      worker: null,
      due: own !== null && within !== null && within >= today && within < own ? within : own,
      done: null,
    };
  });
}

const severityOf = ({ findings }: Proposal): number => Math.max(...findings.map(({ severity }) => severity));
const codesOf = ({ findings }: Proposal): string[] => [...new Set(findings.map(({ code }) => code))];

/** An objective that goes on is a new one of the next version. */
const copied = (former: Objective): Objective => ({
  ...former,
  id: null,
  steps: former.steps.map((step) => ({ ...step, id: null })),
});

function after(day: Day, days: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
