/** What a worker may write at a door, drawn by lot; values come from small pools so that hands meet on the same fields. */
import type { Book, HouseholdView } from "../src/teren/core";
import type { CaseFile, DraftedPlan, Entry, Home, Intervention, Objective, Uuid } from "../src/teren/wire";
import type { RegisterDeed } from "../src/teren/wire-registers";
import type { Lot } from "./random";
import type { Tablet } from "./tablet";

export const POOLS = {
  name: ["Dinu", "Pop", "Dinu-Pop", "Șerban"],
  locality: ["Valea Mică", "Valea Mare", ""],
  address: ["Str. Morii 1", "Str. Morii 2", "Str. Morii 3", "Str. Fântânii nr. 12"],
  phone: ["0740 000 001", "0740 000 002", "0740 000 003", ""],
  safeContact: ["Doar dimineața", "Prin vecină", ""],
} as const;

const EVENTS = "household_event";

type Pooled = keyof typeof POOLS;

export function someFields(lot: Lot, otherPlace: number): Partial<Home> {
  const names = (Object.keys(POOLS) as Pooled[]).filter(() => lot.chance(0.45));
  const fields: Record<string, string | number> = {};
  for (const name of names.length > 0 ? names : (["phone"] as const)) fields[name] = lot.of<string>(POOLS[name]);
  if (lot.chance(0.08)) fields["siruta"] = otherPlace;
  return fields;
}

/** What was meant to be written, so that a test can tell it anywhere. */
export class Pen {
  private count = 0;

  constructor(
    private readonly lot: Lot,
    private readonly sign: string,
    private readonly otherPlace: number,
  ) {}

  mark(): string {
    this.count += 1;
    return `${this.sign}#${this.count}`;
  }

  letters(): string {
    const made = Array.from({ length: 9 }, () => String.fromCodePoint(97 + this.lot.below(26))).join("");
    return made.charAt(0).toUpperCase() + made.slice(1);
  }

  async change(tablet: Tablet, view: HouseholdView): Promise<void> {
    const entry = await tablet.book.changeHome(view.id, someFields(this.lot, this.otherPlace));
    if (entry) tablet.remember(entry, depends(tablet, entry));
  }

  async intervene(tablet: Tablet, view: HouseholdView, file: CaseFile): Promise<void> {
    const entry = await tablet.book.write("intervention", view.id, this.visit(file));
    tablet.remember(entry, depends(tablet, entry));
  }

  visit(file: { readonly id: Uuid }): Intervention {
    const at = new Date(Date.now() - this.lot.between(1, 600) * 60_000).toISOString();
    const mode = this.lot.of(["home_visit", "phone", "other"]);
    const note = `Vizită ${this.mark()}`;
    return {
      case: file.id,
      mode,
      code: "",
      at,
      minutes: this.lot.between(5, 90),
      person: null,
      step: null,
      metFamily: true,
      compartment: "general",
      note,
    };
  }

  /** Refused by the server as long as tomorrow has not come. */
  async interveneTomorrow(tablet: Tablet, view: HouseholdView, file: CaseFile): Promise<void> {
    const at = new Date(Date.now() + 30 * 3_600_000).toISOString();
    const entry = await tablet.book.write("intervention", view.id, { ...this.visit(file), at });
    tablet.remember(entry, true);
  }

  async photograph(tablet: Tablet, view: HouseholdView): Promise<void> {
    const about = this.lot.chance(0.4) ? this.something(tablet, view) : null;
    const size = this.lot.chance(0.04) ? this.lot.between(270_000, 600_000) : this.lot.between(200, 6_000);
    const bytes = this.lot.bytes(size);
    bytes.set([0xff, 0xd8, 0xff, 0xe0]);
    const words = { about, what: "photo", type: "image/jpeg", caption: `Poză ${this.mark()}` } as const;
    const entry = await tablet.book.addFile(view.id, words, bytes);
    tablet.files.set(entry.id, bytes);
    tablet.remember(entry, depends(tablet, entry) || (about !== null && tablet.remembered.get(about)?.refusable === true));
  }

