// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { copyByOneTouch } from "../src/office/copy";
import { openDialogs } from "../src/office/dialogs";
import { keepFormDrafts } from "../src/office/form-drafts";
import { readFields, writeFields } from "../src/office/form-fields";
import { focusSearchBySlash } from "../src/office/search-key";
import { CsrfToken } from "../src/shared/session";

const FORM = `<form data-draft="plan-1" data-draft-url="/ciorna">
  <input type="hidden" name="csrfmiddlewaretoken" value="t"><input type="password" name="secret">
  <input name="title"><input name="step"><input name="step"><textarea name="note"></textarea>
  <input type="checkbox" name="who" value="a"><input type="checkbox" name="who" value="b">
  <select name="kind" multiple><option value="x"></option><option value="y"></option></select></form>`;

function show(html: string): HTMLFormElement {
  document.body.innerHTML = html;
  return document.querySelector("form") as HTMLFormElement;
}

describe("the fields of a form", () => {
  test("are read and put back by name, but not what is secret or the page's own", () => {
    const fields = { title: ["T"], step: ["1", "2"], note: ["n"], who: ["b"], kind: ["x", "y"] };
    const form = show(FORM);
    writeFields(form, fields);
    expect(readFields(form)).toEqual(fields);
  });

  test("with what the page says that it showed when they were typed", () => {
    const form = show('<form><input name="phone"><input type="hidden" name="seen" data-drafted value="then"></form>');
    expect(readFields(form)).toEqual({ phone: [""], seen: ["then"] });
  });
});

describe("drafts of forms", () => {
  let calls: { method: string; body: unknown }[];
  let draft: Response;

  beforeEach(() => {
    calls = [];
    draft = new Response(null, { status: 204 });
    sessionStorage.clear();
    vi.useFakeTimers();
    vi.stubGlobal("fetch", (_: string, init: RequestInit) => {
      const method = init.method ?? "GET";
      calls.push({ method, body: init.body });
      if (method === "GET") return Promise.resolve(draft);
      return Promise.resolve(new Response(JSON.stringify({ saved_at: "2026-01-20T14:40:00Z" })));
    });
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  const keep = async (html = FORM): Promise<HTMLFormElement> => {
    const form = show(html);
    keepFormDrafts(document, new CsrfToken("t"));
    await vi.advanceTimersByTimeAsync(0);
    return form;
  };

  test("what is typed is saved, and said to be", async () => {
    const form = await keep();
    const title = form.elements.namedItem("title") as HTMLInputElement;
    title.value = "Plan";
    title.dispatchEvent(new Event("input", { bubbles: true }));
    await vi.advanceTimersByTimeAsync(500);
    const [, put] = calls;
    expect(put?.method).toBe("PUT");
    expect(JSON.parse(String(put?.body)).fields.title).toEqual(["Plan"]);
    expect(form.querySelector("[data-draft-state]")?.textContent).toMatch(/\d\d:40/);
  });

  test("a draft is put back when the form opens again, with a way to start anew", async () => {
    draft = new Response(JSON.stringify({ fields: { title: ["Plan"] }, saved_at: "2026-01-20T14:40:00Z" }));
    const form = await keep();
    expect((form.elements.namedItem("title") as HTMLInputElement).value).toBe("Plan");
    await vi.advanceTimersByTimeAsync(1_000);
    expect(form.querySelector("[data-draft-state] button")).not.toBeNull();
    expect(calls.map(({ method }) => method)).toEqual(["GET"]);
  });

  test("a form the server gave back keeps what it brought", async () => {
    draft = new Response(JSON.stringify({ fields: { title: ["old"] } }));
    const form = await keep(FORM.replace("<form", "<form data-draft-bound").replace('name="title"', 'name="title" value="new"'));
    expect((form.elements.namedItem("title") as HTMLInputElement).value).toBe("new");
    expect(calls).toHaveLength(0);
  });

  test("submitting waits until what is typed is saved", async () => {
    const form = await keep();
    const submitted: boolean[] = [];
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      submitted.push(calls.some(({ method }) => method === "PUT"));
    });
    const title = form.elements.namedItem("title") as HTMLInputElement;
    title.value = "Plan";
    title.dispatchEvent(new Event("input", { bubbles: true }));
    form.requestSubmit();
    expect(submitted).toEqual([]);
    await vi.advanceTimersByTimeAsync(10);
    expect(submitted).toEqual([true]);
  });
});

describe("small helps", () => {
  test("a button opens its dialog and another closes it", () => {
    document.body.innerHTML = '<button data-opens="d"></button><dialog id="d"><button data-closes></button></dialog>';
    openDialogs();
    const dialog = document.querySelector("dialog");
    document.querySelector<HTMLButtonElement>("[data-opens]")?.click();
    expect(dialog?.open).toBe(true);
    document.querySelector<HTMLButtonElement>("[data-closes]")?.click();
    expect(dialog?.open).toBe(false);
  });

  test("the slash goes to the search, but not out of a field", () => {
    document.body.innerHTML = '<input type="search"><textarea></textarea>';
    focusSearchBySlash();
    const press = (target: Element): boolean =>
      target.dispatchEvent(new KeyboardEvent("keydown", { key: "/", bubbles: true, cancelable: true }));
    const text = document.querySelector("textarea") as HTMLTextAreaElement;
    text.focus();
    expect(press(text)).toBe(true);
    expect(document.activeElement).toBe(text);
    expect(press(document.body)).toBe(false);
    expect(document.activeElement).toBe(document.querySelector("input"));
  });
});

describe("a link to hand over", () => {
  const LINK = `<div class="copied"><input readonly value="https://punte.example/parola">
    <button type="button" data-copy hidden></button><span role="status" data-said="Copiat"></span></div>`;

  afterEach(() => vi.unstubAllGlobals());

  test("is copied with one touch, and the page says so", async () => {
    const writeText = vi.fn().mockResolvedValue(undefined);
    vi.stubGlobal("navigator", { clipboard: { writeText } });
    document.body.innerHTML = LINK;
    copyByOneTouch();
    const button = document.querySelector("button") as HTMLButtonElement;
    expect(button.hidden).toBe(false);
    button.click();
    await vi.waitFor(() => expect(document.querySelector("[role=status]")?.textContent).toBe("Copiat"));
    expect(writeText).toHaveBeenCalledWith("https://punte.example/parola");
  });

  test("stays chosen where the clipboard is closed", async () => {
    vi.stubGlobal("navigator", {});
    document.execCommand = vi.fn().mockReturnValue(false);
    document.body.innerHTML = LINK;
    copyByOneTouch();
    (document.querySelector("button") as HTMLButtonElement).click();
    const field = document.querySelector("input") as HTMLInputElement;
    await vi.waitFor(() => expect(field.selectionEnd).toBe(field.value.length));
    expect(document.querySelector("[role=status]")?.textContent).toBe("");
  });
});
