// @vitest-environment jsdom
import { beforeAll, describe, expect, test, vi } from "vitest";
import { mustShrink, sendPicturesSmall } from "../src/shared/small-uploads";

const MOST = 5 * 1024 * 1024;
const photo = (name: string, type: string, size: number): File => {
  const file = new File(["x"], name, { type });
  Object.defineProperty(file, "size", { value: size });
  return file;
};

describe("what is made smaller", () => {
  test.each([
    ["IMG_1.jpg", "image/jpeg", 8_000_000, true],
    ["IMG_1.jpg", "image/jpeg", 2_000_000, false],
    ["foto.jfif", "image/jpeg", 2_000_000, false],
    ["scan.png", "image/png", 6_000_000, true],
    ["IMG_0001.HEIC", "image/heic", 2_000_000, true],
    ["IMG_0001.HEIC", "", 2_000_000, true],
    ["a.webp", "image/webp", 1_000, true],
    ["cerere.pdf", "application/pdf", 8_000_000, false],
  ])("%s of %s and %d bytes", (name, type, size, smaller) => {
    expect(mustShrink({ name, type, size }, MOST)).toBe(smaller);
  });
});

describe("a form with a large photo", () => {
  beforeAll(() => {
    vi.stubGlobal(
      "DataTransfer",
      class {
        files: File[] = [];
        items = { add: (file: File) => this.files.push(file) };
      },
    );
  });

  function page(): { form: HTMLFormElement; input: HTMLInputElement; choose: (...files: File[]) => void } {
    document.body.innerHTML = `<form><input type="file" data-most-bytes="${MOST}" data-made-smaller="Micșorată."></form>`;
    const form = document.querySelector("form") as HTMLFormElement;
    const input = document.querySelector("input") as HTMLInputElement;
    const choose = (...files: File[]): void => {
      Object.defineProperty(input, "files", { value: files, writable: true, configurable: true });
      input.dispatchEvent(new Event("change", { bubbles: true }));
    };
    return { form, input, choose };
  }

  test("is sent with a small one, after it was made", async () => {
    sendPicturesSmall(document, async () => new Blob(["small"], { type: "image/jpeg" }));
    const { form, input, choose } = page();
    const sent = vi.fn();
    form.requestSubmit = sent;
    choose(photo("IMG_0001.HEIC", "image/heic", 8_000_000), photo("cerere.pdf", "application/pdf", 100));
    const first = new Event("submit", { bubbles: true, cancelable: true });
    form.dispatchEvent(first);
    expect(first.defaultPrevented).toBe(true);
    await vi.waitFor(() => expect(sent).toHaveBeenCalledOnce());
    expect([...(input.files ?? [])].map((file) => file.name)).toEqual(["IMG_0001.jpg", "cerere.pdf"]);
    expect(form.textContent).toContain("Micșorată.");
    const second = new Event("submit", { bubbles: true, cancelable: true });
    form.dispatchEvent(second);
    expect(second.defaultPrevented).toBe(false);
  });

  test("is sent once, as it is, where making it small does not end", async () => {
    const { form, choose } = page();
    const fresh = document.implementation.createHTMLDocument();
    fresh.body.append(form);
    sendPicturesSmall(fresh, () => new Promise(() => undefined));
    const sent = vi.fn();
    form.requestSubmit = sent;
    choose(photo("IMG_0001.HEIC", "image/heic", 8_000_000));
    vi.useFakeTimers();
    form.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
    form.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
    await vi.advanceTimersByTimeAsync(60_000);
    vi.useRealTimers();
    expect(sent).toHaveBeenCalledOnce();
  });

  test("keeps what cannot be read, for the server to say what is wrong", async () => {
    document.body.innerHTML = "";
    const fresh = document.implementation.createHTMLDocument();
    sendPicturesSmall(fresh, () => Promise.reject(new Error("unreadable")));
    fresh.body.innerHTML = `<input type="file" data-most-bytes="1">`;
    const input = fresh.querySelector("input") as HTMLInputElement;
    const files = [photo("a.heic", "image/heic", 10)];
    Object.defineProperty(input, "files", { value: files, writable: true });
    input.dispatchEvent(new Event("change", { bubbles: true }));
    await new Promise((resolve) => setTimeout(resolve));
    expect(input.files).toBe(files);
  });
});
