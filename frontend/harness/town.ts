/** What the harness of the server tells of a town, and the hand of its office. */
import type { Enrolled, Given, Uuid } from "../src/teren/wire";

export interface TownHousehold {
  readonly id: Uuid;
  readonly cases: readonly Uuid[];
  readonly people: readonly Uuid[];
}

export type HouseholdName = "agreed" | "drafted" | "bare" | "lone";

export interface Town {
  readonly keeper: Uuid;
  readonly office: Uuid;
  readonly place: number;
  readonly other_place: number;
  readonly devices: Readonly<Record<"ana" | "bogdan", Enrolled>>;
  readonly households: Readonly<Record<HouseholdName, TownHousehold>>;
}

/** What the office did, as the verbs took it. */
export interface Deed {
  readonly what: string;
  readonly household: Uuid;
  readonly done: boolean;
  readonly told: Readonly<Record<string, unknown>>;
}

export class Office {
  readonly deeds: Deed[] = [];

  constructor(
    private readonly server: string,
    private readonly user: Uuid,
  ) {}

  async act(what: string, household: Uuid, more: Record<string, unknown> = {}): Promise<void> {
    const answer = await fetch(`${this.server}/harness/office/`, {
      method: "POST",
      body: JSON.stringify({ what, household, user: this.user, ...more }),
    });
    if (!answer.ok) throw new Error(`the office could not ${what}: ${answer.status} ${await answer.text()}`);
    this.deeds.push({ what, household, ...((await answer.json()) as { done: boolean; told: Record<string, unknown> }) });
  }
}

/** Everything that the server would give to a device that has nothing. */
export async function truth(server: string, enrolled: Enrolled, chosen: readonly Uuid[] | null): Promise<Given> {
  const have: Record<Uuid, string> = {};
  const households: Given["households"][number][] = [];
  for (;;) {
    const body = { application: "truth", packs: {}, unsent: 0, unsentBytes: 0, chosen, have, caseload: "", reference: "" };
    const answer = await fetch(`${server}/teren/api/date/`, {
      method: "POST",
      headers: { Authorization: `Bearer ${enrolled.username}.${enrolled.secret}`, "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`the server gave no truth: ${answer.status}`);
    const given = (await answer.json()) as Given;
    households.push(...given.households);
    for (const one of given.households) have[one.id] = one.mark;
    if (!given.more) return { ...given, households };
  }
}
