/** What is new in the record comes down, page by page; each page is kept whole or not at all. */
import { randomId } from "./bytes";
import type { Desk } from "./desk";
import { indexRowOf } from "./holdings";
import { isUnsent, SHEET, type IndexRow, type KeptPack } from "./kept";
import { NoSignal, Trouble, type Line } from "./line";
import { blankBundle, overlaid } from "./overlay";
import type { Tally } from "./pushing";
import type { Change } from "./shelf";
import type { Asked, Bundle, Given, PackAddress, PackParts, Uuid } from "../wire";

const PATH = "/teren/api/date/";

export async function pull(desk: Desk, line: Line, application: string, tally: Tally, tell: () => void): Promise<void> {
  // What is on record by now is in what comes down; what is taken up meanwhile may not be.
  const done = new Set([...desk.entries.values()].filter((kept) => !isUnsent(kept)).map(({ entry }) => entry.id));
  for (let more = true; more;) {
    const given = checked(await line.post<Given>(PATH, askedOf(desk, application)));
    await desk.turn(() => keepPage(desk, given, done));
    tally.received += given.households.length;
    tell();
    await takePacks(desk, line, given.packs).catch((error: unknown) => {
      if (!(error instanceof NoSignal)) throw error;
      tally.partial = true;
    });
    more = given.more;
    if (more && given.households.length + given.gone.length === 0) throw new Trouble(200);
    if (!more) await desk.turn(() => finish(desk, given, done));
  }
  // So that the browser has the rules before the signal is gone; they are asked for again at each exchange.
  const current = desk.packs.filter((pack) => pack.current);
  await Promise.allSettled(current.map(({ address }) => desk.ports.rules(address.rules)));
}

function askedOf(desk: Desk, application: string): Asked {
  const unsent = [...desk.entries.values()].filter(isUnsent);
  const packs = desk.packs.filter(({ current }) => current).map(({ address }) => [address.name, address.version]);
  return {
    application,
    packs: Object.fromEntries(packs),
    unsent: unsent.length,
    unsentBytes: unsent.reduce((sum, { entry }) => sum + (entry.kind === "file" ? entry.body.size : 0), 0),
    chosen: desk.settings.chosen,
    have: Object.fromEntries([...desk.index.values()].map(({ id, mark }) => [id, mark])),
    caseload: desk.caseload.mark,
    reference: desk.reference.mark,
    whole: desk.settings.whole ?? "",
  };
}

function checked(given: Given | null): Given {
  const lists = [given?.households, given?.gone, given?.packs];
  if (!given || !given.worker || typeof given.more !== "boolean" || !lists.every(Array.isArray)) throw new Trouble(200);
  return given;
}

async function keepPage(desk: Desk, given: Given, done: ReadonlySet<Uuid>): Promise<void> {
  const reference = given.reference ?? desk.reference;
  const caseload = given.caseload ?? desk.caseload;
  const enrolled = { ...desk.enrolled, worker: given.worker };
  const index = new Map(desk.index);
  for (const bundle of given.households) index.set(bundle.id, indexRowOf(bundle, reference, given.worker.id));
  const { dropped, kept } = await sorted(desk, given.gone);
  for (const id of dropped) index.delete(id);
  for (const row of kept) index.set(row.id, { ...row, gone: true });
  const came = new Set(given.households.map(({ id }) => id));
  const shown = [...done].filter((id) => came.has(desk.entries.get(id)?.entry.household ?? ""));
  const changes: Change[] = [
    ...given.households.map((bundle): Change => ({ store: "households", id: bundle.id, value: bundle })),
    ...dropped.map((id): Change => ({ store: "households", id })),
    ...shown.map((id): Change => ({ store: "entries", id })),
    ...(given.households.length + given.gone.length > 0 ? [indexChange(index)] : []),
    ...(given.caseload ? [{ store: "sheets", id: SHEET.caseload, value: caseload } as const] : []),
    ...(given.reference ? [{ store: "sheets", id: SHEET.reference, value: reference } as const] : []),
    { store: "sheets", id: SHEET.enrolled, value: enrolled },
  ];
  await desk.commit(changes, () => {
    Object.assign(desk, { reference, caseload, enrolled });
    for (const id of shown) desk.entries.delete(id);
    for (const id of dropped) desk.bundles.delete(id);
    for (const bundle of given.households) desk.bundles.set(bundle.id, bundle);
    replace(desk, index);
  });
}

const indexChange = (index: ReadonlyMap<Uuid, IndexRow>): Change => ({
  store: "sheets",
  id: SHEET.index,
  value: [...index.values()],
});

function replace(desk: Desk, index: ReadonlyMap<Uuid, IndexRow>): void {
  desk.index.clear();
  for (const [id, row] of index) desk.index.set(id, row);
}

