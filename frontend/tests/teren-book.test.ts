import { createDecipheriv } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { beforeEach, describe, expect, it } from "vitest";
import { Sync, type Book } from "../src/teren/core";
import { StorageError } from "../src/teren/core/errors";
import { rowsOf } from "../src/teren/core/rows";
import { fold } from "../src/shared/fold";
import { upgraded } from "../src/teren/core/schema";
import type { UnsentContent, UnsentFile } from "../src/teren/unsent-file";
import type { LastAssessment, Plan } from "../src/teren/wire";
import { blank, bundle, type Dump, enrolled, FakeDevice, filledWith, home, rules, VERSION } from "./teren-world";

const HOUSE = "20000000-0000-4000-8000-000000000001";
const CASE = "30000000-0000-4000-8000-000000000001";
const ANA = "40000000-0000-4000-8000-000000000001";
const MET = "40000000-0000-4000-8000-000000000002";

const member = {
  person: ANA,
  familyName: "Popescu",
  givenName: "Ana",
  birthDate: "1980-01-02",
  sex: "f",
  relation: "",
  phone: "",
};
const prefilled = filledWith(blank, "", [ANA, "Ana", ""]);
const inForce: Plan = {
  id: "50000000-0000-4000-8000-000000000001",
  version: 1,
  revision: 1,
  objectives: [
    {
      id: "o1",
      person: ANA,
      text: "Rămâne",
      codes: ["ILL"],
      compartment: "health",
      due: null,
      progress: "under_way",
      steps: [],
    },
    {
      id: "o2",
      person: ANA,
      text: "Gata",
      codes: ["X"],
      compartment: "health",
      due: null,
      progress: "achieved",
      steps: [],
    },
  ],
};
const last: LastAssessment = {
  id: "60000000-0000-4000-8000-000000000001",
  pack: "check",
  version: VERSION,
  visitedOn: "2026-01-01",
  by: "",
  findings: [],
  notAssessed: 0,
};

let device: FakeDevice;
let book: Book;

beforeEach(async () => {
  device = new FakeDevice({ now: () => new Date("2026-11-22T10:00:00Z") });
  const file = {
    id: CASE,
    number: "1",
    person: null,
    regime: "r",
    deadlines: [{ label: "l", due: "2026-12-01", overdue: true }],
    inForce,
    draft: null,
    interventions: [],
  };
  device.server.bundles.set(
    HOUSE,
    bundle(HOUSE, { members: [member], cases: [file], last, prefilled: { check: prefilled } }),
  );
  book = await device.enrol();
  await new Sync(book).now();
});

