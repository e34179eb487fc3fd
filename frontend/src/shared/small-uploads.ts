import { shrink } from "./pictures";

/**
 * `<input type="file" data-most-bytes="5242880" data-made-smaller="…">`: a picture larger than that, or of a kind that
 * the server does not take (HEIC where the browser can read it), is made a small JPEG before it is sent; the words are
 * said beside the input. Without JavaScript, or where the picture cannot be read, the server says what is wrong.
 */
const TAKEN = new Set(["image/jpeg", "image/png"]);
const HEIC = /\.hei[cf]$/i;
/** Milliseconds that a form waits for its pictures; a device that needs longer sends them as they are. */
const PATIENCE = 15_000;
const waiting = new WeakMap<HTMLFormElement, Promise<void>>();

export type Shrink = (picture: Blob) => Promise<Blob>;

export function sendPicturesSmall(page: Document, small: Shrink = shrink): void {
  page.addEventListener("change", (event) => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement) || input.type !== "file" || !input.dataset.mostBytes) return;
    const work = replace(input, Number(input.dataset.mostBytes), small);
    if (input.form !== null) waiting.set(input.form, work);
  });
  page.addEventListener("submit", (event) => {
    const form = event.target;
    const work = form instanceof HTMLFormElement ? waiting.get(form) : undefined;
    if (!(form instanceof HTMLFormElement) || work === undefined) return;
    event.preventDefault();
    const { submitter } = event;
    const enough = new Promise<void>((resolve) => setTimeout(resolve, PATIENCE));
    void Promise.race([work.catch(() => undefined), enough]).then(() => {
      if (waiting.get(form) !== work) return;
      waiting.delete(form);
      form.requestSubmit(submitter);
    });
  });
}

async function replace(input: HTMLInputElement, most: number, small: Shrink): Promise<void> {
  const chosen = [...(input.files ?? [])];
  const sent = await Promise.all(chosen.map((file) => (mustShrink(file, most) ? smaller(file, small) : file)));
  // Somebody who chose again meanwhile has chosen otherwise.
  if (sent.every((file, at) => file === chosen[at]) || !sameFiles(input, chosen)) return;
  const list = new DataTransfer();
  for (const file of sent) list.items.add(file);
  input.files = list.files;
  say(input);
}

/** Whether a file is a picture that would be refused as it is. */
export function mustShrink({ name, type, size }: { name: string; type: string; size: number }, most: number): boolean {
  const isPicture = type.startsWith("image/") || HEIC.test(name);
  return isPicture && (size > most || !TAKEN.has(type));
}

async function smaller(file: File, small: Shrink): Promise<File> {
  try {
    const picture = await small(file);
    return new File([picture], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
  } catch {
    return file;
  }
}

function sameFiles(input: HTMLInputElement, files: readonly File[]): boolean {
  const now = [...(input.files ?? [])];
  return now.length === files.length && now.every((file, at) => file.name === files[at]?.name && file.size === files[at]?.size);
}

function say(input: HTMLInputElement): void {
  const words = input.ownerDocument.createElement("p");
  words.className = "hint";
  words.setAttribute("role", "status");
  input.after(words);
  words.textContent = input.dataset.madeSmaller ?? "";
}
