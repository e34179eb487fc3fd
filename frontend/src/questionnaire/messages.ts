import type { Age } from "./persons";
import type { Progress } from "./sections";

/** Every word the questionnaire itself says. Romanian first; English must have the same keys. */
export interface Messages {
  // Opening
  loading: string;
  cannotOpen: string;
  cannotReach: string;
  signInToOpen: string;
  tryAgain: string;
  recovered: string;
  // Sections and progress
  sections: string;
  generalSection: string;
  sectionOf(position: number, total: number): string;
  progress(progress: Progress): string;
  progressShort(progress: Progress): string;
  allAnswered: string;
  back: string;
  next(title: string): string;
  nothingAsked: string;
  // Saving
  savedAt(iso: string, now: Date): string;
  notYetSaved: string;
  saving: string;
  retrying: string;
  signedOut: string;
  signIn: string;
  refused(status: number): string;
  // Somebody else's version
  editedElsewhere: string;
  editedElsewhereBy(by: string | null, at: string | null, now: Date): string;
  choose: string;
  differingAnswers(count: number): string;
  question: string;
  mine: string;
  theirs: string;
  unanswered: string;
  keepMine: string;
  takeTheirs: string;
  decideLater: string;
  // Questions
  required: string;
  /** Completed for a screen reader by clearWhat and the question. */
  clear: string;
  clearWhat: string;
  chooseOne: string;
  answerRequired: string;
  answerInvalid: string;
  notANumber: string;
  notAnInteger: string;
  notADate: string;
  notAPlace: string;
  unsupported: string;
  confirmTrigger: string;
  latitude: string;
  longitude: string;
  findPlace: string;
  searchingPlace: string;
  placeNotFound: string;
  placeAccuracy(metres: number): string;
  fileKept(name: string): string;
  fileNotKept: string;
  fileOnlyOnSubmit: string;
  // Cards of a repeat
  person(position: number): string;
  item(position: number): string;
  age(age: Age): string;
  noPersons: string;
  noItems: string;
  addPerson: string;
  addItem: string;
  remove: string;
  removeTitle(name: string): string;
  removeExplained: string;
  cancel: string;
  backToAll(title: string): string;
  // Review and submission
  review: string;
  reviewIntro: string;
  unansweredQuestions(count: number): string;
  firstUnanswered: string;
  everythingAnswered: string;
  submit: string;
  submitting: string;
  submitFailed: string;
  submitSignedOut: string;
  submitRefused(status: number): string;
  problemsTitle(count: number): string;
  problemsLink(count: number): string;
  toCorrect(count: number): string;
}

function counter(locale: string): (count: number, forms: Partial<Record<Intl.LDMLPluralRule, string>>) => string {
  const rules = new Intl.PluralRules(locale);
  return (count, forms) => `${count} ${forms[rules.select(count)] ?? forms.other ?? ""}`;
}

function moment(locale: string, iso: string, now: Date): { time: string; day: string | null } {
  const at = new Date(iso);
  const time = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" }).format(at);
  const sameDay = at.toDateString() === now.toDateString();
  return { time, day: sameDay ? null : new Intl.DateTimeFormat(locale, { day: "numeric", month: "long" }).format(at) };
}

const roCount = counter("ro");
const roAnswers = { one: "răspuns", few: "răspunsuri", other: "de răspunsuri" };

