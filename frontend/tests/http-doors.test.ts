// @vitest-environment jsdom
import { beforeEach, describe, expect, test, vi } from "vitest";
import { HttpDoors } from "../src/questionnaire/http-doors";

const ADDRESSES = { formUrl: "/form", draftUrl: "/draft", submitUrl: "/submit", loginUrl: "/login", csrf: "first" };
const json = (body: unknown, status = 200): Response => new Response(JSON.stringify(body), { status });

function answering(...answers: (Response | Error)[]) {
  const calls: { url: string; init: RequestInit }[] = [];
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
    calls.push({ url, init });
    const answer = answers.shift() ?? new Error("nothing more to answer");
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  });
  return calls;
}

const tokenOf = (call: { init: RequestInit } | undefined): string | undefined =>
  (call?.init.headers as Record<string, string>)["X-CSRFToken"];

beforeEach(() => {
  document.cookie = "punte_csrf=; max-age=0";
});

describe("the doors to the server", () => {
  test("a draft is saved with the version it was written on", async () => {
    const calls = answering(json({ version: 4, saved_at: "2026-01-20T14:40:00Z" }));
    const result = await new HttpDoors(ADDRESSES).saveDraft("<data/>", 3, { leaving: false });
    expect(result).toEqual({ kind: "saved", version: 4, savedAt: "2026-01-20T14:40:00Z" });
    expect(calls[0]?.init.method).toBe("PUT");
    expect(JSON.parse(String(calls[0]?.init.body))).toEqual({ instance: "<data/>", base: 3 });
    expect(tokenOf(calls[0])).toBe("first");
  });

  test("a request that must outlive the page does, unless it is too long for that", async () => {
    const calls = answering(json({ version: 2 }), json({ version: 3 }));
    const doors = new HttpDoors(ADDRESSES);
    await doors.saveDraft("<data/>", 1, { leaving: true });
    await doors.saveDraft("x".repeat(70_000), 2, { leaving: true });
    expect(calls.map(({ init }) => init.keepalive)).toEqual([true, false]);
  });

  test("409 brings the other version", async () => {
    answering(json({ version: 9, instance: "<theirs/>", saved_at: "2026-01-20T10:00:00Z", by: "Maria I." }, 409));
    expect(await new HttpDoors(ADDRESSES).saveDraft("<data/>", 3, { leaving: false })).toEqual({
      kind: "edited-elsewhere",
      theirs: { version: 9, instance: "<theirs/>", savedAt: "2026-01-20T10:00:00Z", by: "Maria I." },
    });
  });

  test("a stale CSRF token is fetched anew and the save sent once more", async () => {
    const calls = answering(
      new Response("", { status: 403 }),
      json({ instance: "<data/>", version: 3, csrf: "second" }),
      json({ version: 4 }),
    );
    const result = await new HttpDoors(ADDRESSES).saveDraft("<data/>", 3, { leaving: false });
    expect(result.kind).toBe("saved");
    expect(calls.map(({ init }) => init.method ?? "GET")).toEqual(["PUT", "GET", "PUT"]);
    expect(tokenOf(calls[2])).toBe("second");
  });

  test("another tab's sign-in is seen in the cookie", async () => {
    document.cookie = "punte_csrf=fresh";
    const calls = answering(json({ version: 4 }));
    await new HttpDoors(ADDRESSES).saveDraft("<data/>", 3, { leaving: false });
    expect(tokenOf(calls[0])).toBe("fresh");
  });

  test("401, or 403 that turns out to be 401, is a session that has ended", async () => {
    const doors = new HttpDoors(ADDRESSES);
    answering(json({ login_url: "/login?next=/x" }, 401));
    expect(await doors.saveDraft("", 1, { leaving: false })).toEqual({ kind: "signed-out", loginUrl: "/login?next=/x" });
    answering(new Response("", { status: 403 }), new Response("", { status: 401 }));
    expect(await doors.saveDraft("", 1, { leaving: false })).toEqual({ kind: "signed-out", loginUrl: "/login" });
  });

  test("no connection and a server in trouble are both worth another try", async () => {
    const doors = new HttpDoors(ADDRESSES);
    answering(new TypeError("Failed to fetch"));
    expect((await doors.saveDraft("", 1, { leaving: false })).kind).toBe("unreachable");
    answering(new Response("", { status: 503 }));
    expect((await doors.saveDraft("", 1, { leaving: false })).kind).toBe("unreachable");
  });

  test("submission: accepted, refused with reasons, or not understood", async () => {
    const doors = new HttpDoors(ADDRESSES);
    const calls = answering(json({ location: "/evaluari/7/" }, 201));
    expect(await doors.submit(new FormData(), 6)).toEqual({ kind: "submitted", location: "/evaluari/7/" });
    expect((calls[0]?.init.body as FormData).get("base")).toBe("6");
    answering(json({ errors: [{ reference: "/data/x", message: "Nu" }, { message: "Tot" }, "?"] }, 422));
    expect(await doors.submit(new FormData(), 6)).toEqual({
      kind: "invalid",
      problems: [
        { reference: "/data/x", message: "Nu" },
        { reference: null, message: "Tot" },
      ],
    });
    answering(new Response("<h1>?</h1>", { status: 400 }));
    expect(await doors.submit(new FormData(), 6)).toEqual({ kind: "refused", status: 400, message: null });
  });
});
