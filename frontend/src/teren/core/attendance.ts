/** The attendance of meetings: what was tapped here laid over the list that came down, and what of it goes up. */
import type { Desk } from "./desk";
import type { Meetings, MeetingView } from "./interface";
import { isFixed, type Kept } from "./kept";
import type { Outbox } from "./outbox";
import type { Entry, Uuid } from "../wire";
import type { Attendance, GroupMeeting, OnList, PresenceState } from "../wire-groups";

type Written = Kept & { readonly entry: Extract<Entry, { kind: "attendance" }> };

const NOTHING: Attendance = { marks: [], walkIns: [], counted: null, countedBefore: null };
const WAS_THERE: ReadonlySet<string> = new Set<PresenceState>(["present", "late", "left_early"]);

export class Attendances implements Meetings {
  constructor(
    private readonly desk: Desk,
    private readonly outbox: Outbox,
  ) {}

  all(): MeetingView[] {
    return (this.desk.reference.meetings ?? []).map((meeting) => this.laid(meeting));
  }

  one(id: Uuid): MeetingView | null {
    const known = this.desk.reference.meetings?.find((meeting) => meeting.id === id);
    return known ? this.laid(known) : null;
  }

  private written(meeting: Uuid): Written[] {
    return this.desk
      .keptOf(meeting)
      .filter((kept): kept is Written => kept.entry.kind === "attendance")
      .sort((one, other) => one.order - other.order);
  }

  private laid(meeting: GroupMeeting): MeetingView {
    const kept = this.written(meeting.id);
    const said = kept.map(({ entry }) => entry.body).reduce(together, NOTHING);
    const marks = new Map(said.marks.map(({ person, state }) => [person, state]));
    const people = meeting.people.map((one): OnList => ({ ...one, state: marks.get(one.key) ?? one.state }));
    // What is on record stays here until the list has come down with it.
    const names = new Set(meeting.people.map(({ name }) => name));
    const walkIns = said.walkIns.filter((name) => !names.has(name));
    const counted = said.counted ?? meeting.counted;
    const marked = people.filter(({ state }) => WAS_THERE.has(state)).length;
    const unsent = kept.some(({ state }) => state !== "done");
    return { ...meeting, people, walkIns, counted, there: marked + walkIns.length + counted, unsent };
  }

  mark(meeting: Uuid, person: Uuid, state: PresenceState): Promise<void> {
    return this.add(meeting, (known) => {
      const knew = known.people.find(({ key }) => key === person)?.revision ?? 0;
      return { ...NOTHING, marks: [{ person, state, knew }] };
    });
  }

  markAll(meeting: Uuid): Promise<void> {
    return this.add(meeting, () => {
      const open = this.one(meeting)?.people.filter(({ state }) => state === "") ?? [];
      return { ...NOTHING, marks: open.map(({ key, revision }) => ({ person: key, state: "present", knew: revision })) };
    });
  }

  walkIn(meeting: Uuid, name: string): Promise<void> {
    return this.add(meeting, () => ({ ...NOTHING, walkIns: [name] }));
  }

  withoutName(meeting: Uuid, name: string): Promise<boolean> {
    return this.desk.turn(async () => {
      const last = this.written(meeting).find((kept) => !isFixed(kept) && kept.entry.body.walkIns.includes(name));
      if (!last) return false;
      const walkIns = last.entry.body.walkIns.filter((one) => one !== name);
      await this.outbox.amended(last.entry.id, { ...last.entry.body, walkIns });
      return true;
    });
  }

  count(meeting: Uuid, counted: number): Promise<void> {
    return this.add(meeting, (known) => ({ ...NOTHING, counted, countedBefore: known.counted }));
  }

  /** What has not left yet grows; what may be on record is followed by another entry. */
  private add(meeting: Uuid, saying: (known: GroupMeeting) => Attendance): Promise<void> {
    return this.desk.turn(async () => {
      const known = this.desk.reference.meetings?.find(({ id }) => id === meeting);
      if (!known) return;
      const said = saying(known);
      const open = this.written(meeting).findLast((kept) => !isFixed(kept));
      if (open) await this.outbox.amended(open.entry.id, together(open.entry.body, said));
      else await this.outbox.writeNow("attendance", meeting, said);
    });
  }
}

/** A later saying joined to a former one: the later mark of each, every name once, the later number. */
function together(former: Attendance, later: Attendance): Attendance {
  const again = new Set(later.marks.map(({ person }) => person));
  return {
    marks: [...former.marks.filter(({ person }) => !again.has(person)), ...later.marks],
    walkIns: [...new Set([...former.walkIns, ...later.walkIns])],
    counted: later.counted ?? former.counted,
    countedBefore: former.countedBefore ?? later.countedBefore,
  };
}
