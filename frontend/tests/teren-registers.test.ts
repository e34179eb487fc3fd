import { beforeEach, describe, expect, it } from "vitest";
import { judge, Sync, type Book, type EntryOf, type HouseholdView } from "../src/teren/core";
import { BookError } from "../src/teren/core/errors";
import { DEED, lastOf, moved, sentAs, sentOf, typedAs } from "../src/teren/screens/register-typed";
import { messagesIn } from "../src/teren/words";
import { lineOf, rowsFor } from "../src/teren/screens/register-words";
import type { Reference } from "../src/teren/wire";
import type { RegisterDeed, RegisterEntry, RegisterField, RegisterForm } from "../src/teren/wire-registers";
import { blank, bundle, FakeDevice, filledWith, VERSION } from "./teren-world";

const HOUSE = "20000000-0000-4000-8000-000000000001";
const BED = "70000000-0000-4000-8000-000000000001";
const words = (text: string): { ro: string; en: string } => ({ ro: text, en: text });

const field = (name: string, type: RegisterField["type"], changes: Partial<RegisterField> = {}): RegisterField => ({
  name,
  type,
  label: words(name),
  hint: null,
  required: false,
  choices: [],
  is: "",
  compartment: "",
  long: false,
  ...changes,
});
const choice = (code: string) => ({ code, label: words(code), retired: false });

const loan: RegisterForm = {
  key: "loan",
  digest: "d1",
  title: words("Împrumut"),
  about: "household",
  ofDay: false,
  past: false,
  alone: true,
  aloneBy: ["kind"],
  holds: ["lent", "lost"],
  fields: [
    field("kind", "choice", { required: true, choices: [choice("bed"), choice("chair")] }),
    field("value", "money"),
    field("until", "date", { is: "end" }),
    field("uses", "choices", { choices: [choice("day"), choice("night")] }),
    field("new", "yesno"),
    field("parts", "integer"),
  ],
  states: [choice("lent"), choice("lost"), choice("returned")],
  begins: ["lent"],
  moves: [{ name: "return", label: words("Înapoi"), from: ["lent"], to: "returned", asks: [], ends: true }],
  checks: [
    { when: ["lt", ["name", "value"], ["value", 0]], say: words("sub zero"), error: true, field: "value" },
    { when: ["gt", ["full_days", ["name", "start"], ["name", "until"]], ["value", 365]], say: words("lung"), error: false, field: "" },
  ],
  line: words("{kind}"),
};

const stands: RegisterEntry = {
  id: BED,
  register: "loan",
  about: HOUSE,
  state: "lent",
  start: "2026-03-01",
  end: "2026-05-01",
  revision: 4,
  values: { kind: "bed" },
};
const saying = { state: "lent", start: "2026-06-01", last: null, values: { kind: "bed" } };
const known = { asked: ["kind"], others: [stands], today: "2026-11-22" };

describe("what cannot be so", () => {
  it("says what is missing, out of order, or of a year that cannot be", () => {
    expect(judge(loan, { ...saying, start: "", values: {} }, known).wrong).toEqual({ kind: "missing", start: "missing" });
    expect(judge(loan, { ...saying, last: "2026-01-01" }, known).wrong).toEqual({ until: "order" });
    expect(judge(loan, { ...saying, start: "0206-06-01" }, known).wrong).toEqual({ start: "year" });
    expect(judge({ ...loan, past: true }, { ...saying, start: "2026-12-01" }, known).wrong).toEqual({ start: "future" });
  });

  it("tells an overlap where both are known, as the office does", () => {
    const wrong = (changes: object, form = loan): unknown => judge(form, { ...saying, ...changes }, known).wrong["start"];
    expect(wrong({})).toBeUndefined();
    expect(wrong({ start: "2026-04-30" })).toBe("overlap");
    expect(wrong({ start: "2026-05-01" })).toBeUndefined();
    expect(wrong({ start: "2026-02-01", last: "2026-02-28" })).toBeUndefined();
    expect(wrong({ start: "2026-02-01", last: "2026-03-01" })).toBe("overlap");
    expect(wrong({ start: "2026-04-01", values: { kind: "chair" } })).toBeUndefined();
    expect(wrong({ start: "2026-04-01", state: "returned" })).toBeUndefined();
    expect(wrong({ start: "2026-04-01" }, { ...loan, alone: false })).toBeUndefined();
    expect(wrong({ start: "2026-04-01" }, { ...loan, aloneBy: ["kind", "not_read"] })).toBeUndefined();
  });

  it("runs the checks of the register: one refuses, one asks", () => {
    expect(judge(loan, { ...saying, values: { kind: "bed", value: "-1.50" } }, known)).toEqual({
      wrong: { value: words("sub zero") },
      warnings: [],
    });
    const long = { ...saying, last: "2028-01-01", values: { kind: "bed", until: "2028-01-01" } };
    expect(judge(loan, long, known)).toEqual({ wrong: {}, warnings: [words("lung")] });
  });
});

