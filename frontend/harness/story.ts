/** One random schedule: two tablets, their lines and an office, until the air is calm again and all have synced. */
import { createHash } from "node:crypto";
import { BookError, type HouseholdView } from "../src/teren/core";
import type { Bundle, Enrolled, Uuid } from "../src/teren/wire";
import { depends, Pen, someFields, viewOf } from "./doings";
import { Line, type Fault, type Proxy } from "./proxy";
import { Lot } from "./random";
import { Tablet, type Remembered, type Surroundings } from "./tablet";
import { Office, truth, type Deed, type Town, type TownHousehold } from "./town";

const PACK = "sci";

const STEPS = {
  change: 20,
  intervene: 13,
  assess: 6,
  plan: 9,
  photograph: 6,
  entry: 12,
  newFamily: 4,
  openCase: 5,
  tomorrow: 3,
  mend: 5,
  sync: 10,
  syncMeanwhile: 10,
  kill: 4,
  killWhileSyncing: 5,
  killWhileWriting: 3,
  lock: 2,
  office: 26,
} as const;

const OFFICE = { change: 12, correct: 5, assess: 4, intervene: 1, draft: 4, edit: 4, adopt: 2, discard: 1, open: 1 } as const;

/** What is known at the end, for the judge. */
export interface Told {
  readonly seed: string;
  readonly town: number;
  readonly trouble: readonly string[];
  readonly tablets: readonly {
    readonly name: string;
    readonly device: Uuid;
    readonly kills: number;
    readonly faults: Partial<Record<Fault, number>>;
    readonly entries: readonly (Remembered & { readonly standing: string; readonly message: string })[];
    readonly files: Readonly<Record<Uuid, string>>;
  }[];
  readonly deeds: readonly Deed[];
  readonly steps: readonly string[];
}

export interface Stage {
  readonly server: string;
  readonly proxy: Proxy;
  readonly proxied: string;
  readonly surroundings: Omit<Surroundings, "base">;
}

export class Story {
  private readonly lot: Lot;
  /** The household that everybody comes back to that day, so that hands meet. */
  private readonly favourite: TownHousehold;
  private readonly tablets: Tablet[] = [];
  private readonly pens = new Map<Tablet, Pen>();
  private readonly office: Office;
  private readonly meanwhile: Promise<unknown>[] = [];
  private readonly trouble: string[] = [];
  private readonly steps: string[] = [];

  constructor(
    private readonly seed: string,
    private readonly number: number,
    private readonly town: Town,
    private readonly stage: Stage,
  ) {
    this.lot = new Lot(seed);
    this.favourite = this.lot.of(Object.values<TownHousehold>(town.households));
    this.office = new Office(stage.server, town.office);
    for (const [name, enrolled] of Object.entries<Enrolled>(town.devices)) {
      const line = new Line(`${seed}/${name}`);
      const wire = `${number}-${name}`;
      stage.proxy.lay(wire, line);
      const tablet = new Tablet(name, enrolled, line, { ...stage.surroundings, base: `${stage.proxied}/${wire}` });
      this.tablets.push(tablet);
      this.pens.set(tablet, new Pen(new Lot(`${seed}/${name}/pen`), `${seed}/${name}`, town.other_place));
    }
  }

  async play(): Promise<Told> {
    try {
      await this.begin();
      for (let left = this.lot.between(8, 18); left > 0; left -= 1) await this.step();
      await this.calm();
      await this.compare();
    } catch (error) {
      this.trouble.push(said(error));
    }
    for (const tablet of this.tablets) tablet.kill();
    for (const name of Object.keys(this.town.devices)) this.stage.proxy.takeUp(`${this.number}-${name}`);
    return this.told();
  }

  /** Most days begin with a whole list; some begin on the road. */
  private async begin(): Promise<void> {
    for (const tablet of this.tablets) {
      await tablet.boot();
      tablet.line.calm = this.lot.chance(0.7);
      await tablet.sync();
      tablet.line.calm = false;
    }
  }