const ro: Messages = {
  loading: "Se încarcă chestionarul…",
  cannotOpen: "Chestionarul nu poate fi deschis. Anunțați persoana care administrează Punte.",
  cannotReach: "Serverul nu răspunde. Verificați conexiunea și încercați din nou.",
  signInToOpen: "Sesiunea a expirat. Intrați din nou în cont ca să deschideți chestionarul.",
  tryAgain: "Încearcă din nou",
  recovered: "Au fost recuperate răspunsuri care nu ajunseseră la server.",
  sections: "Secțiuni",
  generalSection: "Date generale",
  sectionOf: (position, total) => `Secțiunea ${position} din ${total}`,
  progress: ({ answered, asked }) => `${answered} din ${roCount(asked, roAnswers)}`,
  progressShort: ({ answered, asked }) => `${answered} din ${asked}`,
  allAnswered: "complet",
  back: "Înapoi",
  next: (title) => `Continuă: ${title}`,
  nothingAsked: "Nu este nimic de întrebat aici, după răspunsurile de până acum.",
  savedAt: (iso, now) => {
    const { time, day } = moment("ro-RO", iso, now);
    return day === null ? `Salvat la ${time}` : `Salvat pe ${day}, la ${time}`;
  },
  notYetSaved: "Nimic de salvat",
  saving: "Se salvează…",
  retrying: "Nesalvat; se reîncearcă",
  signedOut:
    "Sesiunea a expirat. Răspunsurile sunt păstrate în această pagină: intrați din nou în cont, iar ele se salvează singure.",
  signIn: "Intră în cont într-o filă nouă",
  refused: (status) =>
    `Serverul nu a primit răspunsurile (cod ${status}). Ele rămân în această pagină; nu o închideți și cereți ajutor.`,
  editedElsewhere: "Evaluarea a fost modificată și în altă parte",
  editedElsewhereBy: (by, at, now) => {
    const who = by === null ? "Cineva" : by;
    if (at === null) return `${who} a salvat altă variantă a acestei evaluări.`;
    const { time, day } = moment("ro-RO", at, now);
    return `${who} a salvat altă variantă ${day === null ? "azi" : `pe ${day}`}, la ${time}.`;
  },
  choose: "Alege varianta",
  differingAnswers: (count) =>
    roCount(count, { one: "răspuns diferă", few: "răspunsuri diferă", other: "de răspunsuri diferă" }),
  question: "Întrebarea",
  mine: "Varianta mea",
  theirs: "Cealaltă variantă",
  unanswered: "fără răspuns",
  keepMine: "Continuă cu varianta mea",
  takeTheirs: "Ia cealaltă variantă",
  decideLater: "Hotărăsc mai târziu",
  required: "obligatoriu",
  clear: "Șterge",
  clearWhat: "răspunsul",
  chooseOne: "Alege…",
  answerRequired: "Este nevoie de un răspuns.",
  answerInvalid: "Răspunsul nu este valid.",
  notANumber: "Scrieți un număr, de exemplu 1250,50.",
  notAnInteger: "Scrieți un număr întreg, de exemplu 3.",
  notADate: "Data nu este completă sau nu există.",
  notAPlace: "Scrieți latitudinea (de la −90 la 90) și longitudinea (de la −180 la 180).",
  unsupported:
    "Acest fel de întrebare nu poate fi completat aici. Răspundeți din aplicația ODK Collect sau lăsați întrebarea fără răspuns.",
  confirmTrigger: "Am luat la cunoștință",
  latitude: "Latitudine",
  longitude: "Longitudine",
  findPlace: "Folosește locul unde mă aflu",
  searchingPlace: "Se caută locul…",
  placeNotFound: "Locul nu a putut fi aflat. Scrieți coordonatele sau încercați din nou.",
  placeAccuracy: (metres) => `Precizie: ${roCount(metres, { one: "metru", few: "metri", other: "de metri" })}`,
  fileKept: (name) => `Fișier ales: ${name}`,
  fileNotKept: "Fișierul ales mai devreme nu s-a păstrat. Alegeți-l din nou sau ștergeți răspunsul.",
  fileOnlyOnSubmit: "Fișierul se trimite odată cu evaluarea; până atunci nu se păstrează dacă pagina este închisă.",
  person: (position) => `Persoana ${position}`,
  item: (position) => `Poziția ${position}`,
  age: ({ years, months }) => {
    if (years >= 2) return roCount(years, { one: "an", few: "ani", other: "de ani" });
    const all = years * 12 + months;
    return all === 0 ? "sub o lună" : roCount(all, { one: "lună", few: "luni", other: "de luni" });
  },
  noPersons: "Nu este nicio persoană. Adăugați pe rând membrii gospodăriei.",
  noItems: "Nu este nimic adăugat.",
  addPerson: "Adaugă o persoană",
  addItem: "Adaugă",
  remove: "Scoate",
  removeTitle: (name) => `Scoateți din evaluare: ${name}?`,
  removeExplained: "Răspunsurile date aici se șterg din această evaluare. Nu se pot aduce înapoi.",
  cancel: "Renunță",
  backToAll: (title) => `Înapoi la: ${title}`,
  review: "Verifică și trimite",
  reviewIntro:
    "Se poate trimite și cu întrebări fără răspuns, dacă nu sunt obligatorii. La ele, evaluarea va arăta „nu s-a putut stabili”.",
  unansweredQuestions: (count) =>
    roCount(count, {
      one: "întrebare fără răspuns",
      few: "întrebări fără răspuns",
      other: "de întrebări fără răspuns",
    }),
  firstUnanswered: "Mergi la prima întrebare fără răspuns",
  everythingAnswered: "Toate întrebările au răspuns.",
  submit: "Trimite",
  submitting: "Se trimite…",
  submitFailed: "Evaluarea nu s-a trimis, fiindcă serverul nu răspunde. Răspunsurile sunt păstrate; încercați din nou.",
  submitSignedOut: "Evaluarea nu s-a trimis, fiindcă sesiunea a expirat. Intrați din nou în cont, apoi trimiteți.",
  submitRefused: (status) => `Evaluarea nu a fost primită (cod ${status}). Răspunsurile sunt păstrate.`,
  problemsTitle: (count) =>
    count === 1
      ? "Un răspuns trebuie corectat înainte de trimitere"
      : `${roCount(count, { few: "răspunsuri", other: "de răspunsuri" })} trebuie corectate înainte de trimitere`,
  problemsLink: (count) => `${roCount(count, roAnswers)} de corectat: vezi lista`,
  toCorrect: (count) => `${count} de corectat`,
};

const enCount = counter("en");
const enAnswers = { one: "answer", other: "answers" };

