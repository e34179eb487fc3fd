/** Every word that Teren itself says. Romanian first; English must have the same keys. */
export interface Messages {
  teren: string;
  back: string;
  save: string;
  cancel: string;
  close: string;
  tryAgain: string;
  today: string;
  settings: string;
  loading: string;
  optional: string;
  notThere: string;
  storageFull: string;
  storageFailed: string;
  // First start
  welcome: string;
  welcomeWords: string;
  welcomeKept: string;
  needsSignal: string;
  signInFirst: string;
  signInWords: string;
  signIn: string;
  signedInAs(name: string): string;
  noOrganization: string;
  deviceName: string;
  deviceNameHint: string;
  deviceNameUsual: string;
  organization: string;
  pin: string;
  pinChoose: string;
  pinHint: string;
  pinAgain: string;
  pinShort: string;
  pinEasy: string;
  pinsDiffer: string;
  nameMissing: string;
  prepareDevice: string;
  preparing: string;
  enrolRefused: string;
  forgotten: string;
  thrownAway: string;
  // Lock
  locked: string;
  unlock: string;
  unlocking: string;
  wrongPin(left: number): string;
  pinForgotten: string;
  pinForgottenWords: string;
  wipeAll: string;
  elsewhere: string;
  elsewhereWords: string;
  newer: string;
  reload: string;
  newVersion: string;
  newVersionUse: string;
  // Sync
  syncNow: string;
  syncing: string;
  syncWords(sent: string, total: string): string;
  syncData(households: number): string;
  syncFiles(sent: string, total: string): string;
  allSent: string;
  unsentShort(count: number, size: string): string;
  noSignal: string;
  serverTrouble: string;
  shutOut: string;
  lastSync(when: string): string;
  neverSynced: string;
  notPersistent: string;
  // Today
  filter: string;
  filterHint: string;
  found(count: number): string;
  nobodyFound: string;
  noHouseholds: string;
  noHouseholdsWords: string;
  showMore: string;
  overdue(day: string): string;
  dueToday: string;
  due(day: string): string;
  isNew: string;
  isGone: string;
  isSealed: string;
  unsentHere(count: number): string;
  begun: string;
  newHousehold: string;
  chooseHouseholds: string;
  wholeCaseload(count: number): string;
  wholeCaseloadWords: string;
  chosenOnly: string;
  chosenWords(count: number): string;
  choose(name: string): string;
  chooseNeedsSignal: string;
  done: string;
  // Household
  household: string;
  safeContact: string;
  address: string;
  phone: string;
  noPhone: string;
  call(name: string): string;
  people: string;
  noPeople: string;
  deadlines: string;
  noDeadlines: string;
  lastFindings: string;
  assessedOn(day: string, by: string): string;
  notAssessed(count: number): string;
  noFindings: string;
  neverAssessed: string;
  wholeFamily: string;
  caseNumber(number: string): string;
  caseNotSent: string;
  caseOf(name: string): string;
  noCase: string;
  plan: string;
  planInForce(version: number): string;
  planDraft: string;
  planWritten: string;
  noPlan: string;
  done2: string;
  interventions: string;
  noInterventions: string;
  by(name: string): string;
  actions: string;
  assess: string;
  assessAgain: string;
  continueAssessment(progress: string): string;
  dropDraft: string;
  dropDraftTitle: string;
  dropDraftWords: string;
  chooseForm: string;
  logVisit: string;
  draftPlan: string;
  photograph: string;
  signature: string;
  change: string;
  openCase: string;
  notSentYet: string;
  // Household form
  householdName: string;
  householdNameHint: string;
  place: string;
  locality: string;
  safeContactHint: string;
  homeNameMissing: string;
  placeMissing: string;
  saveHousehold: string;
  nothingChanged: string;
  // Case
  caseAbout: string;
  regime: string;
  reason: string;
  caseReasonHint: string;
  reasonMissing: string;
  regimeMissing: string;
  // Visit
  mode: string;
  code: string;
  codeNone: string;
  at: string;
  atFuture: string;
  minutes: string;
  minutesWrong: string;
  person: string;
  step: string;
  stepNone: string;
  metFamily: string;
  compartment: string;
  compartments: Readonly<Record<string, string>>;
  note: string;
  noteHint: string;
  modeMissing: string;
  // Questionnaire and findings
  assessment: string;
  soFar: string;
  soFarNothing: string;
  soFarCounts(severe: number, others: number): string;
  finish: string;
  finishing: string;
  checkAndFinish: string;
  finishIntro: string;
  finishFailed: string;
  notStored: string;
  recovered: string;
  toCorrect(count: number): string;
  packMissing: string;
  findings: string;
  findingsSaved: string;
  severity: Readonly<Record<number, string>>;
  whatNext: string;
  toHousehold: string;
  mendAssessment: string;
  // Plan
  planTitle: string;
  planProposed: string;
  planFromDraft: string;
  planFromUnsent: string;
  planEmpty: string;
  objective(position: number): string;
  objectiveText: string;
  term: string;
  steps: string;
  stepText: string;
  service: string;
  serviceNone: string;
  addStep: string;
  addObjective: string;
  changeGoal: string;
  changeNamed(name: string): string;
  remove: string;
  removeNamed(name: string): string;
  removed: string;
  putBack: string;
  planReason: string;
  planReasonHint: string;
  savePlan: string;
  objectiveMissing: string;
  forFindings(names: string): string;
  forWhom: string;
  // Photograph and signature
  takePhoto: string;
  photoWords: string;
  takeAnother: string;
  caption: string;
  captionHint: string;
  keepPhoto: string;
  photoUnreadable: string;
  photoOf(size: string): string;
  photos: string;
  signatureOf: string;
  signatureNameMissing: string;
  signHere: string;
  signHint: string;
  signClear: string;
  signByName: string;
  signByNameHint: string;
  signatureMissing: string;
  whatIsSigned: string;
  keepSignature: string;
  signedOn(name: string, day: string): string;
  // Unsent
  unsentTitle: string;
  unsentNothing: string;
  kinds: Readonly<Record<string, string>>;
  statuses: Readonly<Record<string, string>>;
  mend: string;
  retry: string;
  drop: string;
  dropTitle: string;
  dropWords: string;
  exportUnsent: string;
  exportWords: string;
  notices: string;
  understood: string;
  // Settings
  device: string;
  account: string;
  versions: string;
  application: string;
  questionnaire: string;
  lockAfter: string;
  minutesOf(count: number): string;
  lockNow: string;
  changePin: string;
  pinBefore: string;
  pinNew: string;
  pinChanged: string;
  storage: string;
  storageKept: string;
  storageNotKept: string;
  storageUnsent: string;
  language: string;
  signOut: string;
  signOutTitle: string;
  signOutWords: string;
  signOutUnsent(count: number): string;
  signOutConfirm: string;
}

