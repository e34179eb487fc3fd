import { createMemo, createSignal, For, type JSX, Show } from "solid-js";
import { useHousehold, useTeren } from "../context";
import type { EntryOf, HouseholdView, Item } from "../core";
import { dayIn, momentIn, yearsOn } from "../formats";
import { Confirm, Due, NotThere, Page, whenPlanned } from "../parts";
import { addressOf } from "../place";
import type { Uuid } from "../wire";
import { AboutPeople } from "./AboutPeople";
import { ConfirmDrop } from "./ConfirmDrop";
import { EmergencyHere, Entitled } from "./Entitled";
import { FindingList } from "./FindingList";
import { OneCase } from "./OneCase";
import { labelIn, nameOf, namesOf } from "./people";
import { Registers } from "./Registers";
import { Scores } from "./Scores";

/** A household at its door. How it may be reached safely stands first. */
export function Household(props: { id: Uuid }): JSX.Element {
  const { t } = useTeren();
  const view = useHousehold(() => props.id);
  return (
    <Show
      when={view.latest}
      fallback={
        <Show when={!view.loading} fallback={<p class="t-main">{t.loading}</p>}>
          <NotThere />
        </Show>
      }
    >
      {(known) => <Open view={known()} />}
    </Show>
  );
}

function Open(props: { view: HouseholdView }): JSX.Element {
  const { t, language, book, edition, go } = useTeren();
  const view = (): HouseholdView => props.view;
  const home = () => view().home;
  const names = createMemo(() => namesOf(view()));
  const packs = () => (edition(), book.packs()).filter(({ about }) => about !== "person");
  const draftOfAll = () => view().drafts.find(({ person }) => !person);
  const where = (): string => [...new Set([home().locality, view().place, home().address])].filter(Boolean).join(", ");
  const [choosing, setChoosing] = createSignal(false);
  const [dropping, setDropping] = createSignal<Uuid | null>(null);
  const title = (words: { ro: string; en: string }): string => (language === "en" ? words.en : words.ro);

  const begin = async (pack: string): Promise<void> => {
    const draft = await book.beginDraft(view().id, pack);
    go(addressOf("e", draft.id));
  };
  const assess = (): void => {
    const [only, ...others] = packs();
    if (only !== undefined && others.length === 0) void begin(only.name);
    else setChoosing(true);
  };
  const relation = (code: string): string => labelIn(book.reference.relations, code, language);
  const deadlines = createMemo(() =>
    view()
      .cases.flatMap((file) => file.deadlines)
      .sort((one, other) => (one.due < other.due ? -1 : 1)),
  );
  const firstCase = () => view().cases[0];
  return (
    <Page
      title={home().name}
      back="#/"
      bar={
        <>
          <Show when={firstCase()}>
            {(file) => (
              <a class="btn quiet" href={addressOf("g", view().id, "vizita", file().id)}>
                {t.logVisit}
              </a>
            )}
          </Show>
          <Show
            when={draftOfAll()}
            fallback={
              <button type="button" class="btn" onClick={assess} disabled={packs().length === 0}>
                {view().last === null ? t.assess : t.assessAgain}
              </button>
            }
          >
            {(draft) => (
              <a class="btn" href={addressOf("e", draft().id)}>
                {t.continueAssessment(`${draft().answered}/${draft().asked}`)}
              </a>
            )}
          </Show>
        </>
      }
    >
      <Show when={home().safeContact}>
        {(words) => (
          <section class="message warning t-safe" aria-labelledby="safe">
            <h2 id="safe">{t.safeContact}</h2>
            <p>{words()}</p>
          </section>
        )}
      </Show>
      <EmergencyHere siruta={home().siruta} />
      <section class="card" aria-label={t.address}>
        <p class="t-address">{where()}</p>
        <p class="t-contact">
          <Show when={home().phone} fallback={<span>{t.noPhone}</span>}>
            {(phone) => (
              <a class="btn quiet" href={`tel:${phone().replace(/[^\d+]/g, "")}`}>
                {t.call(phone())}
              </a>
            )}
          </Show>
          <a class="btn quiet" href={addressOf("g", view().id, "schimba")}>
            {t.change}
          </a>
        </p>
        <p class="t-marks">
          <Show when={view().made}>
            <span class="tag calm">{t.isNew}</span>
          </Show>
          <Show when={view().sealed}>
            <span class="tag severe">{t.isSealed}</span>
          </Show>
          <Show when={view().gone}>
            <span class="tag plain">{t.isGone}</span>
          </Show>
        </p>
      </section>
      <Show when={choosing()}>
        <section class="card" aria-labelledby="forms">
          <h2 id="forms">{packs().length > 0 ? t.chooseForm : t.packMissing}</h2>
          <div class="t-stack">
            <For each={packs()}>
              {(pack) => (
                <button type="button" class="btn quiet" onClick={() => void begin(pack.name)}>
                  {title(pack.title)}
                </button>
              )}
            </For>
          </div>
        </section>
      </Show>
      <For each={view().drafts}>
        {(draft) => (
          <section class="card t-draft">
            <p>
              <b>{t.continueAssessment(`${draft.answered}/${draft.asked}`)}</b>
              <br />
              <Show when={draft.person}>{(person) => <>{names().get(person())}, </>}</Show>
              {momentIn(language, draft.savedAt)}
            </p>
            <p class="t-buttons">
              <a class="btn quiet" href={addressOf("e", draft.id)}>
                {t.continueAssessment(`${draft.answered}/${draft.asked}`)}
              </a>
              <button type="button" class="btn danger" onClick={() => setDropping(draft.id)}>
                {t.dropDraft}
              </button>
            </p>
          </section>
        )}
      </For>
      <section class="card" aria-labelledby="people">
        <h2 id="people">{t.people}</h2>
        <Show when={view().members.length > 0} fallback={<p>{t.noPeople}</p>}>
          <ul class="rows">
            <For each={view().members}>
              {(member) => (
                <li>
                  <div>
                    <b>{nameOf(member, t)}</b>
                    <p class="why">
                      {[
                        relation(member.relation),
                        member.birthDate ? ageWords(yearsOn(member.birthDate), language) : "",
                        member.phone,
                      ]
                        .filter(Boolean)
                        .join(" · ")}
                    </p>
                  </div>
                </li>
              )}
            </For>
          </ul>
        </Show>
      </section>
      <AboutPeople view={view()} names={names()} />
      <Show when={view().visits?.length}>
        <section class="card" aria-labelledby="visits">
          <h2 id="visits">{t.plannedVisits}</h2>
          <ul class="rows">
            <For each={view().visits}>
              {(visit) => (
                <li>
                  <div>
                    <b>{whenPlanned({ t, language }, visit)}</b>
                    <p class="why">{[visit.name, visit.purpose].filter(Boolean).join(" · ")}</p>
                  </div>
                </li>
              )}
            </For>
          </ul>
        </section>
      </Show>
      <Entitled view={view()} names={names()} />
      <Registers view={view()} />
      <section class="card" aria-labelledby="due">
        <h2 id="due">{t.deadlines}</h2>
        <Show when={deadlines().length > 0} fallback={<p>{t.noDeadlines}</p>}>
          <ul class="rows">
            <For each={deadlines()}>
              {(deadline) => (
                <li>
                  <span>{deadline.label}</span>
                  <Due due={deadline.due} overdue={deadline.overdue} />
                </li>
              )}
            </For>
          </ul>
        </Show>
      </section>
      <section class="card" aria-labelledby="findings">
        <h2 id="findings">{t.lastFindings}</h2>
        <Show when={view().last} fallback={<p>{t.neverAssessed}</p>}>
          {(last) => (
            <>
              <p class="t-hint">{t.assessedOn(dayIn(language, last().visitedOn), last().by)}</p>
              <FindingList findings={last().findings} names={names()} notAssessed={last().notAssessed} level={3} />
              <Scores scores={last().scores ?? []} names={names()} />
            </>
          )}
        </Show>
      </section>
      <Show
        when={view().cases.length > 0}
        fallback={
          <section class="card">
            <p>{t.noCase}</p>
            <a class="btn" href={addressOf("g", view().id, "caz")}>
              {t.openCase}
            </a>
          </section>
        }
      >
        <For each={view().cases}>{(file) => <OneCase view={view()} file={file} names={names()} />}</For>
      </Show>
      <section class="card" aria-labelledby="more">
        <h2 id="more">{t.photos}</h2>
        <Files view={view()} />
        <div class="t-stack">
          <a class="btn quiet" href={addressOf("g", view().id, "fotografie")}>
            {t.photograph}
          </a>
          <a class="btn quiet" href={addressOf("g", view().id, "semnatura")}>
            {t.signature}
          </a>
        </div>
      </section>
      <Show when={dropping()}>
        {(draft) => (
          <Confirm
            t={t}
            title={t.dropDraftTitle}
            words={t.dropDraftWords}
            confirm={t.dropDraft}
            onConfirm={() => void book.dropDraft(draft())}
            onClose={() => setDropping(null)}
          />
        )}
      </Show>
    </Page>
  );
}

