/** Findings at the door: the rules of a pack, applied to a questionnaire, as this worker may see them. */
import { Assessor, type CompiledPack, type ScoreFound } from "../../findings/assess";
import type { Text } from "../../findings/words";
import type { Found, PackAddress, Worker } from "../wire";
import type { Scored } from "../wire-subject";
import type { Shown } from "./interface";
import type { Ports } from "./ports";
import { inOrder } from "./proposals";
import { rowsOf, type Rows } from "./rows";

interface Rules {
  readonly compiled: CompiledPack;
  readonly assessor: Assessor;
}

export class Findings {
  private readonly rules = new Map<string, Promise<Rules>>();
  private readonly ready = new Map<string, Rules>();

  constructor(private readonly ports: Pick<Ports, "rules" | "parse">) {}

  /** Imports the rules once; a failure is forgotten, so that it is tried again. */
  load({ name, version, rules }: PackAddress): Promise<Rules> {
    const key = `${name}/${version}`;
    const known = this.rules.get(key);
    if (known) return known;
    const loading = this.ports.rules(rules).then((compiled) => {
      const loaded = { compiled, assessor: new Assessor(compiled) };
      this.ready.set(key, loaded);
      return loaded;
    });
    this.rules.set(key, loading);
    loading.catch(() => this.rules.delete(key));
    return loading;
  }

  /** Null while the rules are not imported. */
  now(
    pack: { name: string; version: string },
    instance: string,
    worker: Worker,
  ): (Shown & { rows: Rows | null }) | null {
    const rules = this.ready.get(`${pack.name}/${pack.version}`);
    if (!rules) return null;
    const rows = rowsOf(rules.compiled.pack, this.ports.parse(instance));
    if (!rows) return { findings: [], notAssessed: 0, scores: [], assessed: { findings: [], notAssessed: [], scores: [] }, rows };
    const assessed = rules.assessor.assess(rows.household, rows.members);
    return { ...shown(rules.compiled, assessed, worker), assessed, rows };
  }
}

function shown({ pack }: CompiledPack, assessed: Shown["assessed"], worker: Worker): Omit<Shown, "assessed"> {
  const may = (code: string): boolean => worker.compartments.includes(pack.rules[code]!.compartment);
  const found = assessed.findings
    .filter(({ code }) => may(code))
    .map(({ memberId, code, severity, explanation }): Found => {
      const { name, dimension, compartment } = pack.rules[code]!;
      return { person: memberId, code, name, severity, dimension, compartment, explanation };
    });
  const scores = assessed.scores.flatMap((one) => scored(pack, one, worker) ?? []);
  return { findings: inOrder(found), notAssessed: assessed.notAssessed.filter(({ code }) => may(code)).length, scores };
}

/** A score as the office shows it; null where the worker does not read it. */
function scored(pack: CompiledPack["pack"], { memberId, name, value, missing, answers }: ScoreFound, worker: Worker): Scored | null {
  const { label, compartment, bands, proposal, source, facts } = pack.scores[name]!;
  if (!worker.compartments.includes(compartment)) return null;
  const [, band, meaning] = (value !== null && (bands.findLast(([start]) => start <= value) ?? bands[0])) || [];
  return {
    person: memberId,
    label,
    band: band ?? null,
    meaning: meaning ?? null,
    proposal,
    source,
    answers: facts.flatMap((fact) => {
      const said = answers[fact] ?? null;
      const { label: question, shut } = pack.asked[fact]!;
      const mayRead = worker.compartments.includes(shut[String(said)] ?? compartment);
      return said === null || !mayRead ? [] : [{ question, answer: answerOf(pack, fact, said) }];
    }),
    missing: missing.map((fact) => pack.asked[fact]!.label),
  };
}

function answerOf({ spoken, words }: CompiledPack["pack"], fact: string, said: string | number | bigint | boolean): Text {
  if (typeof said === "boolean") {
    const { ro, en } = words.yes_no;
    return { ro: ro[said ? 0 : 1], en: en[said ? 0 : 1] };
  }
  return spoken[fact]?.choices?.[String(said)] ?? { ro: String(said), en: String(said) };
}