function counter(locale: string): (count: number, forms: Partial<Record<Intl.LDMLPluralRule, string>>) => string {
  const rules = new Intl.PluralRules(locale);
  return (count, forms) => `${count} ${forms[rules.select(count)] ?? forms.other ?? ""}`;
}

const roCount = counter("ro");
const enCount = counter("en");

const ro: Messages = {
  teren: "Teren",
  back: "Înapoi",
  save: "Salvează",
  cancel: "Renunță",
  close: "Închide",
  tryAgain: "Încearcă din nou",
  today: "Azi",
  settings: "Setări",
  loading: "Se deschide…",
  optional: "dacă se știe",
  notThere: "Nu mai este pe acest dispozitiv.",
  storageFull:
    "Dispozitivul nu mai are loc. Ce ați scris este încă aici: trimiteți acum sau salvați fișierul cu cele netrimise.",
  storageFailed:
    "Scrierea pe dispozitiv nu a reușit. Ce ați scris este încă aici: trimiteți acum sau salvați fișierul cu cele netrimise.",
  welcome: "Teren, la ușa gospodăriei",
  welcomeWords:
    "Luați cu dumneavoastră gospodăriile de care vă ocupați: evaluați, vedeți pe loc constatările, scrieți planul și vizitele, și fără semnal. Când aveți semnal, totul ajunge la birou.",
  welcomeKept:
    "Datele stau pe dispozitiv criptate cu un PIN pe care îl știți numai dumneavoastră. După zece PIN-uri greșite, totul se șterge de pe dispozitiv.",
  needsSignal: "Pentru prima pornire este nevoie de semnal.",
  signInFirst: "Mai întâi, intrați în cont",
  signInWords: "O singură dată, cu semnal. După aceea Teren se deschide cu PIN-ul.",
  signIn: "Intră în cont",
  signedInAs: (name) => `Sunteți în cont ca ${name}.`,
  noOrganization: "Contul dumneavoastră nu face evaluări, așa că nu poate pregăti un dispozitiv.",
  deviceName: "Numele dispozitivului",
  deviceNameHint: "Ca să fie recunoscut la birou, de exemplu „Tableta albastră”.",
  deviceNameUsual: "Tableta mea",
  organization: "Instituția",
  pin: "PIN",
  pinChoose: "Alegeți un PIN",
  pinHint: "Cel puțin șase cifre, nu toate la fel și nu la rând.",
  pinAgain: "PIN-ul, încă o dată",
  pinShort: "PIN-ul are nevoie de cel puțin șase cifre.",
  pinEasy: "PIN-ul acesta se ghicește ușor. Alegeți altul.",
  pinsDiffer: "Cele două PIN-uri nu sunt la fel.",
  nameMissing: "Dați un nume dispozitivului.",
  prepareDevice: "Pregătește dispozitivul",
  preparing: "Se pregătește…",
  enrolRefused: "Dispozitivul nu a putut fi pregătit. Încercați din nou sau cereți ajutor la birou.",
  forgotten: "Tot ce era al dumneavoastră a fost șters de pe acest dispozitiv.",
  thrownAway:
    "Browserul a șters ce păstra Teren pe acest dispozitiv, poate pentru că nu mai era loc. Dispozitivul trebuie pregătit din nou.",
  locked: "Teren este încuiat",
  unlock: "Deschide",
  unlocking: "Se deschide…",
  wrongPin: (left) =>
    left === 1
      ? "PIN greșit. Mai aveți o singură încercare, apoi totul se șterge."
      : `PIN greșit. Mai aveți ${roCount(left, { few: "încercări", other: "de încercări" })}.`,
  pinForgotten: "Am uitat PIN-ul",
  pinForgottenWords:
    "Fără PIN, datele nu mai pot fi deschise de nimeni. Puteți șterge tot și pregăti dispozitivul din nou; ce nu a fost trimis se pierde.",
  wipeAll: "Șterge tot de pe dispozitiv",
  elsewhere: "Teren este deschis în altă fereastră",
  elsewhereWords: "Continuați acolo, sau închideți fereastra aceea și se deschide aici.",
  newer: "Pe acest dispozitiv a lucrat o versiune mai nouă. Reîncărcați.",
  reload: "Reîncarcă",
  newVersion: "Este gata o versiune nouă.",
  newVersionUse: "Folosește-o acum",
  syncNow: "Sincronizează",
  syncing: "Se sincronizează…",
  syncWords: (sent, total) => `Se trimit: ${sent} din ${total}`,
  syncData: (households) =>
    `Se primesc: ${roCount(households, { one: "gospodărie", few: "gospodării", other: "de gospodării" })}`,
  syncFiles: (sent, total) => `Se trimit fotografiile: ${sent} din ${total}`,
  allSent: "Totul este trimis",
  unsentShort: (count, size) => `${count} ${count === 1 ? "netrimisă" : "netrimise"}, ${size}`,
  noSignal: "Fără semnal",
  serverTrouble: "Serverul nu poate primi acum. Se încearcă din nou.",
  shutOut: "Dispozitivul nu mai este primit. Cereți ajutor la birou.",
  lastSync: (when) => `Sincronizat ${when}`,
  neverSynced: "Nesincronizat încă",
  notPersistent:
    "Browserul nu promite că păstrează ce este netrimis dacă rămâne fără loc. Trimiteți cât mai repede sau salvați fișierul.",
  filter: "Caută în listă",
  filterHint: "nume, localitate",
  found: (count) => roCount(count, { one: "gospodărie", few: "gospodării", other: "de gospodării" }),
  nobodyFound: "Nimeni nu se potrivește.",
  noHouseholds: "Nicio gospodărie pe dispozitiv",
  noHouseholdsWords: "Sincronizați când aveți semnal, sau scrieți o gospodărie nouă.",
  showMore: "Arată mai multe",
  overdue: (day) => `depășit, ${day}`,
  dueToday: "azi",
  due: (day) => `până la ${day}`,
  isNew: "nouă",
  isGone: "nu mai este la dumneavoastră",
  isSealed: "sigilat",
  unsentHere: (count) => `${count} ${count === 1 ? "netrimisă" : "netrimise"}`,
  begun: "evaluare începută",
  newHousehold: "Gospodărie nouă",
  chooseHouseholds: "Alege gospodăriile",
  wholeCaseload: (count) => `Toate cazurile mele (${count})`,
  wholeCaseloadWords: "Tot ce aveți în lucru vine pe dispozitiv.",
  chosenOnly: "Numai cele alese pentru azi",
  chosenWords: (count) => `${roCount(count, { one: "gospodărie aleasă", few: "gospodării alese", other: "de gospodării alese" })}`,
  choose: (name) => `Alege ${name}`,
  chooseNeedsSignal: "Gospodăriile alese acum vin la următoarea sincronizare.",
  done: "Gata",
  household: "Gospodăria",
  safeContact: "Contact sigur",
  address: "Adresa",
  phone: "Telefon",
  noPhone: "fără telefon",
  call: (name) => `Sună: ${name}`,
  people: "Cine locuiește aici",
  noPeople: "Încă nu este scris nimeni. Persoanele se scriu la evaluare.",
  deadlines: "Termene",
  noDeadlines: "Niciun termen.",
  lastFindings: "Ultimele constatări",
  assessedOn: (day, by) => `Evaluare din ${day}, ${by}`,
  notAssessed: (count) =>
    `${roCount(count, { one: "constatare nu s-a putut stabili", few: "constatări nu s-au putut stabili", other: "de constatări nu s-au putut stabili" })}, fiindcă lipsesc răspunsuri.`,
  noFindings: "Nicio vulnerabilitate constatată din răspunsurile de până acum.",
  neverAssessed: "Gospodăria nu a fost evaluată.",
  wholeFamily: "Toată gospodăria",
  caseNumber: (number) => `Caz ${number}`,
  caseNotSent: "Caz deschis aici, netrimis",
  caseOf: (name) => `pentru ${name}`,
  noCase: "Nu are caz deschis. Vizitele și planul se scriu într-un caz.",
  plan: "Plan",
  planInForce: (version) => `Plan în vigoare, versiunea ${version}`,
  planDraft: "Ciornă de plan la birou",
  planWritten: "Plan scris aici, netrimis",
  noPlan: "Încă nu are plan.",
  done2: "făcut",
  interventions: "Ce s-a făcut",
  noInterventions: "Nicio intervenție scrisă.",
  by: (name) => `de ${name}`,
  actions: "Ce faceți",
  assess: "Evaluează",
  assessAgain: "Evaluează din nou",
  continueAssessment: (progress) => `Continuă evaluarea (${progress})`,
  dropDraft: "Renunță la evaluarea începută",
  dropDraftTitle: "Renunțați la evaluarea începută?",
  dropDraftWords: "Răspunsurile ei se șterg de pe dispozitiv și nu se pot aduce înapoi.",
  chooseForm: "Alegeți chestionarul",
  logVisit: "Scrie o vizită",
  draftPlan: "Scrie planul",
  photograph: "Fotografie",
  signature: "Semnătură",
  change: "Schimbă adresa sau telefonul",
  openCase: "Deschide un caz",
  notSentYet: "netrimis",
  householdName: "Numele gospodăriei",
  householdNameHint: "De obicei numele de familie al persoanei de referință.",
  place: "Comuna sau orașul",
  locality: "Satul sau cartierul",
  safeContactHint: "Cum se poate lua legătura fără să punem pe cineva în pericol, de exemplu: „numai la școală, dimineața”.",
  homeNameMissing: "Scrieți numele gospodăriei.",
  placeMissing: "Alegeți comuna sau orașul.",
  saveHousehold: "Salvează gospodăria",
  nothingChanged: "Nu s-a schimbat nimic.",
  caseAbout: "Cazul este pentru",
  regime: "Felul managementului de caz",
  reason: "Motivul",
  caseReasonHint: "Ce ați aflat și de ce este nevoie de un caz.",
  reasonMissing: "Scrieți motivul.",
  regimeMissing: "Alegeți felul managementului de caz.",
  mode: "Cum",
  code: "Ce s-a făcut",
  codeNone: "fără cod",
  at: "Când",
  atFuture: "Momentul nu poate fi în viitor.",
  minutes: "Câte minute",
  minutesWrong: "Scrieți un număr de minute, de la 1 la 1440.",
  person: "Pentru cine",
  step: "Pasul din plan care s-a făcut",
  stepNone: "niciun pas",
  metFamily: "Am vorbit cu familia",
  compartment: "Partea din dosar",
  compartments: {
    general: "General",
    health: "Sănătate",
    education: "Educație",
    legal: "Juridic",
    violence: "Violență",
    abuse: "Abuz",
  },
  note: "Notă",
  noteHint: "Puteți dicta cu microfonul tastaturii.",
  modeMissing: "Alegeți cum a fost.",
  assessment: "Evaluare",
  soFar: "Ce arată până acum",
  soFarNothing: "nimic încă",
  soFarCounts: (severe, others) => `${severe} ${severe === 1 ? "gravă" : "grave"}, ${others} ${others === 1 ? "alta" : "altele"}`,
  finish: "Încheie evaluarea",
  finishing: "Se încheie…",
  checkAndFinish: "Verifică și încheie",
  finishIntro:
    "Se poate încheia și cu întrebări fără răspuns, dacă nu sunt obligatorii. La ele, evaluarea va arăta „nu s-a putut stabili”.",
  finishFailed: "Evaluarea nu s-a putut încheia. Răspunsurile sunt păstrate; încercați din nou.",
  notStored: "Dispozitivul nu mai are loc. Răspunsurile rămân deschise aici: încheiați și trimiteți cât mai repede.",
  recovered: "Au fost regăsite răspunsurile de mai devreme.",
  toCorrect: (count) =>
    count === 1
      ? "Un răspuns trebuie corectat înainte de încheiere"
      : `${roCount(count, { few: "răspunsuri", other: "de răspunsuri" })} trebuie corectate înainte de încheiere`,
  packMissing: "Chestionarul nu este pe dispozitiv. Sincronizați când aveți semnal.",
  findings: "Constatări",
  findingsSaved: "Evaluarea este încheiată și păstrată pe dispozitiv. Pleacă la prima sincronizare.",
  severity: { 3: "gravă", 2: "moderată", 1: "de urmărit" },
  whatNext: "Mai departe",
  toHousehold: "La gospodărie",
  mendAssessment: "Îndreptați evaluarea",
  planTitle: "Planul",
  planProposed: "Propus din constatări. Păstrați ce se potrivește familiei, schimbați sau scoateți restul.",
  planFromDraft: "Este ciorna de la birou.",
  planFromUnsent: "Este planul scris aici, încă netrimis.",
  planEmpty: "Niciun obiectiv. Adăugați unul.",
  objective: (position) => `Obiectivul ${position}`,
  objectiveText: "Ce vrem să se schimbe",
  term: "Termen",
  steps: "Pași",
  stepText: "Pasul",
  service: "Felul serviciului",
  serviceNone: "neales",
  addStep: "Adaugă un pas",
  addObjective: "Adaugă un obiectiv",
  changeGoal: "Schimbă",
  changeNamed: (name) => `Schimbă: ${name}`,
  remove: "Scoate",
  removeNamed: (name) => `Scoate: ${name}`,
  removed: "Scos din plan.",
  putBack: "Pune la loc",
  planReason: "De ce se schimbă planul",
  planReasonHint: "Familia are un plan în vigoare; spuneți ce s-a schimbat.",
  savePlan: "Salvează planul",
  objectiveMissing: "Scrieți obiectivul sau scoateți-l.",
  forFindings: (names) => `Pentru: ${names}`,
  forWhom: "Pentru cine",
  takePhoto: "Fă o fotografie",
  photoWords: "Se micșorează pe dispozitiv; locul și aparatul nu rămân în ea. Cereți voie celor din imagine.",
  takeAnother: "Fă alta",
  caption: "Ce se vede",
  captionHint: "Câteva cuvinte, fără nume dacă se poate.",
  keepPhoto: "Păstrează fotografia",
  photoUnreadable: "Fotografia nu a putut fi citită. Încercați alta.",
  photoOf: (size) => `Fotografie de ${size}`,
  photos: "Fotografii și semnături",
  signatureOf: "Cine semnează",
  signatureNameMissing: "Scrieți numele celui care semnează.",
  signHere: "Locul semnăturii: desenați cu degetul",
  signHint: "Semnați cu degetul în chenar.",
  signClear: "Șterge semnătura",
  signByName: "Nu semnează cu degetul: numele scris ține loc de semnătură",
  signByNameHint: "Citiți întâi cu voce tare ce se semnează.",
  signatureMissing: "Semnați în chenar sau alegeți ca numele să țină loc de semnătură.",
  whatIsSigned: "Ce se semnează",
  keepSignature: "Păstrează semnătura",
  signedOn: (name, day) => `Semnat de ${name}, ${day}`,
  unsentTitle: "Netrimise",
  unsentNothing: "Totul este trimis. Nimic nu așteaptă pe dispozitiv.",
  kinds: {
    household_new: "Gospodărie nouă",
    household_change: "Date schimbate",
    case_open: "Caz deschis",
    assessment: "Evaluare",
    plan: "Plan",
    intervention: "Vizită sau intervenție",
    file: "Fișier",
    photo: "Fotografie",
    signature: "Semnătură",
  },
  statuses: {
    ready: "gata de trimis",
    sent: "pe drum",
    refused: "de îndreptat",
    waits: "așteaptă altceva",
    bytes: "se trimite fișierul",
    applied: "primit",
    conflict: "de lămurit la birou",
  },
  mend: "Îndreaptă",
  retry: "Trimite din nou",
  drop: "Renunță",
  dropTitle: "Renunțați la ce nu a fost primit?",
  dropWords: "Se șterge de pe dispozitiv și nu ajunge la birou. Nu se poate aduce înapoi.",
  exportUnsent: "Salvează ca fișier criptat",
  exportWords: "Fișierul poate fi deschis numai la birou, dacă dispozitivul nu mai ajunge la semnal.",
  notices: "Ce a răspuns biroul",
  understood: "Am înțeles",
  device: "Dispozitivul",
  account: "Lucrați ca",
  versions: "Versiuni",
  application: "Aplicația",
  questionnaire: "Chestionarul",
  lockAfter: "Se încuie după",
  minutesOf: (count) => roCount(count, { one: "minut", few: "minute", other: "de minute" }),
  lockNow: "Încuie acum",
  changePin: "Schimbă PIN-ul",
  pinBefore: "PIN-ul de acum",
  pinNew: "PIN-ul nou",
  pinChanged: "PIN-ul este schimbat.",
  storage: "Păstrarea pe dispozitiv",
  storageKept: "Browserul a promis că nu șterge ce păstrează Teren.",
  storageNotKept: "Browserul poate șterge ce păstrează Teren dacă rămâne fără loc. Sincronizați des.",
  storageUnsent: "Acum sunt lucruri netrimise: trimiteți-le sau salvați fișierul.",
  language: "Limba",
  signOut: "Ieși și șterge tot",
  signOutTitle: "Ieșiți și ștergeți tot de pe dispozitiv?",
  signOutWords: "Gospodăriile, ciornele și PIN-ul se șterg. Ce este la birou rămâne.",
  signOutUnsent: (count) =>
    `${roCount(count, { one: "lucru nu este trimis", few: "lucruri nu sunt trimise", other: "de lucruri nu sunt trimise" })} și s-ar pierde. Trimiteți sau salvați întâi fișierul.`,
  signOutConfirm: "Ieși și șterge",
};

