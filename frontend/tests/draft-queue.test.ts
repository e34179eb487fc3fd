import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { CopyShelf, UnsentCopy } from "../src/questionnaire/copy-shelf";
import type { SaveResult } from "../src/questionnaire/doors";
import { DraftQueue, type SaveState } from "../src/questionnaire/draft-queue";
import { resume } from "../src/questionnaire/resume";
import { draftOf, FakeDoors } from "./household";

class MemoryShelf implements CopyShelf {
  copy: UnsentCopy | null = null;
  read = (): UnsentCopy | null => this.copy;
  write = (copy: UnsentCopy): void => {
    this.copy = copy;
  };
  remove = (): void => {
    this.copy = null;
  };
}

function begin(answers: SaveResult[] = []) {
  const doors = new FakeDoors();
  doors.saveAnswers = answers;
  const shelf = new MemoryShelf();
  const states: SaveState["kind"][] = [];
  const queue = new DraftQueue({
    doors,
    shelf,
    version: 1,
    savedAt: null,
    onState: (state) => states.push(state.kind),
  });
  return { doors, shelf, states, queue };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("the queue of drafts", () => {
  test("answers given in one breath are sent once, the newest", async () => {
    const { doors, shelf, queue } = begin();
    queue.changed("a");
    await vi.advanceTimersByTimeAsync(200);
    queue.changed("ab");
    expect(queue.hasUnsaved).toBe(true);
    expect(shelf.copy).toEqual({ instance: "ab", base: 1 });
    await vi.advanceTimersByTimeAsync(400);
    expect(doors.saved).toEqual([{ instance: "ab", base: 1 }]);
    expect(queue.hasUnsaved).toBe(false);
    expect(shelf.copy).toBeNull();
    queue.changed("abc");
    await vi.advanceTimersByTimeAsync(400);
    expect(doors.saved.at(-1)).toEqual({ instance: "abc", base: 2 });
  });

  test("what is typed while a request is on its way follows it, on the version it brings", async () => {
    const { doors, queue, shelf } = begin();
    queue.changed("a");
    queue.flush();
    queue.changed("ab");
    await vi.advanceTimersByTimeAsync(0);
    expect(shelf.copy).toEqual({ instance: "ab", base: 2 });
    await vi.advanceTimersByTimeAsync(400);
    expect(doors.saved).toEqual([
      { instance: "a", base: 1 },
      { instance: "ab", base: 2 },
    ]);
    expect(queue.hasUnsaved).toBe(false);
  });

  test("without a connection it tries again, less and less often, and keeps the copy", async () => {
    const { doors, shelf, states, queue } = begin([{ kind: "unreachable" }, { kind: "unreachable" }]);
    queue.changed("a");
    await vi.advanceTimersByTimeAsync(400);
    expect(states.at(-1)).toBe("retrying");
    await vi.advanceTimersByTimeAsync(2_000);
    expect(doors.saved).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(3_900);
    expect(doors.saved).toHaveLength(2);
    expect(shelf.copy?.instance).toBe("a");
    await vi.advanceTimersByTimeAsync(200);
    expect(doors.saved).toHaveLength(3);
    expect(states.at(-1)).toBe("saved");
  });

  test("a door that throws is a door that cannot be reached", async () => {
    const { doors, states, queue } = begin();
    doors.saveDraft = () => Promise.reject(new Error("broken"));
    queue.changed("a");
    await vi.advanceTimersByTimeAsync(400);
    expect(states.at(-1)).toBe("retrying");
  });

  test("signed out, it goes on asking until the person is back, and sends the newest", async () => {
    const { doors, states, queue } = begin([{ kind: "signed-out", loginUrl: "/login" }]);
    queue.changed("a");
    await vi.advanceTimersByTimeAsync(400);
    expect(states.at(-1)).toBe("signed-out");
    queue.changed("ab");
    await vi.advanceTimersByTimeAsync(5_000);
    expect(doors.saved.at(-1)?.instance).toBe("ab");
    expect(queue.state.kind).toBe("saved");
  });

  test("edited elsewhere: nothing is sent until the person chooses", async () => {
    const theirs = draftOf("theirs", { version: 5 });
    const { doors, shelf, queue } = begin([{ kind: "edited-elsewhere", theirs }]);
    queue.changed("mine");
    await vi.advanceTimersByTimeAsync(60_000);
    queue.changed("mine, longer");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(doors.saved).toHaveLength(1);
    expect(shelf.copy?.instance).toBe("mine, longer");
    queue.keepMine("mine, longer");
    await vi.advanceTimersByTimeAsync(0);
    expect(doors.saved.at(-1)).toEqual({ instance: "mine, longer", base: 5 });
    expect(queue.hasUnsaved).toBe(false);
  });

  test("edited elsewhere: taking the other version leaves nothing waiting", async () => {
    const { doors, shelf, queue } = begin([{ kind: "edited-elsewhere", theirs: draftOf("theirs", { version: 5 }) }]);
    queue.changed("mine");
    await vi.advanceTimersByTimeAsync(400);
    queue.takeTheirs();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(doors.saved).toHaveLength(1);
    expect(queue.version).toBe(5);
    expect(shelf.copy).toBeNull();
  });

  test("refused: it says so and tries with the next answer", async () => {
    const { doors, states, queue } = begin([{ kind: "refused", status: 413, message: null }]);
    queue.changed("a");
    await vi.advanceTimersByTimeAsync(120_000);
    expect(states.at(-1)).toBe("refused");
    expect(doors.saved).toHaveLength(1);
    expect(queue.hasUnsaved).toBe(true);
    queue.changed("ab");
    await vi.advanceTimersByTimeAsync(400);
    expect(states.at(-1)).toBe("saved");
  });

  test("closed after submission, it sends nothing and keeps nothing", async () => {
    const { doors, shelf, queue } = begin();
    queue.changed("a");
    queue.close();
    queue.changed("ab");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(doors.saved).toHaveLength(0);
    expect(shelf.copy).toBeNull();
    expect(queue.hasUnsaved).toBe(false);
  });
});

describe("resuming", () => {
  const withCopy = (copy: UnsentCopy | null): MemoryShelf => Object.assign(new MemoryShelf(), { copy });

  test("no copy: the draft", () => expect(resume(draftOf("d"), withCopy(null))).toEqual({ kind: "draft", instance: "d" }));

  test("an unsent copy on the same version is put back", () =>
    expect(resume(draftOf("d", { version: 3 }), withCopy({ instance: "mine", base: 3 })).kind).toBe("recovered"));

  test("an unsent copy on an older version is a choice", () =>
    expect(resume(draftOf("d", { version: 4 }), withCopy({ instance: "mine", base: 3 })).kind).toBe("diverged"));

  test("a copy the server already has is dropped", () => {
    const shelf = withCopy({ instance: "d", base: 3 });
    expect(resume(draftOf("d", { version: 4 }), shelf).kind).toBe("draft");
    expect(shelf.copy).toBeNull();
  });
});
