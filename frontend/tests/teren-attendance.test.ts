import { beforeEach, describe, expect, it } from "vitest";
import { Sync, type Book } from "../src/teren/core";
import type { Entry } from "../src/teren/wire";
import type { GroupMeeting, OnList } from "../src/teren/wire-groups";
import { FakeDevice } from "./teren-world";

const MEETING = "80000000-0000-4000-8000-000000000001";
const [ANA, BOGDAN] = ["90000000-0000-4000-8000-000000000001", "90000000-0000-4000-8000-000000000002"] as const;
const on = (key: string, name: string, changes: Partial<OnList> = {}): OnList => ({ key, name, state: "", revision: 0, ...changes });
const meeting: GroupMeeting = {
  id: MEETING,
  title: "Școala părinților",
  day: "2026-11-22",
  hour: "17:00",
  place: "Sala mică",
  list: "open",
  counted: 0,
  held: false,
  people: [on(ANA, "Albu Ana"), on(BOGDAN, "Barbu Bogdan", { state: "absent", revision: 3 })],
};

describe("attendance without a signal", () => {
  let device: FakeDevice;
  let book: Book;
  const sent = (): Extract<Entry, { kind: "attendance" }>[] =>
    [...device.server.applied.values()].filter((entry) => entry.kind === "attendance");
  const sync = () => new Sync(book, device.ports).now();

  beforeEach(async () => {
    device = new FakeDevice();
    device.server.meetings = [meeting];
    book = await device.enrol();
    await sync();
  });

  it("keeps each tap at once, in one entry, and shows it after a kill", async () => {
    await book.meetings.mark(MEETING, ANA, "present");
    await book.meetings.mark(MEETING, ANA, "late");
    await book.meetings.walkIn(MEETING, "Vlad Oana");
    await book.meetings.count(MEETING, 2);
    for (const from of [book, await device.again()]) {
      const view = from.meetings.one(MEETING)!;
      expect(view.people.map(({ state }) => state)).toEqual(["late", "absent"]);
      expect(view).toMatchObject({ walkIns: ["Vlad Oana"], counted: 2, there: 4, unsent: true });
      expect(from.unsent()).toHaveLength(1);
      // A meeting is no household.
      expect(from.households()).toEqual([]);
    }
  });

  it("marks who has no mark yet with one tap", async () => {
    await book.meetings.markAll(MEETING);
    expect(book.meetings.one(MEETING)!.people.map(({ state }) => state)).toEqual(["present", "absent"]);
  });

  it("sends what was touched, with the revision that it knew, and nothing twice", async () => {
    await book.meetings.mark(MEETING, BOGDAN, "excused");
    await book.meetings.walkIn(MEETING, "Vlad Oana");
    device.server.faults = ["none", "lose-answer"];
    await sync();
    // It may be on record: what is tapped now is an entry of its own.
    await book.meetings.mark(MEETING, ANA, "present");
    await sync();
    expect(sent().map(({ household, body }) => [household, body])).toEqual([
      [MEETING, { marks: [{ person: BOGDAN, state: "excused", knew: 3 }], walkIns: ["Vlad Oana"], counted: null, countedBefore: null }],
      [MEETING, { marks: [{ person: ANA, state: "present", knew: 0 }], walkIns: [], counted: null, countedBefore: null }],
    ]);
    expect(book.unsent()).toEqual([]);
  });

  it("takes a name back that did not leave, and says what the office remarked", async () => {
    await book.meetings.walkIn(MEETING, "Vlad Oana");
    expect(await book.meetings.withoutName(MEETING, "Vlad Oana")).toBe(true);
    await book.meetings.mark(MEETING, ANA, "absent");
    device.server.remark = "Un coleg a însemnat altfel.";
    await sync();
    expect(sent()[0]!.body.walkIns).toEqual([]);
    expect(book.notices()).toMatchObject([{ kind: "attendance", household: MEETING, message: "Un coleg a însemnat altfel." }]);
  });
});
