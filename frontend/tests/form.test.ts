// @vitest-environment jsdom
import { createRoot } from "solid-js";
import { describe, expect, test } from "vitest";
import { differences } from "../src/questionnaire/differences";
import { FormError, openForm } from "../src/questionnaire/form-engine";
import { messagesIn } from "../src/questionnaire/messages";
import { canChangeLength, childrenOf, instancesOf, isRepeat, type Question, questionAt } from "../src/questionnaire/nodes";
import { Problems } from "../src/questionnaire/problems";
import { readRoute, writeRoute } from "../src/questionnaire/route";
import { routeTo } from "../src/questionnaire/screen/pages";
import { progressOf, sectionsOf } from "../src/questionnaire/sections";
import { FORM, HOUSEHOLD, instanceOf, member } from "./household";

const open = (instance = HOUSEHOLD, language = "ro") => openForm(FORM, instance, language);

type Root = Awaited<ReturnType<typeof open>>;

function question(root: Root, reference: string): Question {
  const found = questionAt(root, reference);
  if (found === undefined) throw new Error(`no question at ${reference}`);
  return found;
}

function answer(root: Root, reference: string, value: string): void {
  const node = question(root, reference);
  if (node.nodeType === "select") node.selectValue(value);
  else if (node.nodeType === "input") node.setValue(value as never);
}

const repeatOf = (root: Root) => {
  const repeat = childrenOf(root).find(isRepeat);
  if (repeat === undefined || !canChangeLength(repeat)) throw new Error("no repeat");
  return repeat;
};

describe("the form in the engine", () => {
  test("a draft with violations is written, and read again as it was", async () => {
    const root = await open();
    answer(root, "/data/member[2]/identity/cnp", "12");
    answer(root, "/data/dwelling_facts/rooms", "3");
    const kept = root.instanceState.instanceXML;
    const again = await open(kept);
    expect(question(again, "/data/member[2]/identity/cnp").currentState.instanceValue).toBe("12");
    expect(again.instanceState.instanceXML).toBe(kept);
  });

  test("members are added and removed, and the rest keep their answers", async () => {
    const root = await open(instanceOf(...["Ana", "Dan", "Mia"].map((name) => member(name, "Exemplu", "2015-01-01"))));
    const repeat = repeatOf(root);
    repeat.addInstances(2);
    expect(instancesOf(repeat)).toHaveLength(4);
    answer(root, "/data/member[4]/identity/given_name", "Nou");
    repeat.removeInstances(1, 1);
    const again = await open(root.instanceState.instanceXML);
    const names = instancesOf(repeatOf(again)).map(
      (_, index) => question(again, `/data/member[${index + 1}]/identity/given_name`).currentState.instanceValue,
    );
    expect(names).toEqual(["Ana", "Mia", "Nou"]);
  });

  test("what does not concern a person is not asked, and its answer waits in case it does after all", async () => {
    const root = await open();
    const enrolled = question(root, "/data/member[2]/education/enrolled");
    answer(root, "/data/member[2]/education/enrolled", "school");
    answer(root, "/data/member[2]/identity/birth_date", "1950-01-01");
    expect(enrolled.currentState.relevant).toBe(false);
    expect(root.instanceState.instanceXML).not.toContain("school");
    answer(root, "/data/member[2]/identity/birth_date", "2017-05-20");
    expect(enrolled.currentState.instanceValue).toBe("school");
  });

  test("it speaks the language asked for", async () => {
    const root = await open(HOUSEHOLD, "en");
    expect(question(root, "/data/dwelling_facts/rooms").currentState.label?.asString).toBe("Living rooms");
  });

  test("half an instance and half a form are errors with a name", async () => {
    await expect(openForm(FORM, HOUSEHOLD.slice(0, 200), "ro")).rejects.toThrow(FormError);
    await expect(openForm(FORM.slice(0, 2000), HOUSEHOLD, "ro")).rejects.toThrow(FormError);
  });
});

