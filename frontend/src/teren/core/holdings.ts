/** The households that the device holds: the list of them, and each with what was written here laid over it. */
import type { Desk } from "./desk";
import type { DraftRow, HouseholdRow, HouseholdView, Item } from "./interface";
import { isUnsent, type IndexRow, type Kept } from "./kept";
import { blankBundle, overlaid } from "./overlay";
import { holds, textOf, wordsOf } from "./search";
import type { Bundle, Home, Reference, Uuid } from "../wire";

interface Listed {
  readonly row: HouseholdRow;
  readonly text: string;
}

export class Holdings {
  private listed: { edition: number; all: readonly Listed[] } | null = null;
  /** Of households of which nothing was written here. */
  private readonly untouched = new WeakMap<IndexRow, Listed>();

  constructor(private readonly desk: Desk) {}

  list(search = ""): HouseholdRow[] {
    const words = wordsOf(search);
    return this.all()
      .filter(({ text }) => holds(text, words))
      .map(({ row }) => row);
  }

  private all(): readonly Listed[] {
    const { edition } = this.desk;
    if (this.listed?.edition !== edition) this.listed = { edition, all: this.worked() };
    return this.listed.all;
  }

  private worked(): Listed[] {
    const entries = grouped(this.desk.entries.values(), ({ entry }) => entry.household);
    const drafts = grouped(this.desk.drafts.values(), ({ household }) => household);
    const ids = new Set([...this.desk.index.keys(), ...entries.keys()]);
    const all = [...ids].flatMap((id) => this.listedOf(id, entries.get(id) ?? [], drafts.get(id)?.length ?? 0) ?? []);
    return all.sort((one, other) => (one.text < other.text ? -1 : one.text > other.text ? 1 : 0));
  }

  private listedOf(id: Uuid, entries: readonly Kept[], drafts: number): Listed | null {
    const known = this.desk.index.get(id);
    const plain = known !== undefined && entries.length === 0 && drafts === 0 ? known : null;
    const before = plain && this.untouched.get(plain);
    if (before) return before;
    const row = this.rowOf(id, entries, drafts);
    const listed = row && { row, text: ` ${plain?.text ?? textOf(row)}` };
    if (plain && listed) this.untouched.set(plain, listed);
    return listed;
  }

  private rowOf(id: Uuid, entries: readonly Kept[], drafts: number): HouseholdRow | null {
    const known = this.desk.index.get(id);
    if (!known && !entries.some(({ entry }) => entry.kind === "household_new")) return null;
    const unsent = entries.filter(isUnsent).length;
    const row = known ?? indexRowOf(blankBundle(id), this.desk.reference, this.desk.enrolled.worker.id);
    const { mark: _mark, text: _text, ...held } = entries.length === 0 ? row : this.summed(row, entries);
    return { ...held, made: !known, unsent, drafts };
  }

  /** The row with what was written here; without opening the household. */
  private summed(row: IndexRow, entries: readonly Kept[]): IndexRow {
    const written = overlaid(blankBundle(row.id, unnamed), entries, this.desk.enrolled.worker);
    const name = written.home.name || row.name;
    const place = placeOf(written.home, this.desk.reference) || row.place;
    const met = written.members.map(({ familyName, givenName }) => `${familyName} ${givenName}`.trim());
    return { ...row, name, place, people: [...new Set([...row.people, ...met])] };
  }

  async view(id: Uuid, unsent: readonly Item[], drafts: readonly DraftRow[]): Promise<HouseholdView | null> {
    const bundle = await this.desk.bundle(id);
    const entries = this.desk.keptOf(id);
    if (!bundle && !entries.some(({ entry }) => entry.kind === "household_new")) return null;
    const home = overlaid(bundle ?? blankBundle(id), entries, this.desk.enrolled.worker);
    return {
      ...home,
      made: !bundle,
      gone: this.desk.index.get(id)?.gone ?? false,
      place: placeOf(home.home, this.desk.reference),
      unsent: unsent.filter(({ entry }) => entry.household === id),
      drafts: drafts.filter(({ household }) => household === id),
    };
  }
}

function grouped<T>(all: Iterable<T>, keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return groups;
}

const unnamed: Home = { name: "", siruta: 0, locality: "", address: "", phone: "", safeContact: "" };

export function placeOf({ locality, siruta }: Home, reference: Reference): string {
  return locality || (reference.places.find((place) => place.siruta === siruta)?.name ?? "");
}

/** What the list needs of a household. */
export function indexRowOf(bundle: Bundle, reference: Reference, worker: Uuid, gone = false): IndexRow {
  const deadlines = bundle.cases.flatMap((file) => file.deadlines);
  const next = bundle.visits?.find((visit) => visit.worker === worker) ?? null;
  const { name } = bundle.home;
  const place = placeOf(bundle.home, reference);
  const people = bundle.members.map(({ familyName, givenName }) => `${familyName} ${givenName}`.trim());
  return {
    id: bundle.id,
    mark: bundle.mark,
    name,
    place,
    people,
    text: textOf({ name, place, people }),
    due: deadlines.map(({ due }) => due).sort()[0] ?? null,
    overdue: deadlines.some(({ overdue }) => overdue),
    visit: next && { day: next.day, hour: next.hour },
    sealed: bundle.sealed,
    gone,
  };
}