describe("what is typed", () => {
  it("is sent by its type, and is shown again as it was typed", () => {
    const [kind, value, until, uses, isNew, parts] = loan.fields as [RegisterField, ...RegisterField[]] as RegisterField[];
    expect(sentAs(kind!, "bed")).toBe("bed");
    expect(sentAs(value!, "1 500,50")).toBe("1500.50");
    expect(sentAs(value!, "1,505")).toEqual({ wrong: "money" });
    expect(sentAs(value!, "mult")).toEqual({ wrong: "number" });
    expect(sentAs(until!, "2026-05-01")).toBe("2026-05-01");
    expect(sentAs(uses!, ["night", "day"])).toEqual(["day", "night"]);
    expect(sentAs(isNew!, "no")).toBe(false);
    expect(sentAs(parts!, "3")).toBe(3);
    expect(sentAs(parts!, "3,5")).toEqual({ wrong: "number" });
    expect([sentAs(kind!, ""), sentAs(uses!, []), sentAs(parts!, undefined)]).toEqual([null, null, null]);
    expect(typedAs(value!, "1500.5", "ro")).toBe("1500,5");
    expect(typedAs(isNew!, false, "ro")).toBe("no");
    expect(sentOf(loan.fields, { kind: "bed", parts: "x" })).toEqual({ values: { kind: "bed" }, wrong: { parts: "number" } });
  });

  it("ends where its field says so, and by a step on the day of it", () => {
    expect(lastOf(loan, { start: "2026-03-01", last: "" }, { until: "2026-04-01" })).toBe("2026-04-01");
    expect(lastOf({ ...loan, ofDay: true }, { start: "2026-03-01", last: "" }, {})).toBe("2026-03-01");
    expect(moved(loan, stands, loan.moves[0]!, "2026-04-15", {})).toEqual({ kind: "bed", until: "2026-04-15" });
  });
});

describe("what names somebody, or another entry", () => {
  const PERSON = "30000000-0000-4000-8000-000000000001";
  const LEFT = "30000000-0000-4000-8000-000000000002";
  const repair: RegisterForm = {
    ...loan,
    key: "repair",
    fields: [field("of_loan", "entry", { of: "loan" }), field("with", "member")],
    line: words("{of_loan}, {with}"),
  };
  const mended: RegisterEntry = { ...stands, id: "70000000-0000-4000-8000-000000000002", register: "repair", values: { of_loan: BED, with: LEFT } };
  const view = {
    members: [{ person: PERSON, givenName: "Ana", familyName: "Popescu" }],
    registers: { about: [], entries: [mended, stands], named: { [LEFT]: "Ion Popescu" } },
  } as unknown as HouseholdView;
  const known = { reference: { registers: [loan, repair] } as unknown as Reference, view };
  const speech = { t: messagesIn("ro"), language: "ro" };
  const [ofLoan, whom] = repair.fields as [RegisterField, RegisterField];

  it("is said in words, and of who is not known nothing", () => {
    expect(lineOf(repair, mended, speech, known)).toBe("bed, Ion Popescu");
    const unknown = { ...mended, values: { of_loan: "70000000-0000-4000-8000-000000000009" } };
    expect(lineOf(repair, unknown, speech, known)).toBe("–, –");
  });

  it("is chosen among who lives there and what is about the same; what it says already stays to be chosen", () => {
    const offered = (one: RegisterField, about: string, chosen = "") =>
      rowsFor(one, about, chosen, speech, known).map(({ value, label }) => [value, label]);
    expect(offered(whom, HOUSE, LEFT)).toEqual([[PERSON, "Ana Popescu"], [LEFT, "Ion Popescu"]]);
    expect(offered(whom, PERSON)).toEqual([]);
    expect(offered(ofLoan, HOUSE)).toEqual([[BED, "bed · 01.03.2026 – 30.04.2026"]]);
    expect(offered(ofLoan, PERSON)).toEqual([]);
  });
});