const en: Messages = {
  teren: "Teren",
  back: "Back",
  save: "Save",
  cancel: "Cancel",
  close: "Close",
  tryAgain: "Try again",
  today: "Today",
  settings: "Settings",
  loading: "Opening…",
  optional: "if known",
  notThere: "It is no longer on this device.",
  storageFull:
    "The device has no space left. What you wrote is still here: send it now, or save the file of what is unsent.",
  storageFailed:
    "Writing on the device did not succeed. What you wrote is still here: send it now, or save the file of what is unsent.",
  welcome: "Teren, at the family's door",
  welcomeWords:
    "Take along the households you look after: assess, see at once what it shows, write the plan and the visits, also without a signal. With a signal, everything reaches the office.",
  welcomeKept:
    "What is on the device is encrypted with a PIN that only you know. After ten wrong PINs everything is wiped from the device.",
  needsSignal: "The first start needs a signal.",
  signInFirst: "First, sign in",
  signInWords: "Once, with a signal. After that Teren opens by the PIN.",
  signIn: "Sign in",
  signedInAs: (name) => `You are signed in as ${name}.`,
  noOrganization: "Your account does not assess households, so it cannot prepare a device.",
  deviceName: "Name of the device",
  deviceNameHint: "So that the office recognises it, for example “The blue tablet”.",
  deviceNameUsual: "My tablet",
  organization: "Organisation",
  pin: "PIN",
  pinChoose: "Choose a PIN",
  pinHint: "At least six digits, not all alike and not in a row.",
  pinAgain: "The PIN once more",
  pinShort: "The PIN needs at least six digits.",
  pinEasy: "This PIN is easily guessed. Choose another.",
  pinsDiffer: "The two PINs are not the same.",
  nameMissing: "Give the device a name.",
  prepareDevice: "Prepare the device",
  preparing: "Preparing…",
  enrolRefused: "The device could not be prepared. Try again, or ask the office for help.",
  forgotten: "Everything of yours has been wiped from this device.",
  thrownAway:
    "The browser has deleted what Teren kept on this device, perhaps because it ran out of space. The device must be prepared again.",
  locked: "Teren is locked",
  unlock: "Open",
  unlocking: "Opening…",
  wrongPin: (left) =>
    left === 1
      ? "Wrong PIN. One try is left, then everything is wiped."
      : `Wrong PIN. ${enCount(left, { one: "try is", other: "tries are" })} left.`,
  pinForgotten: "I forgot the PIN",
  pinForgottenWords:
    "Without the PIN nobody can open the data any more. You can wipe everything and prepare the device again; what was not sent is lost.",
  wipeAll: "Wipe everything from the device",
  elsewhere: "Teren is open in another window",
  elsewhereWords: "Go on there, or close that window and it opens here.",
  newer: "A newer version has worked on this device. Reload.",
  reload: "Reload",
  newVersion: "A new version is ready.",
  newVersionUse: "Use it now",
  syncNow: "Sync",
  syncing: "Syncing…",
  syncWords: (sent, total) => `Sending: ${sent} of ${total}`,
  syncData: (households) => `Receiving: ${enCount(households, { one: "household", other: "households" })}`,
  syncFiles: (sent, total) => `Sending photographs: ${sent} of ${total}`,
  allSent: "Everything is sent",
  unsentShort: (count, size) => `${count} unsent, ${size}`,
  noSignal: "No signal",
  serverTrouble: "The server cannot take it now. It will be tried again.",
  shutOut: "This device is no longer let in. Ask the office for help.",
  lastSync: (when) => `Synced ${when}`,
  neverSynced: "Not synced yet",
  notPersistent:
    "The browser does not promise to keep what is unsent if it runs out of space. Send it soon, or save the file.",
  filter: "Find in the list",
  filterHint: "name, place",
  found: (count) => enCount(count, { one: "household", other: "households" }),
  nobodyFound: "Nobody matches.",
  noHouseholds: "No household on the device",
  noHouseholdsWords: "Sync when there is a signal, or write a new household.",
  showMore: "Show more",
  overdue: (day) => `overdue, ${day}`,
  dueToday: "today",
  due: (day) => `by ${day}`,
  isNew: "new",
  isGone: "no longer yours",
  isSealed: "sealed",
  unsentHere: (count) => `${count} unsent`,
  begun: "assessment begun",
  newHousehold: "New household",
  chooseHouseholds: "Choose households",
  wholeCaseload: (count) => `My whole caseload (${count})`,
  wholeCaseloadWords: "Everything you work on comes to the device.",
  chosenOnly: "Only those chosen for today",
  chosenWords: (count) => enCount(count, { one: "household chosen", other: "households chosen" }),
  choose: (name) => `Choose ${name}`,
  chooseNeedsSignal: "Households chosen now come at the next sync.",
  done: "Done",
  household: "The household",
  safeContact: "Safe contact",
  address: "Address",
  phone: "Phone",
  noPhone: "no phone",
  call: (name) => `Call: ${name}`,
  people: "Who lives here",
  noPeople: "Nobody is written down yet. People are written at the assessment.",
  deadlines: "Deadlines",
  noDeadlines: "No deadline.",
  lastFindings: "Last findings",
  assessedOn: (day, by) => `Assessment of ${day}, ${by}`,
  notAssessed: (count) =>
    `${enCount(count, { one: "finding could", other: "findings could" })} not be established, because answers are missing.`,
  noFindings: "No vulnerability found by the answers so far.",
  neverAssessed: "The household has not been assessed.",
  wholeFamily: "The whole household",
  caseNumber: (number) => `Case ${number}`,
  caseNotSent: "Case opened here, not sent",
  caseOf: (name) => `of ${name}`,
  noCase: "It has no open case. Visits and the plan are written in a case.",
  plan: "Plan",
  planInForce: (version) => `Plan in force, version ${version}`,
  planDraft: "Draft of a plan at the office",
  planWritten: "Plan written here, not sent",
  noPlan: "It has no plan yet.",
  done2: "done",
  interventions: "What was done",
  noInterventions: "No intervention written.",
  by: (name) => `by ${name}`,
  actions: "What you do",
  assess: "Assess",
  assessAgain: "Assess again",
  continueAssessment: (progress) => `Continue the assessment (${progress})`,
  dropDraft: "Give up the assessment begun",
  dropDraftTitle: "Give up the assessment begun?",
  dropDraftWords: "Its answers are deleted from the device and cannot be brought back.",
  chooseForm: "Choose the questionnaire",
  logVisit: "Write a visit",
  draftPlan: "Write the plan",
  photograph: "Photograph",
  signature: "Signature",
  change: "Change the address or phone",
  openCase: "Open a case",
  notSentYet: "not sent",
  householdName: "Name of the household",
  householdNameHint: "Usually the family name of the reference person.",
  place: "Commune or town",
  locality: "Village or neighbourhood",
  safeContactHint: "How to get in touch without putting anybody in danger, for example: “only at school, in the morning”.",
  homeNameMissing: "Write the name of the household.",
  placeMissing: "Choose the commune or town.",
  saveHousehold: "Save the household",
  nothingChanged: "Nothing was changed.",
  caseAbout: "The case is of",
  regime: "Kind of case management",
  reason: "Reason",
  caseReasonHint: "What you learned and why a case is needed.",
  reasonMissing: "Write the reason.",
  regimeMissing: "Choose the kind of case management.",
  mode: "How",
  code: "What was done",
  codeNone: "no code",
  at: "When",
  atFuture: "The moment cannot be in the future.",
  minutes: "How many minutes",
  minutesWrong: "Write a number of minutes, from 1 to 1440.",
  person: "For whom",
  step: "Step of the plan that was done",
  stepNone: "no step",
  metFamily: "I spoke with the family",
  compartment: "Part of the record",
  compartments: {
    general: "General",
    health: "Health",
    education: "Education",
    legal: "Legal",
    violence: "Violence",
    abuse: "Abuse",
  },
  note: "Note",
  noteHint: "You can dictate with the keyboard's microphone.",
  modeMissing: "Choose how it was.",
  assessment: "Assessment",
  soFar: "What this shows so far",
  soFarNothing: "nothing yet",
  soFarCounts: (severe, others) => `${severe} severe, ${others} ${others === 1 ? "other" : "others"}`,
  finish: "Finish the assessment",
  finishing: "Finishing…",
  checkAndFinish: "Check and finish",
  finishIntro:
    "Questions may stay without an answer unless they are required. For those the assessment will say “could not be established”.",
  finishFailed: "The assessment could not be finished. Your answers are kept; try again.",
  notStored: "The device has no space left. The answers stay open here: finish and send as soon as you can.",
  recovered: "Earlier answers were recovered.",
  toCorrect: (count) => `${enCount(count, { one: "answer has", other: "answers have" })} to be corrected before finishing`,
  packMissing: "The questionnaire is not on the device. Sync when there is a signal.",
  findings: "Findings",
  findingsSaved: "The assessment is finished and kept on the device. It goes with the next sync.",
  severity: { 3: "severe", 2: "moderate", 1: "to watch" },
  whatNext: "What next",
  toHousehold: "To the household",
  mendAssessment: "Mend the assessment",
  planTitle: "The plan",
  planProposed: "Proposed from the findings. Keep what suits the family, change or remove the rest.",
  planFromDraft: "This is the draft at the office.",
  planFromUnsent: "This is the plan written here, not sent yet.",
  planEmpty: "No objective. Add one.",
  objective: (position) => `Objective ${position}`,
  objectiveText: "What should change",
  term: "By when",
  steps: "Steps",
  stepText: "The step",
  service: "Kind of service",
  serviceNone: "not chosen",
  addStep: "Add a step",
  addObjective: "Add an objective",
  changeGoal: "Change",
  changeNamed: (name) => `Change: ${name}`,
  remove: "Remove",
  removeNamed: (name) => `Remove: ${name}`,
  removed: "Removed from the plan.",
  putBack: "Put back",
  planReason: "Why the plan changes",
  planReasonHint: "The family has a plan in force; say what changed.",
  savePlan: "Save the plan",
  objectiveMissing: "Write the objective or remove it.",
  forFindings: (names) => `For: ${names}`,
  forWhom: "For whom",
  takePhoto: "Take a photograph",
  photoWords: "It is made smaller on the device; the place and the camera do not stay in it. Ask the people in the picture.",
  takeAnother: "Take another",
  caption: "What it shows",
  captionHint: "A few words, without names if possible.",
  keepPhoto: "Keep the photograph",
  photoUnreadable: "The photograph could not be read. Try another.",
  photoOf: (size) => `Photograph of ${size}`,
  photos: "Photographs and signatures",
  signatureOf: "Who signs",
  signatureNameMissing: "Write the name of who signs.",
  signHere: "Place of the signature: draw with a finger",
  signHint: "Sign with a finger in the frame.",
  signClear: "Clear the signature",
  signByName: "Does not sign with a finger: the written name stands for the signature",
  signByNameHint: "First read aloud what is signed.",
  signatureMissing: "Sign in the frame, or let the name stand for the signature.",
  whatIsSigned: "What is signed",
  keepSignature: "Keep the signature",
  signedOn: (name, day) => `Signed by ${name}, ${day}`,
  unsentTitle: "Unsent",
  unsentNothing: "Everything is sent. Nothing waits on the device.",
  kinds: {
    household_new: "New household",
    household_change: "Changed data",
    case_open: "Case opened",
    assessment: "Assessment",
    plan: "Plan",
    intervention: "Visit or intervention",
    file: "File",
    photo: "Photograph",
    signature: "Signature",
  },
  statuses: {
    ready: "ready to be sent",
    sent: "on its way",
    refused: "to be mended",
    waits: "waits for another",
    bytes: "file being sent",
    applied: "received",
    conflict: "to be settled at the office",
  },
  mend: "Mend",
  retry: "Send again",
  drop: "Give up",
  dropTitle: "Give up what was not taken?",
  dropWords: "It is deleted from the device and does not reach the office. It cannot be brought back.",
  exportUnsent: "Save as an encrypted file",
  exportWords: "Only the office can open the file, if the device no longer gets a signal.",
  notices: "What the office answered",
  understood: "Understood",
  device: "The device",
  account: "You work as",
  versions: "Versions",
  application: "The application",
  questionnaire: "The questionnaire",
  lockAfter: "Locks after",
  minutesOf: (count) => enCount(count, { one: "minute", other: "minutes" }),
  lockNow: "Lock now",
  changePin: "Change the PIN",
  pinBefore: "The PIN now",
  pinNew: "The new PIN",
  pinChanged: "The PIN has been changed.",
  storage: "Storage on the device",
  storageKept: "The browser promised not to delete what Teren keeps.",
  storageNotKept: "The browser may delete what Teren keeps if it runs out of space. Sync often.",
  storageUnsent: "Some things are unsent now: send them or save the file.",
  language: "Language",
  signOut: "Sign out and wipe",
  signOutTitle: "Sign out and wipe everything from the device?",
  signOutWords: "The households, drafts and PIN are wiped. What is at the office stays.",
  signOutUnsent: (count) =>
    `${enCount(count, { one: "thing is", other: "things are" })} not sent and would be lost. Send, or save the file first.`,
  signOutConfirm: "Sign out and wipe",
};

export const messagesIn = (language: string): Messages => (language === "en" ? en : ro);

export const WORDS = { ro, en };
