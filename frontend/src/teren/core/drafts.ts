/** Questionnaires that were begun here. Each stays on the version on which it was begun. */
import { digestOf, randomId, type Bytes } from "./bytes";
import type { Desk } from "./desk";
import { BookError } from "./errors";
import type { Findings } from "./findings";
import type { Draft, DraftFile, DraftRow, EntryOf, HeldPack } from "./interface";
import { fresh, isFixed, type Filled, type Kept, type KeptPack, type KeptParts } from "./kept";
import { begun, finished, reopened } from "./instance";
import { changeOf, momentOf, type Outbox } from "./outbox";
import { headerOf } from "./rows";
import type { Change } from "./shelf";
import type { Bundle, Entry, FileWords, FilledForm, Member, PackAddress, Uuid } from "../wire";

type Named = { readonly name: string; readonly version: string };

export class Drafts {
  constructor(
    private readonly desk: Desk,
    private readonly outbox: Outbox,
    private readonly findings: Findings,
  ) {}

  rows(household?: Uuid): DraftRow[] {
    return [...this.desk.drafts.values()]
      .filter((draft) => household === undefined || draft.household === household)
      .map(rowOf)
      .sort((one, other) => (one.savedAt < other.savedAt ? 1 : -1));
  }

  draft(id: Uuid): Draft | null {
    return this.desk.drafts.get(id) ?? null;
  }

  async pack({ name, version }: Named): Promise<HeldPack | null> {
    const held = this.heldOf(name, version);
    const parts = held && (await this.desk.shelf.get<KeptParts>("packs", held.id));
    return parts ? { address: held.address, ...parts } : null;
  }

  /** The version in use of a methodology. */
  async newest(name: string): Promise<HeldPack | null> {
    const newest = this.desk.packs.find(({ address, current }) => current && address.name === name);
    return newest ? this.pack(newest.address) : null;
  }

  /** Where a version is; its parts may be elsewhere even where they are not in the book. */
  addressOf({ name, version }: Named): PackAddress {
    const held = this.heldOf(name, version);
    if (!held) throw new BookError("no-pack");
    return held.address;
  }

  private heldOf(name: string, version: string): KeptPack | undefined {
    return this.desk.packs.find(({ address }) => address.name === name && address.version === version);
  }

  async begin(household: Uuid, name: string, about: Member | null = null): Promise<Draft> {
    const bundle = await this.desk.bundle(household);
    const person = about?.person ?? null;
    const template = await this.templateFor({ household, name, person }, bundle);
    const visitedOn = momentOf(this.desk.ports.now()).slice(0, 10);
    const entry = this.desk.keptOf(household).find((kept) => kept.entry.kind === "household_new")?.entry;
    const siruta = bundle?.home.siruta ?? (entry?.kind === "household_new" ? entry.body.siruta : 0);
    const known: Record<string, string> = siruta ? { uat_siruta: String(siruta) } : {};
    if (about) Object.assign(known, { member_id: about.person, birth_date: about.birthDate ?? "", sex: about.sex });
    const instance = begun(this.desk.ports, template.instance, { household, visitedOn, known });
    const last = person ? bundle?.others?.find((one) => one.pack === name && one.person === person) : bundle?.last;
    const begins = { household, person, pack: name, version: template.version, base: last?.id ?? null, amends: null };
    return this.started(begins, instance);
  }

  /** What was filled in advance, else what was filled here before (a household met on the way), else a blank. */
  private async templateFor(
    { household, name, person }: { household: Uuid; name: string; person: Uuid | null },
    bundle: Bundle | null,
  ): Promise<{ instance: string; version: string }> {
    const here = this.desk
      .keptOf(household)
      .flatMap(({ entry }) => (entry.kind === "assessment" && entry.body.pack === name ? [entry.body] : []))
      .filter((body) => (body.person ?? null) === person);
    const prefilled = bundle?.prefilled[person ? `${name}/${person}` : name];
    for (const instance of [prefilled, here.at(-1)?.instance]) {
      const version = instance && headerOf(this.desk.ports.parse(instance))?.version;
      if (version && this.heldOf(name, version)) return { instance, version };
    }
    const held = await this.newest(name);
    if (!held) throw new BookError("no-pack");
    return { instance: held.parts.blank, version: held.address.version };
  }