describe("a questionnaire", () => {
  it("is begun from what is known, as one of its own and of today", async () => {
    const draft = await book.beginDraft(HOUSE, "check");
    expect(draft).toMatchObject({ household: HOUSE, pack: "check", version: VERSION, base: last.id });
    expect(draft.instance).toContain(`<household_id>${HOUSE}</household_id>`);
    expect(draft.instance).toContain("<visit_date>2026-11-22</visit_date>");
    expect(draft.instance).toContain(`<member_id>${ANA}</member_id>`);
    expect(draft.instance).toMatch(/<instanceID>uuid:[0-9a-f-]{36}<\/instanceID>/);
    expect((await book.beginDraft(HOUSE, "check")).instance).not.toBe(draft.instance);
  });

  it("of a household met on the way is a blank that knows where it is", async () => {
    const { household } = await book.newHousehold(home());
    const { instance } = await book.beginDraft(household, "check");
    expect(instance).toContain(`<household_id>${household}</household_id><uat_siruta>54975</uat_siruta>`);
  });

  it("survives a kill with every answer that was confirmed", async () => {
    const draft = await book.beginDraft(HOUSE, "check");
    const saving = [1, 2, 3].map((rooms) =>
      book.saveDraft(draft.id, filledWith(draft.instance, `${rooms}`), { answered: rooms, asked: 9 }),
    );
    await Promise.all(saving);
    book = await device.again();
    expect(await book.draft(draft.id)).toMatchObject({
      answered: 3,
      instance: expect.stringContaining("<rooms>3</rooms>"),
    });
    expect(book.drafts(HOUSE)).toHaveLength(1);
    expect(book.households()).toMatchObject([{ drafts: 1 }]);
  });

  it("becomes an entry when it is finished, with its findings and whom it met", async () => {
    const draft = await book.beginDraft(HOUSE, "check");
    const instance = filledWith(
      draft.instance.replace(/<member>.*<\/member>/, "<member></member>"),
      "1",
      [ANA, "Ana", "no"],
      [MET, "Mia", "yes"],
    );
    const entry = await book.finishDraft(draft.id, instance);
    expect(entry).toMatchObject({
      kind: "assessment",
      household: HOUSE,
      after: [],
      body: { pack: "check", version: VERSION, base: last.id },
    });
    expect(entry.body.instance).toContain(
      `<entity xmlns="http://www.opendatakit.org/xforms/entities" dataset="households" id="${HOUSE}" update="1" baseVersion="3"/>`,
    );
    book = await device.again();
    expect(book.drafts()).toEqual([]);
    const view = (await book.household(HOUSE))!;
    expect(view.last).toMatchObject({ id: entry.id, visitedOn: "2026-11-22", by: "Ioana Model" });
    // what was found of violence is not this worker's to read
    expect(view.last?.findings.map(({ person, code }) => [person, code])).toEqual([
      [MET, "ILL"],
      [null, "CROWDED"],
    ]);
    expect(view.members.map(({ givenName }) => givenName)).toEqual(["Ana", "Mia"]);
    expect(book.households("mia")).toHaveLength(1);
    const plan = await book.writePlan(HOUSE, CASE, await book.proposePlan(HOUSE, CASE), "s-a schimbat");
    expect(plan.after).toEqual([entry.id]);
    expect(plan.body).toMatchObject({ base: null, inForce: inForce.id });
  });

  it("stays on its version when a newer one comes down", async () => {
    const draft = await book.beginDraft(HOUSE, "check");
    const { fetch } = device.server;
    const newer = {
      name: "check",
      version: "2026.2",
      title: { ro: "", en: "" },
      form: "/f/formular.xml",
      rules: "/f/reguli.js",
      parts: "/f/parti.json",
    };
    await new Sync(book, {
      fetch: async (input, init) => {
        const answer = await fetch(input, init);
        if (!String(input).endsWith("date/")) return answer;
        return new Response(JSON.stringify({ ...((await answer.json()) as object), packs: [newer] }), {
          headers: { "X-Punte-Teren": "1" },
        });
      },
    }).now();
    expect(book.packs().map(({ version }) => version)).toEqual(["2026.2"]);
    expect(await book.pack("check", VERSION)).not.toBeNull();
    expect((await book.finishDraft(draft.id, draft.instance)).body.version).toBe(VERSION);
    device.server.packs = false;
    await new Sync(book).now();
    expect(await book.pack("check", VERSION)).toBeNull();
  });

  it("takes its photographs along, and forgets those that it no longer names", async () => {
    const draft = await book.beginDraft(HOUSE, "check");
    const words = { what: "photo", type: "image/jpeg", caption: "acoperișul" } as const;
    const file = await book.addDraftFile(draft.id, { ...words, name: "a.jpg" }, Buffer.from("roof"));
    const other = await book.addDraftFile(draft.id, { ...words, name: "b.jpg" }, Buffer.from("other"));
    book = await device.again();
    expect(await (await book.fileOf(file.id))!.text()).toBe("roof");
    const entry = await book.finishDraft(draft.id, draft.instance.replace("<rooms/>", "<rooms>a.jpg</rooms>"));
    expect(book.unsent().map((item) => item.entry)).toMatchObject([
      { id: entry.id },
      { id: file.id, kind: "file", after: [entry.id], body: { about: entry.id, size: 4, caption: "acoperișul" } },
    ]);
    expect(await book.fileOf(other.id)).toBeNull();
    await new Sync(book).now();
    expect(device.server.files.get(file.id)?.toString()).toBe("roof");
  });

  it("is mended where it was refused, and is a new one where it was sent meanwhile", async () => {
    const draft = await book.beginDraft(HOUSE, "check");
    const entry = await book.finishDraft(draft.id, filledWith(draft.instance, "1"));
    device.server.refuse = () => ({ message: "Lipsește data.", field: "visit_date" });
    await new Sync(book).now();
    const again = await book.mend(entry.id);
    expect((await book.mend(entry.id)).id).toBe(again.id);
    expect(again.instance).not.toContain("entity");
    const mended = await book.finishDraft(again.id, again.instance.replace("<rooms>1</rooms>", "<rooms>2</rooms>"));
    expect(mended.id).toBe(entry.id);
    expect(book.unsent()).toMatchObject([{ status: "ready", message: "" }]);
    const answers = { ...mended.body, instance: again.instance.replace("<rooms>1</rooms>", "<rooms>3</rooms>") };
    expect((await book.amend<"assessment">(entry.id, answers)).id).toBe(entry.id);
    expect((await book.household(HOUSE))?.last?.findings).toEqual([]);
    expect(book.item(entry.id)?.entry.body).toMatchObject({ instance: expect.stringContaining("<entity") });
    device.server.refuse = () => null;
    const late = await book.mend(entry.id);
    await new Sync(book).now();
    const anew = await book.finishDraft(late.id, late.instance);
    expect(anew.id).not.toBe(entry.id);
    const idOf = (instance: string): string | undefined => /uuid:[0-9a-f-]+/.exec(instance)?.[0];
    expect(idOf(anew.body.instance)).not.toBe(idOf(mended.body.instance));
    await expect(book.mend("none")).rejects.toMatchObject({ trouble: "unknown" });
  });

  it("is assessed while it is filled, within 50 ms", async () => {
    const instance = filledWith(prefilled, "3", [ANA, "Ana", "yes"]);
    await book.prepare("check", VERSION);
    expect(book.assessNow({ name: "check", version: VERSION }, instance)?.findings).toMatchObject([
      { code: "ILL", person: ANA },
    ]);
    expect(book.assessNow({ name: "check", version: VERSION }, "<damaged")?.findings).toEqual([]);
    await expect(book.prepare("other", "1")).rejects.toMatchObject({ trouble: "no-pack" });
  });
});

