// @vitest-environment jsdom
import { render } from "solid-js/web";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import axe from "axe-core";
import { SessionShelf } from "../src/questionnaire/copy-shelf";
import { App } from "../src/questionnaire/screen/App";
import { draftOf, FakeDoors, HOUSEHOLD } from "./household";

/** Generous, for a machine that is busy with other things. */
const soon = <T,>(look: () => T): Promise<T> => vi.waitFor(look, { timeout: 15_000 });

let close: () => void = () => undefined;

function open(doors: FakeDoors, language = "ro") {
  const place = document.createElement("main");
  document.body.replaceChildren(place);
  const arrived: string[] = [];
  close = render(
    () => (
      <App doors={doors} shelf={new SessionShelf("1")} language={language} onSubmitted={(address) => arrived.push(address)} />
    ),
    place,
  );
  return { arrived };
}

const title = (): Promise<string> =>
  soon(() => {
    const heading = document.getElementById("q-title");
    if (heading === null) throw new Error("not open yet");
    return heading.textContent?.trim() ?? "";
  });

function field<T extends HTMLElement = HTMLInputElement>(label: string): T {
  for (const element of document.querySelectorAll("label")) {
    if (!element.textContent?.trim().startsWith(label)) continue;
    const named = element.htmlFor === "" ? element.querySelector("input") : document.getElementById(element.htmlFor);
    if (named !== null) return named as unknown as T;
  }
  throw new Error(`no field called ${label}`);
}

function button(label: string): HTMLButtonElement {
  const found = [...document.querySelectorAll("button")].find((element) => element.textContent?.trim().startsWith(label));
  if (found === undefined) throw new Error(`no button called ${label}`);
  return found;
}

function type(element: HTMLInputElement, text: string): void {
  element.value = text;
  element.dispatchEvent(new Event("input", { bubbles: true }));
  element.dispatchEvent(new Event("change", { bubbles: true }));
}

async function goTo(hash: string): Promise<void> {
  history.pushState(null, "", hash);
  dispatchEvent(new PopStateEvent("popstate"));
  await title();
}

