/** A filled questionnaire as the rows that the rules read: what `rows_from_instance` of the server says of it. */
import type { CompiledPack } from "../../findings/assess";
import type { Row, Value } from "../../findings/logic";
import type { Day, Member, Uuid } from "../wire";

const TEMPLATE = ["http://openrosa.org/javarosa", "template"] as const;

export interface Header {
  /** Empty in one that is only a pattern. */
  readonly instanceId: string;
  readonly form: string;
  readonly version: string;
}

export interface Rows {
  readonly household: Row;
  readonly members: Row[];
  /** Who they are, as far as the questionnaire says it. */
  readonly people: readonly Member[];
  readonly visitedOn: Day | null;
}

/** The shape of a pack's questionnaire: types of the facts, where each is in an instance, and the repeat of the members. */
export type Shape = Pick<CompiledPack["pack"], "facts" | "paths" | "repeat">;

/** Null where it is not a filled questionnaire at all. */
export function headerOf(instance: Document): Header | null {
  const root = rootOf(instance);
  if (!root || !nodeAt(root, ["meta", "instanceID"])) return null;
  const instanceId = textAt(root, ["meta", "instanceID"]);
  return { instanceId, form: root.getAttribute("id") ?? "", version: root.getAttribute("version") ?? "" };
}

/** The rows of an instance; an answer that its question does not allow counts as not given. */
export function rowsOf(shape: Shape, instance: Document): Rows | null {
  const header = headerOf(instance);
  if (!header) return null;
  const root = rootOf(instance)!;
  const household = answers(shape, root, "household");
  household["household_id"] ??= header.instanceId || null;
  const nodes = membersOf(root, shape.repeat);
  const members = nodes.map((node) => ({
    ...answers(shape, node, "member"),
    household_id: household["household_id"]!,
  }));
  const people = nodes.map((node, position) => personOf(shape, node, members[position]!));
  return { household, members, people, visitedOn: household["visit_date"] as Day | null };
}

/** The root of an instance; null where the text was not XML. */
export function rootOf(instance: Document): Element | null {
  const root = instance.documentElement;
  return !root || instance.getElementsByTagName("parsererror").length > 0 ? null : root;
}

/** The children of a name, whatever their namespace. */
export function named(node: Element, name: string): Element[] {
  const found: Element[] = [];
  for (let child = node.firstElementChild; child; child = child.nextElementSibling) {
    if (child.localName === name) found.push(child);
  }
  return found;
}

export function nodeAt(node: Element, path: readonly string[]): Element | null {
  return path.reduce<Element | null>((found, name) => found && (named(found, name)[0] ?? null), node);
}

export const textAt = (node: Element, path: readonly string[]): string => nodeAt(node, path)?.textContent?.trim() ?? "";

function membersOf(root: Element, repeat: string): Element[] {
  if (repeat === "") return [root];
  const nodes = named(root, repeat);
  return nodes.filter((node) => !node.hasAttributeNS(...TEMPLATE));
}

function answers(shape: Shape, node: Element, table: "household" | "member"): Row {
  const row: Row = {};
  for (const [name, type] of Object.entries(shape.facts[table])) {
    row[name] = valueOf(type, textAt(node, shape.paths[name]!.split("/")));
  }
  return row;
}

function valueOf(type: string, text: string): Value {
  if (!text) return null;
  const read = READERS[type];
  return read ? read(text) : text;
}

const READERS: Record<string, (text: string) => Value> = {
  yesno: (text) => (text === "yes" ? true : text === "no" ? false : null),
  integer: (text) => (/^[+-]?\d{1,9}(\.0+)?$/.test(text) ? Math.trunc(Number(text)) : null),
  decimal: (text) => (/^[+-]?\d{1,12}(\.\d{1,9})?$/.test(text) ? Number(text) : null),
  date: (text) => (isDay(text) ? text : null),
};

function isDay(text: string): boolean {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

function personOf(shape: Shape, node: Element, row: Row): Member {
  const answered = (name: string): string => {
    const fact = row[name];
    const path = shape.paths[name];
    return fact != null ? String(fact) : path ? textAt(node, path.split("/")) : "";
  };
  return {
    person: answered("member_id") as Uuid,
    familyName: answered("family_name"),
    givenName: answered("given_name"),
    birthDate: answered("birth_date") || null,
    sex: answered("sex"),
    relation: answered("kinship"),
    phone: "",
  };
}
