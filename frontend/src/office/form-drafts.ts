import { SessionShelf } from "../questionnaire/copy-shelf";
import type { SaveResult } from "../questionnaire/doors";
import { DraftQueue, type SaveState } from "../questionnaire/draft-queue";
import { guardLeaving } from "../questionnaire/screen/leaving";
import { type CsrfToken, isSignedOut, jsonOf, textIn } from "../shared/session";
import { fieldsIn, readFields, writeFields } from "./form-fields";
import { showState } from "./form-state";

/** How long submitting waits for the draft to reach the server before it goes on regardless. */
const SUBMIT_WAIT_MS = 3_000;
const KEEPALIVE_BYTES = 60_000;

/**
 * `<form data-draft="plan-12" data-draft-url="/ciorne/plan-12/">` keeps what is typed on the server as it is typed, and
 * puts it back when the form is opened again. `data-draft-bound` marks a form the server has given back with its
 * content, which is newer than any draft. The server deletes the draft when it accepts the form.
 */
export function keepFormDrafts(within: ParentNode, csrf: CsrfToken): void {
  const forms = [...within.querySelectorAll<HTMLFormElement>("form[data-draft][data-draft-url]")];
  if (within instanceof HTMLFormElement && within.matches("[data-draft][data-draft-url]")) forms.push(within);
  for (const form of forms) {
    if (form.dataset.draftKept !== undefined) continue;
    form.dataset.draftKept = "";
    void keepDraft(form, csrf);
  }
}

async function keepDraft(form: HTMLFormElement, csrf: CsrfToken): Promise<void> {
  const url = form.dataset.draftUrl ?? "";
  const shelf = new SessionShelf(`form.${form.dataset.draft ?? url}`);
  const untouched = JSON.stringify(readFields(form));
  let savedAt: string | null = null;
  let isRestoring = false;

  const queue = new DraftQueue({
    doors: { saveDraft: (fields, base, { leaving }) => save(url, csrf, fields, base, leaving) },
    shelf,
    version: 0,
    savedAt: null,
    onState: (state: SaveState) => {
      if (state.kind === "saved") savedAt = state.at;
      showState(form, state);
    },
  });
  const typed = (): void => {
    if (isRestoring) return;
    const now = JSON.stringify(readFields(form));
    if (now !== untouched || savedAt !== null) queue.changed(now);
  };
  form.addEventListener("input", typed);
  form.addEventListener("change", typed);
  submitAfterSaving(form, queue);
  form.addEventListener("htmx:afterRequest", () => queue.reopen());
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) queue.reopen();
  });
  const stopGuarding = guardLeaving(queue);
  document.addEventListener("htmx:afterSwap", function forget() {
    if (form.isConnected) return;
    document.removeEventListener("htmx:afterSwap", forget);
    stopGuarding();
    queue.close();
  });

  if (form.dataset.draftBound !== undefined) {
    shelf.remove();
    return;
  }
  const kept = shelf.read()?.instance;
  const draft = await load(url, csrf);
  const fields = fieldsIn(kept === undefined ? draft?.fields : JSON.parse(kept));
  // Somebody quicker than the network has already begun: what they type now is what they mean.
  if (fields === null || JSON.stringify(readFields(form)) !== untouched) return;
  isRestoring = true;
  writeFields(form, fields);
  isRestoring = false;
  if (kept !== undefined) {
    queue.changed(kept);
  } else {
    savedAt = draft?.savedAt ?? null;
    showState(form, { kind: "saved", at: savedAt }, async () => {
      await discard(url, csrf);
      shelf.remove();
      location.reload();
    });
  }
}

/** So that a draft on its way cannot arrive after the form, and a lost session finds everything saved. */
function submitAfterSaving(form: HTMLFormElement, queue: DraftQueue): void {
  let isReady = false;
  form.addEventListener(
    "submit",
    (event) => {
      if (isReady || !queue.hasUnsaved) {
        queue.pause();
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      queue.flush();
      const enough = new Promise((resolve) => setTimeout(resolve, SUBMIT_WAIT_MS));
      void Promise.race([queue.settled(), enough]).then(() => {
        isReady = true;
        form.requestSubmit(event.submitter ?? undefined);
        isReady = false;
      });
    },
    { capture: true },
  );
}

async function load(url: string, csrf: CsrfToken): Promise<{ fields: unknown; savedAt: string | null } | null> {
  try {
    const response = await fetch(url, { redirect: "manual", cache: "no-store", headers: { Accept: "application/json" } });
    if (response.status !== 200) return null;
    const body = await jsonOf(response);
    csrf.learn(body.csrf);
    return { fields: body.fields, savedAt: textIn(body, "saved_at") };
  } catch {
    return null;
  }
}

async function save(url: string, csrf: CsrfToken, fields: string, base: number, leaving: boolean): Promise<SaveResult> {
  const body = `{"fields":${fields}}`;
  const response = await fetch(url, {
    method: "PUT",
    body,
    redirect: "manual",
    keepalive: leaving && new Blob([body]).size < KEEPALIVE_BYTES,
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": csrf.value },
  });
  const answer = await jsonOf(response);
  if (isSignedOut(response)) {
    return { kind: "signed-out", loginUrl: textIn(answer, "login_url") ?? document.body.dataset.loginUrl ?? "/" };
  }
  if (response.status >= 502 || response.status === 429) return { kind: "unreachable" };
  if (!response.ok) return { kind: "refused", status: response.status, message: textIn(answer, "message") };
  return { kind: "saved", version: base + 1, savedAt: textIn(answer, "saved_at") ?? new Date().toISOString() };
}

async function discard(url: string, csrf: CsrfToken): Promise<void> {
  await fetch(url, { method: "DELETE", redirect: "manual", headers: { "X-CSRFToken": csrf.value } });
}
