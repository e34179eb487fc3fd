import { createMemo, createSignal, type JSX, Show } from "solid-js";
import { useTeren } from "../context";
import type { HouseholdRow } from "../core";
import { Due, Filter, Form, Page, whenPlanned } from "../parts";
import { today } from "../formats";
import { addressOf } from "../place";
import { SyncLine } from "./SyncLine";
import { Windowed } from "./windowed";

/** Those to be visited today first, by their hours; then the late ones, by their nearest deadline, by name. */
function byUrgency(one: HouseholdRow, other: HouseholdRow): number {
  const [hour, otherHour] = [hourOfToday(one), hourOfToday(other)];
  if (hour !== otherHour) return hour < otherHour ? -1 : 1;
  if (one.overdue !== other.overdue) return one.overdue ? -1 : 1;
  if (one.due !== other.due) return (one.due ?? "9999") < (other.due ?? "9999") ? -1 : 1;
  return 0;
}

/** At what hour it is visited today: one without an hour after the others, one that is not visited after all. */
function hourOfToday({ visit }: HouseholdRow): string {
  return visit?.day === today() ? (visit.hour ?? "24") : "25";
}

export function Today(): JSX.Element {
  const { t, book, edition, vault, update } = useTeren();
  const [search, setSearch] = createSignal("");
  // The list comes sorted by name, and sorting keeps that where urgency is the same.
  const rows = createMemo(() => (edition(), [...book.households(search())].sort(byUrgency)));
  const all = createMemo(() => (edition(), book.households().length));
  const groups = () => (edition(), book.meetings.all().length);
  const chosen = () => (edition(), book.settings.chosen);
  const atRisk = () => (edition(), vault.persistent === false && book.unsentBytes > 0);
  return (
    <Page
      title={t.today}
      aside={
        <a class="t-aside" href="#/setari">
          {t.settings}
        </a>
      }
      bar={
        <>
          <a class="btn quiet" href="#/alege">
            {t.chooseHouseholds}
          </a>
          <a class="btn" href="#/nou">
            {t.newHousehold}
          </a>
        </>
      }
    >
      <Show when={update.ready()}>
        <p class="message t-update">
          {t.newVersion}{" "}
          <button type="button" class="btn quiet" onClick={() => update.use()}>
            {t.newVersionUse}
          </button>
        </p>
      </Show>
      <SyncLine />
      <Show when={groups() > 0}>
        <p>
          <a class="t-row" href="#/grupuri">
            <span class="t-row-name">{t.groups}</span>
            <span class="t-row-words">{t.meetingsHere(groups())}</span>
          </a>
        </p>
      </Show>
      <Show when={atRisk()}>
        <p class="message warning">{t.notPersistent}</p>
      </Show>
      <Show
        when={all() > 0}
        fallback={
          <section class="card">
            <h2>{t.noHouseholds}</h2>
            <p>{t.noHouseholdsWords}</p>
          </section>
        }
      >
        <Form onSubmit={() => undefined}>
          <Filter value={search()} onInput={setSearch}>
            {rows().length === 0 ? t.nobodyFound : t.found(rows().length)}
            <Show when={chosen()}>
              {" · "}
              {t.chosenOnly}
            </Show>
          </Filter>
          <Windowed items={rows()} class="t-list">
            {(row) => <Line row={row} />}
          </Windowed>
        </Form>
      </Show>
    </Page>
  );
}

function Line(props: { row: HouseholdRow }): JSX.Element {
  const { t, language } = useTeren();
  const row = props.row;
  return (
    <li>
      <a class="t-row" href={addressOf("g", row.id)}>
        <span class="t-row-name">{row.name}</span>
        <Show when={row.due}>{(due) => <Due due={due()} overdue={row.overdue} />}</Show>
        <Show when={row.visit}>
          {(visit) => <b class="t-row-visit">{t.visitOn(whenPlanned({ t, language }, visit()))}</b>}
        </Show>
        <span class="t-row-words">{[row.place, row.people.join(", ")].filter(Boolean).join(" · ")}</span>
        <Show when={row.made || row.gone || row.sealed || row.unsent > 0 || row.drafts > 0}>
          <span class="t-marks">
            <Show when={row.made}>
              <span class="tag calm">{t.isNew}</span>
            </Show>
            <Show when={row.sealed}>
              <span class="tag severe">{t.isSealed}</span>
            </Show>
            <Show when={row.gone}>
              <span class="tag plain">{t.isGone}</span>
            </Show>
            <Show when={row.drafts > 0}>
              <span class="tag watch">{t.begun}</span>
            </Show>
            <Show when={row.unsent > 0}>
              <span class="tag moderate">{t.unsentHere(row.unsent)}</span>
            </Show>
          </span>
        </Show>
      </a>
    </li>
  );
}