describe("at the door", () => {
  let device: FakeDevice;
  let book: Book;
  const added: RegisterDeed = {
    ...DEED,
    do: "add",
    register: "loan",
    digest: "d1",
    state: "lent",
    start: "2026-06-01",
    last: null,
    values: { kind: "chair" },
    confirmed: false,
  };
  const entries = async (from = book) => (await from.household(HOUSE))!.registers!.entries;
  const returned = (entry: string, revision = 0): RegisterDeed => ({
    ...added,
    do: "move",
    entry,
    revision,
    move: "return",
    state: "returned",
    start: "2026-07-01",
    last: "2026-07-01",
    values: { until: "2026-07-01" },
  });

  beforeEach(async () => {
    device = new FakeDevice({ now: () => new Date("2026-11-22T10:00:00Z") });
    const about = [{ kind: "household", id: HOUSE, reads: ["general"], writes: ["loan"] } as const];
    device.server.bundles.set(HOUSE, bundle(HOUSE, { registers: { about, entries: [stands] } }));
    book = await device.enrol();
    await new Sync(book, device.ports).now();
  });

  it("what was added, moved and corrected is shown at once, and after a kill", async () => {
    const first = await book.write("register", HOUSE, added);
    await book.write("register", HOUSE, returned(first.id));
    await book.write("register", HOUSE, { ...added, do: "correct", entry: BED, revision: 4, values: { kind: "bed", parts: 2 }, start: "2026-03-02", last: "2026-04-30", why: "Greșit" });
    for (const from of [book, await device.again()]) {
      const [chair, bed] = await entries(from);
      expect(chair).toMatchObject({ id: first.id, about: HOUSE, state: "returned", start: "2026-06-01", end: "2026-07-02", values: { kind: "chair", until: "2026-07-01" } });
      expect(bed).toMatchObject({ id: BED, start: "2026-03-02", end: "2026-05-01", revision: 4, values: { kind: "bed", parts: 2 } });
    }
  });

  it("what follows on an entry waits for what made it, and for nothing else", async () => {
    const first = await book.write("register", HOUSE, added);
    const other = await book.write("register", HOUSE, returned(BED, 4));
    const second = await book.write("register", HOUSE, returned(first.id));
    expect(other.after).toEqual([]);
    expect(second.after).toEqual([first.id]);
    device.server.refuse = ({ id }) => (id === first.id ? { message: "se suprapune", field: "start" } : null);
    await new Sync(book, device.ports).now();
    expect(book.item(first.id)).toMatchObject({ status: "refused", message: "se suprapune", mayDrop: true });
    expect(book.item(second.id)?.status).toBe("waits");
    expect([...device.server.applied.keys()]).toEqual([other.id]);
    device.server.refuse = () => null;
    await book.amend<"register">(first.id, { ...added, start: "2026-08-01" });
    await new Sync(book, device.ports).now();
    expect(book.unsent()).toEqual([]);
    const sent = device.server.applied.get(first.id) as EntryOf<"register">;
    expect(sent.body.start).toBe("2026-08-01");
  });

  it("what names an entry or somebody that is not on record yet goes up after it", async () => {
    const NEW = "30000000-0000-4000-8000-000000000003";
    const first = await book.write("register", HOUSE, added);
    const draft = await book.beginDraft(HOUSE, "check");
    const filled = await book.finishDraft(draft.id, filledWith(draft.instance, "2", [NEW, "Maria", "no"]));
    const naming = await book.write("register", HOUSE, { ...added, register: "repair", values: { of_loan: first.id, with: NEW } });
    expect([...naming.after].sort()).toEqual([first.id, filled.id].sort());
  });

  it("what may be on record cannot be taken back: it is corrected by a deed of its own", async () => {
    const first = await book.write("register", HOUSE, added);
    device.server.faults = ["none", "lose-answer"];
    await new Sync(book, device.ports).now();
    expect(book.item(first.id)?.status).toBe("sent");
    await expect(book.amend<"register">(first.id, { ...added, start: "2026-08-01" })).rejects.toThrow(BookError);
    await new Sync(book, device.ports).now();
    expect(device.server.times.get(first.id)).toBe(1);
  });
});

describe("scores of a questionnaire", () => {
  const pack = { name: "check", version: VERSION };

  it("say their band and the answers behind it, or what is missing; of what is not read nothing", async () => {
    const device = new FakeDevice();
    device.server.bundles.set(HOUSE, bundle(HOUSE));
    const book = await device.enrol();
    await new Sync(book, device.ports).now();
    const known = await book.assess(pack, filledWith(blank, "4"));
    expect(known.scores).toEqual([
      {
        person: null,
        label: words("Cât loc"),
        band: words("destul"),
        meaning: words("trei sau mai multe"),
        proposal: true,
        source: "din memorie",
        answers: [{ question: words("Camere"), answer: words("4") }],
        missing: [],
      },
    ]);
    const [open] = (await book.assess(pack, filledWith(blank, ""))).scores;
    expect(open).toMatchObject({ band: null, meaning: null, answers: [], missing: [words("Camere")] });
  });
});
