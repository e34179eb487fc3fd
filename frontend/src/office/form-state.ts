import type { SaveState } from "../questionnaire/draft-queue";

interface Words {
  readonly locale: string;
  saved(moment: string): string;
  readonly recovered: string;
  readonly startAnew: string;
  readonly saving: string;
  readonly retrying: string;
  readonly signedOut: string;
  readonly signIn: string;
  readonly refused: string;
}

const RO: Words = {
  locale: "ro-RO",
  saved: (moment) => `Ciornă salvată la ${moment}`,
  recovered: "Au fost puse la loc cele scrise mai devreme.",
  startAnew: "Începe de la capăt",
  saving: "Se salvează…",
  retrying: "Nesalvat; se reîncearcă",
  signedOut: "Sesiunea a expirat. Ce ați scris rămâne aici:",
  signIn: "intrați din nou în cont, într-o filă nouă",
  refused: "Ciorna nu s-a putut salva. Trimiteți formularul înainte de a închide pagina.",
};

const EN: Words = {
  locale: "en-GB",
  saved: (moment) => `Draft saved at ${moment}`,
  recovered: "What was typed earlier has been put back.",
  startAnew: "Start anew",
  saving: "Saving…",
  retrying: "Not saved; trying again",
  signedOut: "You have been signed out. What you typed stays here:",
  signIn: "sign in again, in a new tab",
  refused: "The draft could not be saved. Submit the form before closing the page.",
};

/** Says in the form's `[data-draft-state]`, made at its end if there is none, what has become of what is typed. */
export function showState(form: HTMLFormElement, state: SaveState, startAnew?: () => Promise<void>): void {
  const words = document.documentElement.lang.startsWith("en") ? EN : RO;
  const place = form.querySelector<HTMLElement>("[data-draft-state]") ?? makePlace(form);
  const text = wordsFor(state, words);
  if (startAnew !== undefined) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn quiet";
    button.textContent = words.startAnew;
    button.addEventListener("click", () => void startAnew());
    place.replaceChildren(`${words.recovered} ${text} `, button);
    return;
  }
  if (state.kind === "signed-out") {
    const link = document.createElement("a");
    link.href = state.loginUrl;
    link.target = "_blank";
    link.rel = "noopener";
    link.textContent = words.signIn;
    place.replaceChildren(`${text} `, link);
    return;
  }
  // The same words are not written again, so that a screen reader is not told twice.
  if (place.textContent !== text) place.replaceChildren(text);
}

function wordsFor(state: SaveState, words: Words): string {
  switch (state.kind) {
    case "saved":
      return state.at === null ? "" : words.saved(timeOf(state.at, words.locale));
    case "saving":
      return words.saving;
    case "signed-out":
      return words.signedOut;
    case "retrying":
      return words.retrying;
    default:
      return words.refused;
  }
}

function timeOf(iso: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" }).format(new Date(iso));
}

function makePlace(form: HTMLFormElement): HTMLElement {
  const place = document.createElement("p");
  place.className = "muted";
  place.dataset.draftState = "";
  place.setAttribute("role", "status");
  form.append(place);
  return place;
}