async function expectAccessible(): Promise<void> {
  // Colours need a browser that paints; the journeys in tests/ check them there.
  const { violations } = await axe.run(document.body, { rules: { "color-contrast": { enabled: false }, region: { enabled: false } } });
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`)).toEqual([]);
}

beforeEach(() => {
  sessionStorage.clear();
  history.replaceState(null, "", "#");
});
afterEach(() => close());

describe("the questionnaire on screen", () => {
  test("opens on the first section and leads through the others", async () => {
    open(new FakeDoors());
    expect(await title()).toBe("Vizita");
    await expectAccessible();
    button("Continuă: Locuința").click();
    expect(await title()).toBe("Locuința");
    expect(document.body.textContent).toContain("Acest fel de întrebare nu poate fi completat aici.");
    await expectAccessible();
  });

  test("an answer is saved as it is given, and a question it makes pointless is gone at once", async () => {
    const doors = new FakeDoors();
    open(doors);
    await title();
    await goTo("#dwelling_facts");
    type(field("Venit net"), "1.250,50");
    expect(field("Venit net").value).toBe("1250,5");
    field("Fără locuință").click();
    expect(document.body.textContent).not.toContain("Număr de camere");
    await soon(() => expect(doors.saved.at(-1)?.instance).toContain("<dwelling>none</dwelling>"));
    expect(doors.saved.at(-1)?.instance).toContain("<monthly_income_lei>1250.5</monthly_income_lei>");
    await soon(() => expect(sessionStorage).toHaveLength(0));
  });

  test("a wrong answer is said beside the field, which points to the words", async () => {
    open(new FakeDoors());
    await title();
    await goTo("#member/member/2");
    expect(await title()).toBe("Sorin Exemplu");
    const cnp = field("CNP");
    type(cnp, "12");
    expect(cnp.getAttribute("aria-invalid")).toBe("true");
    const ids = cnp.getAttribute("aria-describedby")?.split(" ") ?? [];
    expect(ids.map((id) => document.getElementById(id)?.textContent).join(" ")).toContain("CNP-ul are 13 cifre.");
    await expectAccessible();
  });

  test("text that is no number is kept as typed when one leaves and returns", async () => {
    open(new FakeDoors());
    await title();
    await goTo("#dwelling_facts");
    type(field("Număr de camere"), "trei");
    await goTo("#visit");
    await goTo("#dwelling_facts");
    expect(field("Număr de camere").value).toBe("trei");
    expect(document.body.textContent).toContain("Scrieți un număr întreg");
  });

  test("members are cards; one is added, named, and removed after a question", async () => {
    open(new FakeDoors());
    await title();
    await goTo("#member");
    const cards = (): string[] => [...document.querySelectorAll(".q-card-name")].map((card) => card.textContent ?? "");
    expect(cards()).toEqual(["Elena Exemplu", "Sorin Exemplu"]);
    await expectAccessible();
    button("+ Adaugă o persoană").click();
    expect(await title()).toBe("Persoana 3");
    type(field("Prenume"), "Ilinca");
    expect(await title()).toBe("Ilinca");
    await goTo("#member");
    expect(cards()).toEqual(["Elena Exemplu", "Sorin Exemplu", "Ilinca"]);
    button("Scoate Elena").click();
    expect(document.querySelector("dialog")?.textContent).toContain("Scoateți din evaluare: Elena Exemplu?");
    button("Renunță").click();
    expect(cards()).toHaveLength(3);
    button("Scoate Elena").click();
    document.querySelector<HTMLButtonElement>("dialog .q-grave")?.click();
    expect(cards()).toEqual(["Sorin Exemplu", "Ilinca"]);
  });

  test("submission lists what is wrong, leads to it, and goes through when it is right", async () => {
    const doors = new FakeDoors();
    const { arrived } = open(doors);
    await title();
    await goTo("#!review");
    button("Trimite").click();
    const summary = document.getElementById("q-summary");
    expect(summary?.textContent).toContain("Un răspuns trebuie corectat");
    await soon(() => expect(document.activeElement).toBe(summary));
    await expectAccessible();
    summary?.querySelector("a")?.click();
    expect(await title()).toBe("Locuința");
    await soon(() => expect(document.activeElement?.matches("input[type=radio]")).toBe(true));
    field("Casă").click();
    await goTo("#!review");
    button("Trimite").click();
    await soon(() => expect(arrived).toEqual(["/evaluari/7/"]));
    expect(doors.submitted[0]?.xml).toContain("<dwelling>house</dwelling>");
    expect(sessionStorage).toHaveLength(0);
  });

  test("answers that had not reached the server are put back and sent", async () => {
    const mine = HOUSEHOLD.replace("<remarks/>", "<remarks>nu se pierde</remarks>");
    new SessionShelf("1").write({ instance: mine, base: 1 });
    const doors = new FakeDoors();
    open(doors);
    await title();
    expect(document.body.textContent).toContain("Au fost recuperate răspunsuri");
    await soon(() => expect(doors.saved.at(-1)?.instance).toContain("nu se pierde"));
  });

  test("changed elsewhere meanwhile: the differing answers are shown, and nothing is sent before the choice", async () => {
    const mine = HOUSEHOLD.replace("<rooms/>", "<rooms>2</rooms>").replace("<dwelling/>", "<dwelling>flat</dwelling>");
    const theirs = mine.replace("<dwelling>flat", "<dwelling>house");
    new SessionShelf("1").write({ instance: mine, base: 1 });
    const doors = new FakeDoors(draftOf(theirs, { version: 2, by: "Maria I." }));
    open(doors);
    await title();
    const row = document.querySelector("dialog tbody tr");
    expect([...(row?.children ?? [])].map((cell) => cell.textContent)).toEqual(["Felul locuinței", "Apartament", "Casă"]);
    expect(document.querySelectorAll("dialog tbody tr")).toHaveLength(1);
    await expectAccessible();
    expect(doors.saved).toHaveLength(0);
    button("Continuă cu varianta mea").click();
    await soon(() => expect(doors.saved.at(-1)?.base).toBe(2));
    expect(doors.saved.at(-1)?.instance).toContain("<dwelling>flat");
  });

  test("when the session ends the answers stay, with a way to sign in", async () => {
    const doors = new FakeDoors();
    doors.saveAnswers = [{ kind: "signed-out", loginUrl: "/login?next=x" }];
    open(doors);
    await title();
    await goTo("#closing");
    type(field("Ce mai trebuie știut"), "Vecina ajută");
    await soon(() => expect(document.querySelector("a[href='/login?next=x']")).not.toBeNull());
    expect(new SessionShelf("1").read()?.instance).toContain("Vecina ajută");
    expect(dispatchEvent(new Event("beforeunload", { cancelable: true }))).toBe(false);
    await soon(() => expect(document.querySelector("a[href='/login?next=x']")).toBeNull());
    expect(dispatchEvent(new Event("beforeunload", { cancelable: true }))).toBe(true);
  });

  test("speaks English", async () => {
    open(new FakeDoors(), "en");
    expect(await title()).toBe("The visit");
    expect(button("Continue: The dwelling")).toBeDefined();
  });

  test("a form that cannot be opened says so and offers another try", async () => {
    open(new FakeDoors(draftOf("<data")));
    await soon(() => expect(document.body.textContent).toContain("Chestionarul nu poate fi deschis"));
    expect(button("Încearcă din nou")).toBeDefined();
  });
});
