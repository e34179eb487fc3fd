// @vitest-environment jsdom
import { beforeEach, describe, expect, test } from "vitest";
import { offerSentences } from "../src/office/sentences";

const PAGE = (typed = ""): string => `<form><textarea id="note">${typed}</textarea>
  <details data-sentences="note"><summary>Propoziții</summary><ul>
    <li>Am vorbit cu ___ despre ___.</li><li>De acord.</li></ul></details></form>`;

function show(html: string): { field: HTMLTextAreaElement; buttons: HTMLButtonElement[] } {
  document.body.innerHTML = html;
  offerSentences(document);
  return {
    field: document.querySelector("textarea") as HTMLTextAreaElement,
    buttons: [...document.querySelectorAll<HTMLButtonElement>("details button")],
  };
}

describe("ready sentences", () => {
  let typed: number;
  beforeEach(() => {
    typed = 0;
    document.body.addEventListener("input", () => (typed += 1), { once: true });
  });

  test("go where the cursor stands, and what is to be filled in is marked", () => {
    const { field, buttons } = show(PAGE());
    field.focus();
    field.value = "Luni. Atât.";
    field.setSelectionRange(5, 5);
    buttons[0]?.click();
    expect(field.value).toBe("Luni. Am vorbit cu ___ despre ___. Atât.");
    expect(field.value.slice(field.selectionStart, field.selectionEnd)).toBe("___");
    expect(field.selectionStart).toBe(19);
    expect(document.activeElement).toBe(field);
    expect(typed).toBe(1);
  });

  test("follow what is written in a field where nobody has been yet", () => {
    const { field, buttons } = show(PAGE("Am citit."));
    buttons[1]?.click();
    expect(field.value).toBe("Am citit. De acord.");
  });

  test("take the place of what is marked", () => {
    const { field, buttons } = show(PAGE("Nu știu."));
    field.focus();
    field.select();
    buttons[1]?.click();
    expect(field.value).toBe("De acord.");
  });

  test("are never more than the field takes", () => {
    const { field, buttons } = show(PAGE("Am citit."));
    field.maxLength = 12;
    buttons[1]?.click();
    expect(field.value).toBe("Am citit.");
  });

  test("are offered once, however often a part of the page is loaded", () => {
    show(PAGE());
    offerSentences(document);
    expect(document.querySelectorAll("details button")).toHaveLength(2);
  });
});