  private async step(): Promise<void> {
    const kind = this.lot.weighed(STEPS);
    const tablet = this.lot.of(this.tablets);
    this.steps.push(kind === "office" ? kind : `${tablet.name}: ${kind}`);
    if (!tablet.on) await tablet.boot();
    switch (kind) {
      case "office":
        return this.bySide(this.officeActs(), 0.4);
      case "sync":
        return void (await tablet.sync());
      case "syncMeanwhile":
        return this.bySide(tablet.sync(), 1);
      case "kill":
        return tablet.kill();
      case "killWhileSyncing": {
        void tablet.sync().catch(() => undefined);
        await tablet.line.pause(40);
        return tablet.kill();
      }
      case "killWhileWriting": {
        const view = await viewOf(tablet.book, this.lot);
        const file = view?.cases[0];
        if (view && file) void tablet.book.write("intervention", view.id, this.pen(tablet).visit(file)).catch(() => undefined);
        for (let turns = this.lot.below(12); turns > 0; turns -= 1) await new Promise((resolve) => setImmediate(resolve));
        return tablet.kill();
      }
      case "lock":
        return tablet.lockAndUnlock();
      case "mend":
        return this.mend(tablet);
      default:
        return this.write(tablet, kind);
    }
  }

  private pen(tablet: Tablet): Pen {
    return this.pens.get(tablet)!;
  }

  private async bySide(work: Promise<unknown>, chance: number): Promise<void> {
    if (!this.lot.chance(chance)) return void (await work);
    this.meanwhile.push(work.catch((error: unknown) => this.trouble.push(said(error))));
  }

  private async write(tablet: Tablet, kind: string): Promise<void> {
    const pen = this.pen(tablet);
    if (kind === "newFamily") return pen.newFamily(tablet, this.town.place, this.lot.chance(0.15));
    const known = this.lot.chance(0.6) ? await tablet.book.household(this.favourite.id) : null;
    const view = known ?? (await viewOf(tablet.book, this.lot));
    if (!view) return;
    if (kind === "change") return pen.change(tablet, view);
    if (kind === "photograph") return pen.photograph(tablet, view);
    if (kind === "entry") return pen.entry(tablet, view);
    if (kind === "assess") {
      // Of several packs the line may have brought another first.
      return tablet.book.packs().some(({ name }) => name === PACK) ? pen.assess(tablet, view, PACK) : undefined;
    }
    if (kind === "openCase") {
      return view.cases.some((one) => one.person === null) ? undefined : pen.openCase(tablet, view);
    }
    if (view.cases.length === 0) return;
    const file = this.lot.of(view.cases);
    if (kind === "intervene") return pen.intervene(tablet, view, file);
    if (kind === "tomorrow") return pen.interveneTomorrow(tablet, view, file);
    if (kind === "plan") return pen.plan(tablet, view, file);
  }

  /** What was refused is mended, tried again or dropped; what was not sent yet is written anew. */
  private async mend(tablet: Tablet): Promise<void> {
    const unsent = tablet.book.unsent();
    if (unsent.length === 0) return;
    const item = this.lot.of(unsent);
    const known = tablet.remembered.get(item.entry.id)!;
    const choice = this.lot.of(["amend", "amend", "retry", "drop"] as const);
    try {
      if (choice === "drop" && item.status === "refused") {
        await tablet.book.drop(item.entry.id);
        known.dropped = true;
      } else if (choice === "retry" && item.status === "refused") {
        await tablet.book.retry(item.entry.id);
      } else if (item.entry.kind === "intervention") {
        const body = { ...this.pen(tablet).visit({ id: item.entry.body.case }) };
        const entry = await tablet.book.amend<"intervention">(item.entry.id, body);
        tablet.remember(entry, depends(tablet, entry)).refusable = depends(tablet, entry);
      } else if (item.entry.kind === "household_new") {
        const entry = await tablet.book.amend<"household_new">(item.entry.id, { ...item.entry.body, name: this.pen(tablet).letters() });
        tablet.remember(entry, false).refusable = false;
      }
    } catch (error) {
      if (!(error instanceof BookError)) throw error;
    }
  }