function Files(props: { view: HouseholdView }): JSX.Element {
  const { t, language } = useTeren();
  const [dropping, setDropping] = createSignal<Uuid | null>(null);
  const files = createMemo(() => props.view.unsent.filter((item): item is Item & { entry: EntryOf<"file"> } => item.entry.kind === "file"));
  return (
    <Show when={files().length > 0}>
      <ul class="rows">
        <For each={files()}>
          {({ entry, status, mayDrop }) => (
            <li>
              <div>
                <b>{t.kinds[entry.body.what]}</b>
                <p class="why">{[entry.body.caption, momentIn(language, entry.at)].filter(Boolean).join(" · ")}</p>
                <Show when={mayDrop}>
                  <p class="t-buttons">
                    <button type="button" class="btn danger" onClick={() => setDropping(entry.id)}>
                      {t.drop}
                    </button>
                  </p>
                </Show>
              </div>
              <span class="tag moderate">{t.statuses[status]}</span>
            </li>
          )}
        </For>
      </ul>
      <ConfirmDrop id={dropping()} onClose={() => setDropping(null)} />
    </Show>
  );
}

function ageWords(years: number, language: string): string {
  return new Intl.NumberFormat(language === "en" ? "en-GB" : "ro-RO", {
    style: "unit",
    unit: "year",
    unitDisplay: "long",
  }).format(years);
}
