import htmx from "htmx.org";
import { CsrfToken } from "../shared/session";
import { openDialogs } from "./dialogs";
import { keepFormDrafts } from "./form-drafts";
import { leaveQuickly } from "./leave";
import { focusSearchBySlash } from "./search-key";

// Both would break the pages' content security policy: one writes a style element, the other runs text as code.
htmx.config.includeIndicatorStyles = false;
htmx.config.allowEval = false;

const csrf = new CsrfToken(document.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]")?.value ?? "");
document.addEventListener("htmx:configRequest", (event) => {
  const { verb, headers } = (event as CustomEvent<{ verb: string; headers: Record<string, string> }>).detail;
  if (verb !== "get") headers["X-CSRFToken"] ??= csrf.value;
});

openDialogs();
leaveQuickly();
focusSearchBySlash();
htmx.onLoad((arrived) => keepFormDrafts(arrived as ParentNode, csrf));