  /** An event of the household is written down, or one that is known there is corrected. */
  async entry(tablet: Tablet, view: HouseholdView): Promise<void> {
    const form = tablet.book.reference.registers?.find(({ key }) => key === EVENTS);
    if (!form || !view.registers?.about.some(({ id, writes }) => id === view.id && writes.includes(EVENTS))) return;
    const known = view.registers.entries.filter(({ register, about }) => register === EVENTS && about === view.id);
    const corrected = known.length > 0 && this.lot.chance(0.6) ? this.lot.of(known) : null;
    const day = corrected?.start ?? new Date(Date.now() - this.lot.between(2, 60) * 86_400_000).toISOString().slice(0, 10);
    const body: RegisterDeed = {
      do: corrected ? "correct" : "add",
      register: EVENTS,
      digest: form.digest,
      entry: corrected?.id ?? null,
      person: null,
      case: null,
      revision: corrected?.revision ?? 0,
      move: "",
      state: form.begins[0]!,
      start: day,
      last: day,
      values: { kind: "damage", note: `Pagubă ${this.mark()}` },
      why: corrected ? "Scris greșit" : "",
      confirmed: false,
    };
    const entry = await tablet.book.write("register", view.id, body);
    tablet.remember(entry, depends(tablet, entry));
  }

  private something(tablet: Tablet, view: HouseholdView): Uuid | null {
    const own = [...tablet.remembered.values()].filter(
      (one) => one.household === view.id && one.kind === "intervention" && !one.dropped,
    );
    return own.length > 0 ? this.lot.of(own).id : null;
  }

  async assess(tablet: Tablet, view: HouseholdView, pack: string): Promise<void> {
    const draft = await tablet.book.beginDraft(view.id, pack);
    const filled = this.filled(draft.instance, view);
    await tablet.book.saveDraft(draft.id, filled);
    if (this.lot.chance(0.15)) return;
    const entry = await tablet.book.finishDraft(draft.id, filled);
    tablet.remember(entry, depends(tablet, entry));
  }

  /** The answers of one visit: the questionnaire itself is somebody else's test. */
  filled(instance: string, view: HouseholdView): string {
    const put = (text: string, name: string, value: string): string =>
      text.replace(new RegExp(`<${name}\\s*/>|<${name}>[^<]*</${name}>`), `<${name}>${value}</${name}>`);
    let filled = put(instance, "rooms", String(this.lot.between(1, 6)));
    filled = put(filled, "visit_date", new Date().toISOString().slice(0, 10));
    if (view.members.length > 0 || !/<family_name\s*\/>/.test(filled)) return filled;
    filled = put(put(filled, "member_id", this.lot.uuid()), "family_name", this.letters());
    return put(put(filled, "given_name", this.letters()), "birth_date", `19${this.lot.between(50, 99)}-03-0${this.lot.between(1, 9)}`);
  }

  async plan(tablet: Tablet, view: HouseholdView, file: CaseFile): Promise<void> {
    const entry = await tablet.book.write("plan", view.id, this.drafted(view, file));
    tablet.remember(entry, depends(tablet, entry));
  }

  private drafted(view: HouseholdView, file: CaseFile): DraftedPlan {
    const known: readonly Objective[] = file.draft?.objectives ?? [];
    const step = { id: null, text: "Pas", service: "", interventions: [], referTo: [], worker: null, due: null, done: null };
    const added: Objective = {
      id: null,
      person: this.lot.chance(0.3) ? (view.members[0]?.person ?? null) : null,
      text: `Obiectiv ${this.mark()}`,
      codes: [],
      compartment: "general",
      due: null,
      progress: "not_started",
      steps: this.lot.chance(0.5) ? [step] : [],
    };
    const kept = known.filter(() => this.lot.chance(0.85));
    const base = file.draft ? { plan: file.draft.id, revision: file.draft.revision } : null;
    return { case: file.id, base, inForce: file.inForce?.id ?? null, reason: "După vizită", objectives: [...kept, added] };
  }

  async openCase(tablet: Tablet, view: HouseholdView): Promise<void> {
    const body = { case: crypto.randomUUID(), person: null, regime: "standard", reason: `Caz ${this.mark()}` };
    const entry = await tablet.book.write("case_open", view.id, body);
    tablet.remember(entry, !view.made || depends(tablet, entry));
  }

  async newFamily(tablet: Tablet, place: number, bad: boolean): Promise<void> {
    const home = {
      name: bad ? "" : this.letters(),
      siruta: place,
      locality: "Valea Mică",
      address: "Str. Nouă 1",
      phone: "",
      safeContact: "",
    };
    const entry = await tablet.book.newHousehold(home);
    tablet.remember(entry, bad);
  }
}

/** Whether an entry needs one that may be refused. */
export function depends(tablet: Tablet, entry: Entry): boolean {
  return entry.after.some((one) => tablet.remembered.get(one)?.refusable ?? false);
}

export async function viewOf(book: Book, lot: Lot): Promise<HouseholdView | null> {
  const rows = book.households();
  return rows.length > 0 ? book.household(lot.of(rows).id) : null;
}