describe("a questionnaire about one person", () => {
  const before: LastAssessment = { ...last, id: "60000000-0000-4000-8000-000000000002", person: ANA };

  beforeEach(async () => {
    const about = { members: [member], last, others: [before], prefilled: { check: blank, [`check/${ANA}`]: prefilled } };
    device.server.bundles.set(HOUSE, bundle(HOUSE, { ...about, mark: "2" }));
    await new Sync(book).now();
  });

  it("begins with what is known of the person, on the last one about them", async () => {
    const draft = await book.beginDraft(HOUSE, "check", member);
    expect(draft).toMatchObject({ person: ANA, base: before.id });
    expect(draft.instance).toContain(`<member_id>${ANA}</member_id>`);
    expect(book.drafts(HOUSE)).toMatchObject([{ person: ANA }]);
  });

  it("stands beside what was found in the household, and brings nobody", async () => {
    const draft = await book.beginDraft(HOUSE, "check", member);
    const entry = await book.finishDraft(draft.id, filledWith(draft.instance, "", [ANA, "Ana", "yes"]));
    expect(entry.body.person).toBe(ANA);
    const view = (await book.household(HOUSE))!;
    expect(view.last).toMatchObject({ id: last.id });
    expect(view.others).toMatchObject([{ id: entry.id, person: ANA, findings: [{ code: "ILL" }] }]);
    expect(view.members).toHaveLength(1);
  });

  it("waits for the questionnaire that brings the person", async () => {
    const { household } = await book.newHousehold(home());
    const whole = await book.beginDraft(household, "check");
    const brings = await book.finishDraft(whole.id, filledWith(whole.instance, "2", [MET, "Nou", "no"]));
    const met = (await book.household(household))!.members.find(({ person }) => person === MET)!;
    const draft = await book.beginDraft(household, "check", met);
    expect(draft.instance).toContain(`<household_id>${household}</household_id>`);
    const about = await book.finishDraft(draft.id, filledWith(draft.instance, "", [MET, "Nou", "yes"]));
    expect(about.after).toContain(brings.id);
    expect(brings.after).not.toContain(about.id);
  });

  it("is read where members are not repeated", () => {
    const shape = { ...rules.pack, repeat: "", paths: { ...rules.pack.paths, ill: "health/ill" } };
    const said = `<data id="check" version="1"><member_id>${ANA}</member_id><health><ill>yes</ill></health><meta><instanceID>u</instanceID></meta></data>`;
    const rows = rowsOf(shape, device.ports.parse!(said))!;
    expect(rows.members).toMatchObject([{ member_id: ANA, ill: true }]);
  });
});