  private async officeActs(): Promise<void> {
    const what = this.lot.weighed(OFFICE);
    const home = this.lot.chance(0.75) ? this.favourite : this.lot.of(Object.values(this.town.households));
    const mark = `${this.seed}/office#${this.steps.length}`;
    const place = this.town.other_place;
    if (what === "change") return this.office.act(what, home.id, { fields: someFields(this.lot, place), delay: this.lot.below(15) });
    return this.office.act(what, home.id, { case: this.lot.of(home.cases), mark, rooms: this.lot.between(1, 6) });
  }

  /** The network is whole again: what still travels arrives, and everybody syncs until nothing moves. */
  private async calm(): Promise<void> {
    for (const tablet of this.tablets) tablet.line.calm = true;
    await Promise.all(this.meanwhile);
    for (const tablet of this.tablets) if (!tablet.on) await tablet.boot();
    await this.settle();
    let mended = false;
    for (const tablet of this.tablets) {
      mended ||= tablet.book.unsent().length > 0;
      for (const _ of tablet.book.unsent()) if (this.lot.chance(0.5)) await this.mend(tablet);
      if (this.lot.chance(0.3)) {
        tablet.kill();
        await tablet.boot();
      }
    }
    if (mended) await this.settle();
  }

  /** Twice each: whoever came first has not seen what the second brought. */
  private async settle(): Promise<void> {
    for (const tablet of this.tablets) await tablet.line.settle();
    let brought = 0;
    for (const tablet of this.tablets) brought = await this.exchange(tablet);
    if (brought > 0) await this.exchange(this.tablets[0]!);
  }

  private async exchange(tablet: Tablet): Promise<number> {
    const { kind, message, applied } = (await tablet.sync())!;
    if (kind !== "done") throw new Error(`${tablet.name}: in calm air the exchange ended ${kind}: ${message}`);
    return applied;
  }

  /** What a tablet holds beside what the server would give to an empty one; one of the two, whichever the lot says. */
  private async compare(): Promise<void> {
    for (const tablet of [this.lot.of(this.tablets)]) {
      const { book, name } = tablet;
      const given = await truth(this.stage.server, tablet.enrolled, book.settings.chosen);
      const pending = new Set(book.unsent().map((item) => item.entry.household));
      const rows = book.households().filter((row) => !row.gone && !row.made);
      const held = new Set(rows.map((row) => row.id));
      for (const bundle of given.households) {
        if (!held.has(bundle.id)) this.trouble.push(`${name} lacks the household ${bundle.id}`);
        else if (!pending.has(bundle.id)) this.same(name, bundle, (await book.household(bundle.id))!);
      }
      const there = new Set(given.households.map((bundle) => bundle.id));
      for (const row of rows) if (!there.has(row.id)) this.trouble.push(`${name} holds ${row.id}, which is not its own`);
    }
  }

  private same(name: string, bundle: Bundle, view: HouseholdView): void {
    for (const part of Object.keys(bundle) as (keyof Bundle)[]) {
      if (part === "prefilled") continue;
      const ours = stable(view[part]);
      const theirs = stable(bundle[part]);
      if (ours !== theirs) this.trouble.push(`${name}: ${part} of ${bundle.id} is\n  ${ours}\nand on the server\n  ${theirs}`);
    }
  }

  private told(): Told {
    const tablets = this.tablets.map((tablet) => {
      const standing = new Map(tablet.ended.map((item) => [item.entry.id, item]));
      const entries = [...tablet.remembered.values()].map((one) => {
        const item = standing.get(one.id);
        return { ...one, standing: item?.status ?? "gone", message: item?.message ?? "" };
      });
      const files = Object.fromEntries([...tablet.files].map(([id, bytes]) => [id, digest(bytes)]));
      const { name, kills, line, enrolled } = tablet;
      return { name, device: enrolled.device, kills, faults: line.told, entries, files };
    });
    const { seed, number, trouble, steps } = this;
    return { seed, town: number, trouble, tablets, deeds: this.office.deeds, steps };
  }
}

function said(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** JSON with the names in order. */
function stable(value: unknown): string {
  return JSON.stringify(value, (_name, one: unknown) =>
    one && typeof one === "object" && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([left], [right]) => (left < right ? -1 : 1)))
      : one,
  );
}

function digest(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
