/** Findings of one household on the device: the columns of a compiled pack, computed stage by stage. */
import { logic, type Logic, type Row, type Value } from "./logic";
import { filled, inSentence, Speaker, type Language, type Subject, type Text, type Words } from "./words";

type Table = "household" | "member";
type Column = [name: string, compute: (rows: Row | Row[]) => Value, aggregate: boolean];

interface RuleData {
  level: Table;
  severity: number;
  dimension: string;
  compartment: string;
  name: Text;
  explanation: Text;
  parts: Text[];
}

interface RuleFunctions {
  parts: ((row: Row) => Value)[];
  causes: [code: string, alternatives: ((row: Row) => Value)[]][];
}

interface ScoreData {
  table: Table;
  label: Text;
  compartment: string;
  /** In their order: from which number on, what it is called, what it means. */
  bands: [start: number, name: Text, meaning: Text][];
  proposal: boolean;
  source: string;
  facts: string[];
}

/** The module that the server compiles from a pack. */
export interface CompiledPack {
  pack: {
    name: string;
    version: string;
    digest: string;
    facts: Record<Table, Record<string, string>>;
    /** The repeat of the members in a filled form; empty where the form is about one person. */
    repeat: string;
    /** Where each answer is below the root of a filled form or, for a member's, below the member's node. */
    paths: Record<string, string>;
    askable: string[];
    sealed: string[];
    dimensions: Record<string, Text>;
    rules: Record<string, RuleData>;
    scores: Record<string, ScoreData>;
    /** The questions behind scores, with the compartment of an answer that is more closed than its question. */
    asked: Record<string, { label: Text; compartment: string; shut: Record<string, string> }>;
    spoken: Record<string, Subject>;
    words: Words;
  };
  columns: (helpers: Logic) => Column[][];
  rules: (helpers: Logic) => Record<string, RuleFunctions>;
}

export interface Finding {
  memberId: string | null;
  code: string;
  severity: number;
  explanation: Text;
  becauseOf: string[];
}

export interface NotAssessed {
  memberId: string | null;
  code: string;
  missing: string[];
}

/** Null where an answer is missing. */
export interface ScoreFound {
  memberId: string | null;
  name: string;
  value: number | null;
  missing: string[];
  /** Those that it reads. */
  answers: Row;
}

export interface Assessed {
  findings: Finding[];
  notAssessed: NotAssessed[];
  scores: ScoreFound[];
}

const LANGUAGES: Language[] = ["ro", "en"];

export class Assessor {
  private readonly stages: Column[][];
  private readonly functions: Record<string, RuleFunctions>;
  private readonly speaker: Speaker;

  constructor(private readonly compiled: CompiledPack) {
    this.stages = compiled.columns(logic);
    this.functions = compiled.rules(logic);
    this.speaker = new Speaker(compiled.pack.spoken, compiled.pack.words);
  }

  /** Apply the rules to a household and its members; an absent answer was not given. */
  assess(household: Row, members: Row[]): Assessed {
    const home = this.withAll("household", household);
    const people = members.map((member) => this.withAll("member", member));
    this.compute(0, [home]);
    for (const person of people) Object.assign(person, { ...home, ...person });
    this.compute(1, people);
    this.compute(2, [home], people);
    const late = Object.fromEntries(this.stages[2]!.map(([name]) => [name, home[name] ?? null]));
    for (const person of people) Object.assign(person, late);
    this.compute(3, people);
    const judged = [this.judge("household", home, null)];
    for (const person of people) judged.push(this.judge("member", person, String(person["member_id"])));
    return {
      findings: judged.flatMap((one) => one.findings),
      notAssessed: judged.flatMap((one) => one.notAssessed),
      scores: judged.flatMap((one) => one.scores),
    };
  }

  private withAll(table: Table, given: Row): Row {
    const row: Row = {};
    for (const name of Object.keys(this.compiled.pack.facts[table])) row[name] = given[name] ?? null;
    return row;
  }

  private compute(stage: number, rows: Row[], members: Row[] = []): void {
    for (const [name, compute, aggregate] of this.stages[stage]!) {
      for (const row of rows) row[name] = compute(aggregate ? members : row) ?? null;
    }
  }

  private judge(level: Table, row: Row, memberId: string | null): Assessed {
    const findings: Finding[] = [];
    const notAssessed: NotAssessed[] = [];
    for (const [code, rule] of Object.entries(this.compiled.pack.rules)) {
      if (rule.level !== level) continue;
      const missing = this.missing(row[`${code}__missing`] ?? null);
      if (missing.length > 0) notAssessed.push({ memberId, code, missing });
      if (row[code] !== true) continue;
      const becauseOf = this.causes(code, row);
      findings.push({ memberId, code, severity: rule.severity, explanation: this.explain(code, row, becauseOf), becauseOf });
    }
    return { findings, notAssessed, scores: this.scored(level, row, memberId) };
  }

  private scored(level: Table, row: Row, memberId: string | null): ScoreFound[] {
    const own = Object.entries(this.compiled.pack.scores ?? {}).filter(([, { table }]) => table === level);
    return own.map(([name, { facts }]) => {
      const value = row[name] ?? null;
      const missing = this.missing(row[`${name}__missing`] ?? null);
      const answers = Object.fromEntries(facts.map((fact) => [fact, row[fact] ?? null]));
      return { memberId, name, value: value === null ? null : Number(value), missing, answers };
    });
  }

  private missing(bits: Value): string[] {
    const set = BigInt(bits ?? 0);
    return this.compiled.pack.askable.filter((_name, bit) => (set >> BigInt(bit)) & 1n);
  }

  private causes(code: string, row: Row): string[] {
    const held = this.functions[code]!.causes.filter(
      ([cause, alternatives]) => row[cause] === true && alternatives.every((holds) => holds(row) === true),
    );
    return [...new Set(held.map(([cause]) => cause))];
  }

  private explain(code: string, row: Row, becauseOf: string[]): Text {
    const rule = this.compiled.pack.rules[code]!;
    const holding = this.functions[code]!.parts.map((holds) => holds(row) === true);
    const said = LANGUAGES.map((language): [Language, string] => {
      const answer = (name: string): string => this.speaker.answer(name, row, language);
      const parts = (): string =>
        rule.parts.filter((_part, index) => holding[index]).map((part) => filled(part[language], answer)).join(", ");
      const put = (name: string): string =>
        name === "parts" ? parts() : name === "findings" ? this.named(becauseOf, language) : answer(name);
      return [language, filled(rule.explanation[language], put)];
    });
    return Object.fromEntries(said) as Text;
  }

  private named(codes: string[], language: Language): string {
    const { rules, sealed } = this.compiled.pack;
    const open = codes.filter((code) => !sealed.includes(rules[code]!.compartment));
    const names = open.map((code) => inSentence(rules[code]!.name[language])).join("; ");
    return names ? `: ${names}` : "";
  }
}