describe("a plan", () => {
  it("is proposed from what goes on and what was found", async () => {
    const draft = await book.beginDraft(HOUSE, "check");
    await book.finishDraft(
      draft.id,
      filledWith(
        draft.instance.replace(/<member>.*<\/member>/, "<member></member>"),
        "1",
        [ANA, "Ana", "yes"],
        [MET, "Mia", "yes"],
      ),
    );
    expect(await book.proposePlan(HOUSE, CASE)).toMatchObject([
      { id: null, person: ANA, text: "Rămâne", progress: "under_way" },
      {
        person: MET,
        text: "Să ajungă la medic",
        codes: ["ILL"],
        due: "2026-12-22",
        steps: [
          { service: "visit", interventions: ["V1"], referTo: [] },
          { service: "referral", interventions: [], referTo: ["8899CZ"] },
        ],
      },
      { person: null, text: "Casă mai mare", due: "2027-02-22" },
    ]);
  });

  it("is one entry however often it is changed before it goes", async () => {
    const objectives = await book.proposePlan(HOUSE, CASE);
    const first = await book.writePlan(HOUSE, CASE, objectives, "a");
    const second = await book.writePlan(HOUSE, CASE, [], "b");
    expect(second.id).toBe(first.id);
    expect((await book.household(HOUSE))?.cases[0]?.draft).toMatchObject({ version: 2, objectives: [] });
    expect(book.unsent()).toHaveLength(1);
  });
});

describe("fields of a household", () => {
  it("go up as what they were and what they are", async () => {
    expect(await book.changeHome(HOUSE, { phone: "0700", name: "Popescu" })).toMatchObject({
      kind: "household_change",
      body: { revision: 3, fields: { phone: ["", "0700"] } },
    });
    const amended = await book.changeHome(HOUSE, { phone: "0711", address: "Str. Nouă" });
    expect(amended?.body).toMatchObject({ fields: { phone: ["", "0711"], address: ["Str. Lungă 4", "Str. Nouă"] } });
    expect(book.unsent()).toHaveLength(1);
    expect(await book.changeHome(HOUSE, { phone: "0711" })).toBeNull();
  });

  it("of a household met on the way are part of its beginning", async () => {
    const made = await book.newHousehold(home());
    const changed = await book.changeHome(made.household, { name: "Pop" });
    expect(changed).toMatchObject({ id: made.id, kind: "household_new", body: { name: "Pop" } });
  });
});

