/** A questionnaire as it is begun and as it is sent: its identifiers, its day, and which household it is about. */
import type { Day, Uuid } from "../wire";
import { randomId } from "./bytes";
import { named, nodeAt, rootOf } from "./rows";
import { BookError } from "./errors";

const ENTITIES = "http://www.opendatakit.org/xforms/entities";
const DATASET = "households";

interface Xml {
  parse(xml: string): Document;
  serialize(document: Document): string;
}

export interface Beginning {
  readonly household: Uuid;
  readonly visitedOn: Day;
  /** Answers by the name of their question, given only where the questionnaire has such a question without an answer. */
  readonly known: Readonly<Record<string, string>>;
}

/** What was filled in advance (or a blank) as a questionnaire of its own, of today. */
export function begun(xml: Xml, template: string, { household, visitedOn, known }: Beginning): string {
  const document = opened(xml, template);
  const root = rootOf(document)!;
  withoutEntity(root);
  say(instanceIdOf(root), `uuid:${randomId()}`);
  for (const [name, value] of Object.entries({ household_id: household, visit_date: visitedOn })) {
    const leaf = leafOf(root, name);
    if (leaf) say(leaf, value);
  }
  for (const [name, value] of Object.entries(known)) {
    const leaf = leafOf(root, name);
    if (leaf && !leaf.textContent?.trim()) say(leaf, value);
  }
  return written(xml, document);
}

/** As it is sent: with the household in its `meta`, so that it is taken in wherever the record has that household. */
export function finished(xml: Xml, instance: string, about: { household: Uuid; revision: number }): string {
  const document = opened(xml, instance);
  const root = rootOf(document)!;
  withoutEntity(root);
  const meta = named(root, "meta")[0]!;
  const entity = document.createElementNS(ENTITIES, "entity");
  entity.setAttribute("dataset", DATASET);
  entity.setAttribute("id", about.household);
  entity.setAttribute("update", "1");
  if (about.revision > 0) entity.setAttribute("baseVersion", String(about.revision));
  meta.append(entity);
  const leaf = leafOf(root, "household_id");
  if (leaf) say(leaf, about.household);
  return written(xml, document);
}

/** As it was before it was finished; the form itself knows of no entity. */
export function reopened(xml: Xml, instance: string): string {
  const document = opened(xml, instance);
  withoutEntity(rootOf(document)!);
  return written(xml, document);
}

function withoutEntity(root: Element): void {
  for (const meta of named(root, "meta")) for (const entity of named(meta, "entity")) entity.remove();
}

function opened(xml: Xml, text: string): Document {
  const document = xml.parse(text);
  const root = rootOf(document);
  if (!root || !nodeAt(root, ["meta", "instanceID"])) throw new BookError("not-whole");
  return document;
}

const instanceIdOf = (root: Element): Element => nodeAt(root, ["meta", "instanceID"])!;
const say = (leaf: Element, text: string): void => void (leaf.textContent = text);
const written = (xml: Xml, document: Document): string => xml.serialize(document).replace(/^<\?xml[^>]*\?>\s*/, "");

/** The first node of a name that has no nodes below, in the order of the questionnaire. */
function leafOf(root: Element, name: string): Element | null {
  const found = [...root.getElementsByTagNameNS("*", name)];
  return found.find((node) => !node.firstElementChild) ?? null;
}