/** Households that are no longer to be here: those that can go, and those about which something is still unsent. */
async function sorted(desk: Desk, gone: readonly Uuid[]): Promise<{ dropped: Uuid[]; kept: IndexRow[] }> {
  const dropped: Uuid[] = [];
  const kept: IndexRow[] = [];
  for (const id of gone) {
    const row = desk.index.get(id);
    if (row && (await isBusy(desk, id))) kept.push(row);
    else dropped.push(id);
  }
  return { dropped, kept };
}

async function isBusy(desk: Desk, id: Uuid): Promise<boolean> {
  if (desk.keptOf(id).some(isUnsent)) return true;
  if ([...desk.drafts.values()].some(({ household }) => household === id)) return true;
  const jots = Object.keys(desk.jots);
  const about = jots.length === 0 ? [] : [id, ...((await desk.bundle(id))?.cases.map((file) => file.id) ?? [])];
  return about.some((key) => jots.some((jot) => jot.includes(key)));
}

/** The whole exchange has ended: what went up has come down again, and need not be shown from here. */
async function finish(desk: Desk, given: Given, done: ReadonlySet<Uuid>): Promise<void> {
  const ended = [...done].filter((id) => desk.entries.has(id));
  const stranded = strandedBy(desk, new Set(ended));
  const index = new Map(desk.index);
  for (const bundle of stranded) index.set(bundle.id, indexRowOf(bundle, desk.reference, desk.enrolled.worker.id, true));
  const settings = { ...desk.settings, lastSync: given.now, whole: given.whole ?? "" };
  const packs = desk.packs.filter((pack) => pack.current || isUsed(desk, pack.address));
  const forgotten = desk.packs.filter((pack) => !packs.includes(pack));
  const changes: Change[] = [
    { store: "sheets", id: SHEET.settings, value: settings },
    ...ended.map((id): Change => ({ store: "entries", id })),
    ...stranded.map((bundle): Change => ({ store: "households", id: bundle.id, value: bundle })),
    ...(stranded.length > 0 ? [indexChange(index)] : []),
    ...forgotten.map(({ id }): Change => ({ store: "packs", id })),
    ...(forgotten.length > 0 ? [{ store: "sheets", id: SHEET.packs, value: packs } as const] : []),
  ];
  await desk.commitOrGoOn(changes, () => {
    Object.assign(desk, { settings, packs });
    for (const id of ended) desk.entries.delete(id);
    for (const bundle of stranded) desk.bundles.set(bundle.id, bundle);
    replace(desk, index);
  });
}

/** Households begun here that are on record and did not come down, with something about them that is still only here. */
function strandedBy(desk: Desk, ended: ReadonlySet<Uuid>): Bundle[] {
  const begun = [...desk.entries.values()].filter(({ entry }) => entry.kind === "household_new" && ended.has(entry.id));
  const lost = begun.map(({ entry }) => entry.household).filter((id) => !desk.index.has(id));
  return lost.flatMap((id) => {
    const entries = desk.keptOf(id);
    const needed = entries.some(isUnsent) || [...desk.drafts.values()].some(({ household }) => household === id);
    return needed
      ? [
          overlaid(
            blankBundle(id),
            entries.filter((kept) => ended.has(kept.entry.id)),
            desk.enrolled.worker,
          ),
        ]
      : [];
  });
}

function isUsed(desk: Desk, { name, version }: PackAddress): boolean {
  return [...desk.drafts.values()].some((draft) => draft.pack === name && draft.version === version);
}

async function takePacks(desk: Desk, line: Line, addresses: readonly PackAddress[]): Promise<void> {
  for (const address of addresses) {
    const held = desk.packs.find(
      (pack) => pack.address.name === address.name && pack.address.version === address.version,
    );
    const fetched = held ? null : await Promise.all([formAt(line, address.form), partsAt(line, address.parts)]);
    await desk.turn(async () => {
      const newest: KeptPack = { id: held?.id ?? randomId(), address, current: true };
      const others = desk.packs.filter(({ id }) => id !== newest.id);
      const packs = [
        ...others.map((pack) => (pack.address.name === address.name ? { ...pack, current: false } : pack)),
        newest,
      ];
      const changes: Change[] = [{ store: "sheets", id: SHEET.packs, value: packs }];
      if (fetched) changes.push({ store: "packs", id: newest.id, value: { form: fetched[0], parts: fetched[1] } });
      await desk.commit(changes, () => (desk.packs = packs));
    });
  }
}

/** A sign-in page of somebody else's is not a form. */
async function formAt(line: Line, address: string): Promise<string> {
  const text = await line.text(address);
  if (!text.includes("http://www.w3.org/2002/xforms")) throw new NoSignal();
  return text;
}

async function partsAt(line: Line, address: string): Promise<PackParts> {
  try {
    const parts = JSON.parse(await line.text(address)) as PackParts;
    if (parts && parts.blank && parts.services && parts.objectives) return parts;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new NoSignal();
}