describe("a planned visit", () => {
  const visit = { id: "v1", case: CASE, day: "2026-11-22", hour: "09:30", worker: "", name: "Ana", purpose: "Acte" };
  const done = { case: CASE, mode: "home_visit", code: "", at: "2026-11-22T09:40:00+02:00", minutes: null };
  const said = { ...done, person: null, step: null, compartment: "general", note: "" };

  beforeEach(async () => {
    const mine = { ...visit, worker: book.worker.id };
    const theirs = { ...visit, id: "v2", worker: "another", hour: "08:00" };
    const known = device.server.bundles.get(HOUSE)!;
    device.server.bundles.set(HOUSE, { ...known, mark: "2", visits: [theirs, mine] });
    await new Sync(book).now();
  });

  it("is in the list with its day and hour where this worker goes", () => {
    expect(book.households("popescu")).toMatchObject([{ visit: { day: "2026-11-22", hour: "09:30" } }]);
  });

  it.each([
    [{ metFamily: true }, ["v2"]],
    [{ metFamily: false }, ["v2", "v1"]],
    [{ metFamily: true, mode: "phone" }, ["v2", "v1"]],
    [{ metFamily: true, at: "2026-11-21T09:40:00+02:00" }, ["v2", "v1"]],
  ])("is over once it is written that it took place: %o", async (changes, left) => {
    await book.write("intervention", HOUSE, { ...said, ...changes });
    expect((await book.household(HOUSE))?.visits?.map(({ id }) => id)).toEqual(left);
  });
});

describe("the list", () => {
  it("finds names and places in any writing", async () => {
    const { household } = await book.newHousehold(home({ name: "Știrbăț-Râpă", locality: "Țânțăreni" }));
    for (const search of ["stirbat", "ŞTIRBĂŢ", "rapa tantareni", "țânț", "  stir  "]) {
      expect(book.households(search).map(({ id }) => id)).toEqual([household]);
    }
    expect(book.households("ana").map(({ id }) => id)).toEqual([HOUSE]);
    expect(book.households("tirbat")).toEqual([]);
    expect(book.households()).toHaveLength(2);
    expect(book.households("popescu")).toMatchObject([{ due: "2026-12-01", overdue: true, place: "Cluj-Napoca" }]);
  });

  it.each([
    ["Ştefăniţă", "stefanita"],
    ["Ștefăniță", "stefanita"],
    ["Î.L. Caragiale", "i l caragiale"],
    ["Kovács–Őri", "kovacs ori"],
  ])("%s", (text, plain) => expect(fold(text)).toBe(plain));
});