describe("sections and progress", () => {
  test("only what is put to the household is counted", async () => {
    const root = await open();
    const sections = sectionsOf(root);
    expect(sections.map(({ key }) => key)).toEqual(["visit", "dwelling_facts", "member", "closing"]);
    const dwelling = sections[1]?.nodes() ?? [];
    expect(progressOf(dwelling)).toEqual({ answered: 0, asked: 7 });
    answer(root, "/data/dwelling_facts/dwelling", "none");
    expect(progressOf(dwelling)).toEqual({ answered: 1, asked: 4 });
  });

  test("a question is found on its page, a member's on the member's card", async () => {
    const root = await open();
    const sections = sectionsOf(root);
    const cnp = question(root, "/data/member[2]/identity/cnp");
    const route = routeTo(cnp, sections);
    expect(route).toEqual({ section: "member", card: { repeat: "member", position: 2 } });
    expect(route && readRoute(writeRoute(route), "visit")).toEqual(route);
    expect(readRoute("", "visit")).toEqual({ section: "visit", card: null });
    expect(readRoute("#member/member/0", "visit").card).toBeNull();
  });
});

describe("problems", () => {
  const begin = async () => {
    const root = await open();
    const problems = createRoot(() => new Problems(root, () => messagesIn("ro")));
    return { root, problems, cnp: question(root, "/data/member[2]/identity/cnp") };
  };

  test("a violation is shown once the person has left the field, or on submission", async () => {
    const { root, problems, cnp } = await begin();
    answer(root, "/data/member[2]/identity/cnp", "12");
    expect(problems.shownFor(cnp)).toBeNull();
    problems.touch(cnp);
    expect(problems.shownFor(cnp)).toBe("CNP-ul are 13 cifre.");
    const dwelling = question(root, "/data/dwelling_facts/dwelling");
    expect(problems.shownFor(dwelling)).toBeNull();
    problems.showAll();
    expect(problems.shownFor(dwelling)).toBe("Este nevoie de un răspuns.");
    expect(problems.all().map(({ node }) => node)).toEqual([dwelling, cnp]);
  });

  test("what the server objects to stands until the answer changes", async () => {
    const { problems, cnp } = await begin();
    problems.takeServer([
      { reference: "/data/member[2]/identity/cnp", message: "Există deja." },
      { reference: null, message: "Vizita este prea veche." },
    ]);
    expect(problems.shownFor(cnp)).toBe("Există deja.");
    expect(problems.all().map(({ message }) => message)).toContain("Vizita este prea veche.");
    problems.answered(cnp);
    expect(problems.shownFor(cnp)).toBeNull();
  });

  test("text that cannot be read is a problem, not an answer", async () => {
    const { root, problems } = await begin();
    const rooms = question(root, "/data/dwelling_facts/rooms");
    problems.setUnreadable(rooms, "trei");
    problems.touch(rooms);
    expect(problems.shownFor(rooms)).toBe("Scrieți un număr întreg, de exemplu 3.");
  });

  test("a file named in a draft but not kept must be chosen again", async () => {
    const root = await open(HOUSEHOLD.replace("<photo/>", "<photo>casa.jpg</photo>"));
    const problems = createRoot(() => new Problems(root, () => messagesIn("ro")));
    expect(problems.all().map(({ message }) => message)).toContain(messagesIn("ro").fileNotKept);
  });
});

test("two versions differ by answers, one member or many alike", () => {
  const one = instanceOf(member("Ana", "Exemplu", "2015-01-01"));
  const two = instanceOf(member("Ana", "Exemplu", "2015-01-02"), member("Dan", "Exemplu", ""));
  const found = differences(one, two);
  expect(found).toContainEqual({ reference: "/data/member/identity/birth_date", mine: "2015-01-01", theirs: "2015-01-02" });
  expect(found).toContainEqual({ reference: "/data/member[2]/identity/given_name", mine: "", theirs: "Dan" });
  expect(found.map(({ reference }) => reference)).not.toContain("/data/member/identity/given_name");
});