  async mend(id: Uuid): Promise<Draft> {
    const kept = this.desk.entries.get(id);
    if (kept?.entry.kind !== "assessment") throw new BookError("unknown");
    if (isFixed(kept)) throw new BookError("fixed");
    const open = [...this.desk.drafts.values()].find((draft) => draft.amends === id);
    const { instance, ...begins } = kept.entry.body;
    const { household } = kept.entry;
    return open ?? this.started({ ...begins, household, amends: id }, reopened(this.desk.ports, instance));
  }

  /** The same questionnaire with other answers, as long as it was not sent. */
  async amend(id: Uuid, body: FilledForm): Promise<Entry> {
    const household = this.desk.entries.get(id)?.entry.household;
    if (household === undefined) throw new BookError("unknown");
    const { pack: name, version } = body;
    await this.load({ name, version });
    const revision = (await this.desk.bundle(household))?.revision ?? 0;
    const instance = finished(this.desk.ports, body.instance, { household, revision });
    const filled = this.filled({ name, version }, instance, body.person);
    return this.outbox.amend<"assessment">(id, { ...body, instance }, filled);
  }

  /** Without the rules it is still taken in; the findings are then seen in the office alone. */
  private async load(pack: Named): Promise<void> {
    const held = this.heldOf(pack.name, pack.version);
    if (held) await this.findings.load(held.address).catch(() => undefined);
  }

  private started(
    begins: Pick<Draft, "household" | "person" | "pack" | "version" | "base" | "amends">,
    instance: string,
  ): Promise<Draft> {
    const savedAt = momentOf(this.desk.ports.now());
    const draft: Draft = {
      ...begins,
      id: randomId(),
      savedAt,
      answered: 0,
      asked: 0,
      instance,
      files: [],
    };
    return this.desk.turn(async () => {
      await this.store(draft);
      return draft;
    });
  }

  async save(id: Uuid, instance: string, progress?: { answered: number; asked: number }): Promise<DraftRow> {
    const savedAt = momentOf(this.desk.ports.now());
    // In memory first: what does not fit in the storage is still here, to be sent or exported.
    this.desk.drafts.set(id, { ...this.known(id), ...progress, instance, savedAt });
    return this.desk.turn(async () => {
      const draft = this.known(id);
      await this.store(draft);
      return rowOf(draft);
    });
  }

  addFile(id: Uuid, words: Omit<DraftFile, "id" | "size">, bytes: Bytes): Promise<DraftFile> {
    return this.desk.turn(async () => {
      const draft = this.known(id);
      const file: DraftFile = { ...words, id: randomId(), size: bytes.length };
      await this.store({ ...draft, files: [...draft.files, file] }, [{ store: "files", id: file.id, bytes }]);
      return file;
    });
  }

  dropFile(id: Uuid, file: Uuid): Promise<void> {
    return this.desk.turn(async () => {
      const draft = this.known(id);
      const files = draft.files.filter((one) => one.id !== file);
      await this.store({ ...draft, files }, [{ store: "files", id: file }]);
    });
  }

  async finish(id: Uuid, instance: string): Promise<EntryOf<"assessment">> {
    const { pack, version } = this.known(id);
    await this.load({ name: pack, version });
    return this.desk.turn(async () => this.ended(this.known(id), instance));
  }