describe("the storage", () => {
  it("tells that it is full, and keeps in memory what it could not store", async () => {
    const draft = await book.beginDraft(HOUSE, "check");
    const { shelf } = book.desk;
    const commit = shelf.commit.bind(shelf);
    shelf.commit = () => Promise.reject(new StorageError("full"));
    await expect(book.saveDraft(draft.id, filledWith(draft.instance, "7"))).rejects.toMatchObject({ trouble: "full" });
    expect(book.trouble).toBe("full");
    expect((await book.draft(draft.id))?.instance).toContain("<rooms>7</rooms>");
    await expect(book.finishDraft(draft.id, filledWith(draft.instance, "7"))).rejects.toMatchObject({
      trouble: "full",
    });
    expect(book.unsent()).toEqual([]);
    shelf.commit = commit;
    await book.finishDraft(draft.id, filledWith(draft.instance, "7"));
    expect(book.trouble).toBeNull();
    expect(book.drafts()).toEqual([]);
    expect(book.unsent()).toHaveLength(1);
  });

  it("keeps an entry and the end of its draft together, whenever the tab is killed", async () => {
    for (let moment = 0; moment < 12; moment++) {
      const draft = await book.beginDraft(HOUSE, "check");
      const before = book.unsent().length;
      void book.finishDraft(draft.id, filledWith(draft.instance, "2")).catch(() => undefined);
      for (let turn = 0; turn < moment * 3; turn++) await new Promise((resolve) => setImmediate(resolve));
      const killed = book;
      book = await device.again();
      const there = [book.drafts().length, book.unsent().length - before];
      expect([
        [1, 0],
        [0, 1],
      ]).toContainEqual(there);
      if (there[0] === 1) await book.dropDraft(draft.id).catch(() => undefined);
      await killed.desk.settled();
      book = await device.again();
      for (const { id } of book.drafts()) await book.dropDraft(id);
    }
  });

  it("keeps what was typed in a form of the screens", async () => {
    await book.jot(`plan-${CASE}`, { text: "abc" });
    await book.jot("other", [1]);
    await book.jot("other", null);
    book = await device.again();
    expect(book.jotted(`plan-${CASE}`)).toEqual({ text: "abc" });
    expect(book.jotted("other")).toBeNull();
  });

  // A storage as the first version of the application left it: what is in it must open for ever.
  it("opens what the first version wrote", async () => {
    const first = new FakeDevice();
    await first.restored(
      JSON.parse(readFileSync(join(import.meta.dirname, "fixtures/teren-schema-1.json"), "utf8")) as Dump,
    );
    book = await first.again();
    expect(book.households().map(({ name, unsent, drafts }) => [name, unsent, drafts])).toEqual([
      ["Ionescu", 1, 0],
      ["Popescu", 4, 1],
    ]);
    expect(book.unsent().map(({ entry, status }) => [entry.kind, status])).toEqual([
      ["household_new", "ready"],
      ["household_change", "ready"],
      ["assessment", "ready"],
      ["file", "ready"],
      ["plan", "ready"],
    ]);
    expect((await book.draft(book.drafts()[0]!.id))?.instance).toContain("<rooms>7</rooms>");
    expect(await book.pack("check", VERSION)).not.toBeNull();
    expect(book.jotted("visit")).toEqual({ note: "abc" });
    const photo = book.unsent().find(({ entry }) => entry.kind === "file")!;
    expect(await (await book.fileOf(photo.entry.id))!.text()).toBe("roof");
    device.server.bundles.clear();
    expect(await new Sync(book, { fetch: device.server.fetch }).now()).toMatchObject({ kind: "done", applied: 5 });
  });

  it("reads what an older application wrote", () => {
    const steps = [
      (store: string, value: unknown) => (store === "drafts" ? { ...(value as object), two: true } : value),
      (_store: string, value: unknown) => ({ ...(value as object), three: true }),
    ];
    expect(upgraded("drafts", 1, { one: true }, steps)).toEqual({ one: true, two: true, three: true });
    expect(upgraded("drafts", 2, { one: true }, steps)).toEqual({ one: true, three: true });
    expect(upgraded("entries", 1, {}, steps)).toEqual({ three: true });
  });
});

describe("the file of the unsent", () => {
  it("holds everything that is only here, for whom has the key", async () => {
    const made = await book.newHousehold(home({ name: "Ionescu" }));
    const file = await book.addFile(
      made.household,
      { about: null, what: "signature", type: "image/png", caption: "" },
      Buffer.from("PNG"),
    );
    const exported = JSON.parse(await (await book.exportUnsent()).text()) as UnsentFile;
    expect(exported).toMatchObject({ format: "punte-teren-1", username: enrolled.username });
    const data = Buffer.from(exported.data, "base64");
    const opened = createDecipheriv(
      "aes-256-gcm",
      Buffer.from(enrolled.fileKey, "base64"),
      Buffer.from(exported.iv, "base64"),
    );
    opened.setAAD(Buffer.from(`punte-teren-1 ${enrolled.username}`));
    opened.setAuthTag(data.subarray(-16));
    const plain = Buffer.concat([opened.update(data.subarray(0, -16)), opened.final()]);
    const content = JSON.parse(gunzipSync(plain).toString()) as UnsentContent;
    expect(content.sent.entries.map(({ id }) => id)).toEqual([made.id, file.id]);
    expect(Buffer.from(content.files[file.id]!, "base64").toString()).toBe("PNG");
  });
});
