/** From findings to a proposed plan, by the package of the methodology: what `punte.cases.drafting` proposes. */
import type { Day, Found, Objective, PackParts, Plan, Reference, Step, Uuid } from "../wire";

const LONGEST = 300;
const REFERRAL = "referral";
const STILL_OPEN: readonly string[] = ["not_started", "under_way"];

interface Proposal {
  readonly person: Uuid | null;
  readonly text: string;
  readonly compartment: string;
  severity: number;
  readonly codes: string[];
  readonly services: Map<string, string[]>;
  readonly referTo: string[];
}

export interface PlanningFor {
  /** Of the whole household or, for a case of one person, of that person and the household. */
  readonly findings: readonly Found[];
  readonly parts: Pick<PackParts, "services" | "package">;
  readonly terms: Reference["terms"];
  readonly inForce: Plan | null;
  readonly today: Day;
}

/** Objectives of the next version: those still open go on, new findings bring new ones, the most severe first. */
export function proposed({ findings, parts, terms, inForce, today }: PlanningFor): Objective[] {
  const kept = (inForce?.objectives ?? []).filter(({ progress }) => STILL_OPEN.includes(progress)).map(copied);
  const covered = new Set(kept.flatMap(({ person, codes }) => codes.map((code) => `${person}/${code}`)));
  const fresh = proposals(findings, parts, covered).map((proposal) => objectiveOf(proposal, parts, terms, today));
  return [...kept, ...fresh];
}

/** As the server keeps them: the most severe first, then by code. */
export function inOrder(findings: readonly Found[]): Found[] {
  return [...findings].sort(
    (one, other) => other.severity - one.severity || (one.code < other.code ? -1 : one.code > other.code ? 1 : 0),
  );
}

function proposals(findings: readonly Found[], parts: PlanningFor["parts"], covered: ReadonlySet<string>): Proposal[] {
  const found = new Map<string, Proposal>();
  for (const { person, code, severity, compartment } of findings) {
    const entry = parts.package[code];
    if (severity < 1 || !entry || entry.services.length === 0 || covered.has(`${person}/${code}`)) continue;
    const text = cut(entry.objective.ro);
    const key = JSON.stringify([person, text, compartment]);
    const proposal: Proposal = found.get(key) ?? {
      person,
      text,
      compartment,
      severity: 0,
      codes: [],
      services: new Map(),
      referTo: [],
    };
    found.set(key, proposal);
    proposal.severity = Math.max(proposal.severity, severity);
    proposal.codes.push(code);
    for (const [service, interventions] of entry.services) {
      const known = proposal.services.get(service) ?? [];
      proposal.services.set(service, known);
      extend(known, interventions);
    }
    extend(proposal.referTo, entry.referTo);
  }
  return [...found.values()].sort((one, other) => other.severity - one.severity);
}

function extend(known: string[], more: readonly string[]): void {
  for (const item of more) if (!known.includes(item)) known.push(item);
}

function objectiveOf(
  proposal: Proposal,
  parts: PlanningFor["parts"],
  terms: Reference["terms"],
  today: Day,
): Objective {
  const { person, text, codes, compartment, severity } = proposal;
  const term = terms[String(severity)];
  const due = term === undefined ? null : later(today, term);
  return { id: null, person, text, codes, compartment, due, progress: "not_started", steps: stepsOf(proposal, parts) };
}

function stepsOf({ services, referTo }: Proposal, parts: PlanningFor["parts"]): Step[] {
  const asked = new Map(services);
  if (referTo.length > 0 && REFERRAL in parts.services && !asked.has(REFERRAL)) asked.set(REFERRAL, []);
  return Object.entries(parts.services)
    .filter(([service]) => asked.has(service))
    .map(([service, name]) => ({
      id: null,
      text: cut(name.ro),
      service,
      interventions: asked.get(service)!,
      referTo: service === REFERRAL ? referTo : [],
      worker: null,
      due: null,
      done: null,
    }));
}

/** An objective that goes on is a new one of the next version. */
const copied = (former: Objective): Objective => ({
  ...former,
  id: null,
  steps: former.steps.map((step) => ({ ...step, id: null })),
});
const cut = (text: string): string => [...text].slice(0, LONGEST).join("");

function later(day: Day, days: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