const en: Messages = {
  loading: "Loading the questionnaire…",
  cannotOpen: "The questionnaire cannot be opened. Tell the person who looks after Punte.",
  cannotReach: "The server does not answer. Check the connection and try again.",
  signInToOpen: "You have been signed out. Sign in again to open the questionnaire.",
  tryAgain: "Try again",
  recovered: "Answers that had not reached the server were recovered.",
  sections: "Sections",
  generalSection: "General",
  sectionOf: (position, total) => `Section ${position} of ${total}`,
  progress: ({ answered, asked }) => `${answered} of ${enCount(asked, enAnswers)}`,
  progressShort: ({ answered, asked }) => `${answered} of ${asked}`,
  allAnswered: "complete",
  back: "Back",
  next: (title) => `Continue: ${title}`,
  nothingAsked: "There is nothing to ask here, by the answers so far.",
  savedAt: (iso, now) => {
    const { time, day } = moment("en-GB", iso, now);
    return day === null ? `Saved at ${time}` : `Saved on ${day} at ${time}`;
  },
  notYetSaved: "Nothing to save",
  saving: "Saving…",
  retrying: "Not saved; trying again",
  signedOut: "You have been signed out. Your answers are kept in this page: sign in again and they save themselves.",
  signIn: "Sign in, in a new tab",
  refused: (status) =>
    `The server did not take the answers (code ${status}). They stay in this page; keep it open and ask for help.`,
  editedElsewhere: "The assessment was also changed elsewhere",
  editedElsewhereBy: (by, at, now) => {
    const who = by === null ? "Somebody" : by;
    if (at === null) return `${who} saved another version of this assessment.`;
    const { time, day } = moment("en-GB", at, now);
    return `${who} saved another version ${day === null ? "today" : `on ${day}`} at ${time}.`;
  },
  choose: "Choose the version",
  differingAnswers: (count) => enCount(count, { one: "answer differs", other: "answers differ" }),
  question: "Question",
  mine: "My version",
  theirs: "The other version",
  unanswered: "not answered",
  keepMine: "Continue with my version",
  takeTheirs: "Take the other version",
  decideLater: "Decide later",
  required: "required",
  clear: "Clear",
  clearWhat: "the answer",
  chooseOne: "Choose…",
  answerRequired: "An answer is needed.",
  answerInvalid: "The answer is not valid.",
  notANumber: "Write a number, for example 1250.50.",
  notAnInteger: "Write a whole number, for example 3.",
  notADate: "The date is not complete or does not exist.",
  notAPlace: "Write the latitude (−90 to 90) and the longitude (−180 to 180).",
  unsupported:
    "This kind of question cannot be answered here. Answer it in ODK Collect or leave it without an answer.",
  confirmTrigger: "I have taken note",
  latitude: "Latitude",
  longitude: "Longitude",
  findPlace: "Use the place where I am",
  searchingPlace: "Finding the place…",
  placeNotFound: "The place could not be found. Write the coordinates or try again.",
  placeAccuracy: (metres) => `Accuracy: ${enCount(metres, { one: "metre", other: "metres" })}`,
  fileKept: (name) => `File chosen: ${name}`,
  fileNotKept: "The file chosen earlier was not kept. Choose it again or clear the answer.",
  fileOnlyOnSubmit: "The file is sent with the assessment; until then it is not kept if the page is closed.",
  person: (position) => `Person ${position}`,
  item: (position) => `Item ${position}`,
  age: ({ years, months }) => {
    if (years >= 2) return `${years} years old`;
    const all = years * 12 + months;
    return all === 0 ? "under one month old" : `${enCount(all, { one: "month", other: "months" })} old`;
  },
  noPersons: "There is nobody yet. Add the members of the household one by one.",
  noItems: "Nothing has been added.",
  addPerson: "Add a person",
  addItem: "Add",
  remove: "Remove",
  removeTitle: (name) => `Remove from the assessment: ${name}?`,
  removeExplained: "The answers given here are deleted from this assessment. They cannot be brought back.",
  cancel: "Cancel",
  backToAll: (title) => `Back to: ${title}`,
  review: "Check and submit",
  reviewIntro:
    "Questions may stay without an answer unless they are required. For those the assessment will say “could not be established”.",
  unansweredQuestions: (count) =>
    enCount(count, { one: "question without an answer", other: "questions without an answer" }),
  firstUnanswered: "Go to the first question without an answer",
  everythingAnswered: "Every question has an answer.",
  submit: "Submit",
  submitting: "Submitting…",
  submitFailed: "The assessment was not submitted: the server does not answer. Your answers are kept; try again.",
  submitSignedOut: "The assessment was not submitted: you have been signed out. Sign in again, then submit.",
  submitRefused: (status) => `The assessment was not accepted (code ${status}). Your answers are kept.`,
  problemsTitle: (count) =>
    `${enCount(count, { one: "answer has", other: "answers have" })} to be corrected before submission`,
  problemsLink: (count) => `${enCount(count, enAnswers)} to correct: see the list`,
  toCorrect: (count) => `${count} to correct`,
};

export const messagesIn = (language: string): Messages => (language === "en" ? en : ro);
