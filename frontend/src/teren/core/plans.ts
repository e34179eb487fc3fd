/** Plans that are drafted here, and changes of a household's own fields: worked out against what is known of both. */
import type { Desk } from "./desk";
import { BookError } from "./errors";
import type { Drafts } from "./drafts";
import type { HouseholdView } from "./interface";
import { isFixed, type Kept } from "./kept";
import { inOrder } from "./needs";
import { momentOf, type Outbox } from "./outbox";
import { extended, proposed } from "./proposals";
import { changed, differing, together } from "./successors";
import type {
  CaseFile,
  DraftedPlan,
  Entry,
  Found,
  Home,
  HouseholdChange,
  LastAssessment,
  Objective,
  PackParts,
  Uuid,
} from "../wire";

export class Plans {
  constructor(
    private readonly desk: Desk,
    private readonly outbox: Outbox,
    private readonly drafts: Drafts,
    private readonly view: (id: Uuid) => Promise<HouseholdView | null>,
  ) {}

  async propose(household: Uuid, caseId: Uuid): Promise<Objective[]> {
    const { home, file } = await this.fileOf(household, caseId);
    const common = {
      terms: this.desk.reference.terms,
      apart: file.person !== null,
      today: momentOf(this.desk.ports.now()).slice(0, 10),
    };
    const first = await this.calledFor(home.last, file);
    let objectives = proposed({ ...first, ...common, inForce: file.inForce });
    for (const other of home.others ?? []) {
      objectives = extended(objectives, { ...(await this.calledFor(other, file)), ...common });
    }
    return objectives;
  }

  /** What an assessment found of whom the case is about, with the package of its methodology. */
  private async calledFor(
    made: LastAssessment | null,
    { person: whose }: CaseFile,
  ): Promise<{ findings: readonly Found[]; parts: PackParts | null }> {
    const parts = made && (await this.drafts.newest(made.pack))?.parts;
    const findings = (made?.findings ?? []).filter(
      ({ person }) => whose === null || person === null || person === whose,
    );
    // What was taken along before packages had objectives is read no more.
    return { findings, parts: parts?.objectives ? parts : null };
  }

  async write(household: Uuid, caseId: Uuid, objectives: readonly Objective[], reason: string): Promise<Entry> {
    const former = this.lastOf(household, (kept) => kept.entry.kind === "plan" && kept.entry.body.case === caseId);
    if (former?.entry.kind === "plan" && former.state !== "done") {
      return this.outbox.amend<"plan">(former.entry.id, { ...former.entry.body, objectives, reason });
    }
    await this.fileOf(household, caseId);
    const onRecord = (await this.desk.bundle(household))?.cases.find(({ id }) => id === caseId);
    const draft = onRecord?.draft;
    const body: DraftedPlan = {
      case: caseId,
      base: draft ? { plan: draft.id, revision: draft.revision } : null,
      inForce: onRecord?.inForce?.id ?? null,
      reason,
      objectives,
    };
    return this.outbox.write("plan", household, body);
  }

  async changeHome(household: Uuid, fields: Partial<Home>): Promise<Entry | null> {
    const home = await this.view(household);
    if (!home) throw new BookError("unknown");
    const former = this.lastOf(
      household,
      ({ entry }) => entry.kind === "household_new" || entry.kind === "household_change",
    );
    const differs = differing(home.home, fields);
    if (Object.keys(differs).length === 0) return null;
    if (former && !isFixed(former)) return this.joined(former.entry, differs);
    return this.outbox.write("household_change", household, { revision: home.revision, fields: differs });
  }

  private joined(former: Entry, differs: HouseholdChange["fields"]): Promise<Entry> {
    if (former.kind === "household_new")
      return this.outbox.amend<"household_new">(former.id, changed(former.body, differs));
    if (former.kind !== "household_change") throw new BookError("unknown");
    const fields = together(former.body.fields, differs);
    return this.outbox.amend<"household_change">(former.id, { ...former.body, fields });
  }

  private lastOf(household: Uuid, is: (kept: Kept) => boolean): Kept | undefined {
    return inOrder(this.desk.entries).findLast((kept) => kept.entry.household === household && is(kept));
  }

  private async fileOf(household: Uuid, caseId: Uuid): Promise<{ home: HouseholdView; file: CaseFile }> {
    const home = await this.view(household);
    const file = home?.cases.find(({ id }) => id === caseId);
    if (!home || !file) throw new BookError("unknown");
    return { home, file };
  }
}