  private async ended(draft: Draft, given: string): Promise<EntryOf<"assessment">> {
    const { pack, version, base, household, person } = draft;
    const revision = (await this.desk.bundle(household))?.revision ?? 0;
    const former = draft.amends === null ? undefined : this.desk.entries.get(draft.amends);
    const mends = former !== undefined && !isFixed(former);
    const own = draft.amends !== null && !mends ? this.renewed(given, household) : given;
    const instance = finished(this.desk.ports, own, { household, revision });
    const body: FilledForm = { pack, version, instance, base, ...(person ? { person } : {}) };
    const kept: Kept = mends
      ? { ...fresh({ ...former.entry, body } as Entry, former.order), amends: former.amends }
      : await this.outbox.begun("assessment", household, body, former ? [former.entry.id] : []);
    const assessment: Kept = { ...kept, filled: this.filled({ name: pack, version }, instance, person) };
    const { files, changes } = await this.filesOf(draft, instance, assessment.entry);
    const ends: Change[] = [
      { store: "drafts", id: draft.id },
      changeOf(assessment),
      ...changes,
      ...files.map(changeOf),
    ];
    await this.desk.commit(ends, () => {
      this.desk.drafts.delete(draft.id);
      for (const one of [assessment, ...files]) this.desk.entries.set(one.entry.id, one);
    });
    return assessment.entry as EntryOf<"assessment">;
  }

  private renewed(instance: string, household: Uuid): string {
    const document = this.desk.ports.parse(instance);
    const visitedOn = document.getElementsByTagNameNS("*", "visit_date")[0]?.textContent ?? "";
    return begun(this.desk.ports, instance, { household, visitedOn, known: {} });
  }

  /** A questionnaire about one person brings nobody. */
  private filled(pack: Named, instance: string, person: Uuid | null | undefined): Filled | null {
    const shown = this.findings.now(pack, instance, this.desk.enrolled.worker);
    if (!shown?.rows) return null;
    const { findings, notAssessed, scores, rows } = shown;
    return {
      findings,
      notAssessed,
      scores,
      members: person ? [] : rows.people,
      visitedOn: rows.visitedOn ?? momentOf(this.desk.ports.now()).slice(0, 10),
    };
  }

  /** The files that the instance still names become entries under their own identifiers; their bytes stay where they are. */
  private async filesOf(draft: Draft, instance: string, about: Entry): Promise<{ files: Kept[]; changes: Change[] }> {
    const isNamed = ({ name }: DraftFile): boolean => instance.includes(name);
    const changes = draft.files
      .filter((file) => !isNamed(file))
      .map((file): Change => ({ store: "files", id: file.id }));
    const files: Kept[] = [];
    for (const file of draft.files.filter(isNamed)) {
      const bytes = await this.desk.shelf.bytes("files", file.id);
      if (!bytes) continue;
      const words: FileWords = {
        about: about.id,
        what: file.what,
        type: file.type,
        caption: file.caption,
        size: bytes.length,
        digest: await digestOf(bytes),
      };
      const kept = await this.outbox.begun("file", draft.household, words, [about.id], file.id);
      files.push({ ...kept, order: this.desk.nextOrder() + 1 + files.length });
    }
    return { files, changes };
  }

  drop(id: Uuid): Promise<void> {
    return this.desk.turn(async () => {
      const draft = this.known(id);
      const changes: Change[] = [
        { store: "drafts", id },
        ...draft.files.map((file): Change => ({ store: "files", id: file.id })),
      ];
      await this.desk.commit(changes, () => this.desk.drafts.delete(id));
    });
  }

  private store(draft: Draft, more: readonly Change[] = []): Promise<void> {
    return this.desk.commit([{ store: "drafts", id: draft.id, value: draft }, ...more], () => this.keep(draft));
  }

  /** A save that came while this one was being stored is newer, and stays. */
  private keep(draft: Draft): void {
    const newer = this.desk.drafts.get(draft.id);
    const isNewer = newer !== undefined && newer.savedAt >= draft.savedAt && newer.instance !== draft.instance;
    this.desk.drafts.set(draft.id, isNewer ? { ...newer, files: draft.files } : draft);
  }

  private known(id: Uuid): Draft {
    const draft = this.desk.drafts.get(id);
    if (!draft) throw new BookError("unknown");
    return draft;
  }
}

function rowOf({ id, household, person, pack, version, savedAt, answered, asked }: Draft): DraftRow {
  return { id, household, person: person ?? null, pack, version, savedAt, answered, asked };
}
