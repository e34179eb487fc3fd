import { CsrfToken } from "../shared/session";
import { sendPicturesSmall } from "../shared/small-uploads";
import { copyByOneTouch } from "./copy";
import { openDialogs } from "./dialogs";
import { keepFormDrafts } from "./form-drafts";
import { leaveQuickly } from "./leave";
import { countChosen } from "./listed";
import { focusSearchBySlash } from "./search-key";
import { offerSentences } from "./sentences";
import { showCurrentTab } from "./tabs";

const csrf = new CsrfToken(document.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]")?.value ?? "");

openDialogs();
leaveQuickly();
focusSearchBySlash();
showCurrentTab();
countChosen();
copyByOneTouch();
offerSentences(document);
sendPicturesSmall(document);
keepFormDrafts(document, csrf);

// What concerns htmx waits for it by its events: only the pages that use it load it.
document.addEventListener("htmx:configRequest", (event) => {
  const { verb, headers } = (event as CustomEvent<{ verb: string; headers: Record<string, string> }>).detail;
  if (verb !== "get") headers["X-CSRFToken"] ??= csrf.value;
});
document.addEventListener("htmx:load", (event) => {
  keepFormDrafts(event.target as Element, csrf);
  offerSentences(event.target as Element);
});
