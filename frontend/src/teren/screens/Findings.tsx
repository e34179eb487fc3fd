import { createMemo, createResource, type JSX, Show } from "solid-js";
import { useHouseholdOnce, useTeren } from "../context";
import type { EntryOf } from "../core";
import { NotThere, Page } from "../parts";
import { addressOf } from "../place";
import type { Uuid } from "../wire";
import { FindingList } from "./FindingList";
import { namesOf } from "./people";
import { Scores } from "./Scores";

/** What a questionnaire finished here shows, at the door, and what one may do next. */
export function Findings(props: { entry: Uuid }): JSX.Element {
  const { book, t, instead } = useTeren();
  const entry = book.item(props.entry)?.entry;
  if (entry?.kind === "assessment") return <Shown entry={entry} />;
  // It has been sent meanwhile: what it shows is on the household's own screen.
  const notice = book.notices().find(({ entry: id }) => id === props.entry);
  if (notice !== undefined) {
    queueMicrotask(() => instead(addressOf("g", notice.household)));
    return <p class="t-main">{t.loading}</p>;
  }
  return <NotThere />;
}

function Shown(props: { entry: EntryOf<"assessment"> }): JSX.Element {
  const { t, book } = useTeren();
  const { household, body } = props.entry;
  const view = useHouseholdOnce(() => household);
  const [shown] = createResource(() => book.assess({ name: body.pack, version: body.version }, body.instance));
  const names = createMemo(() => namesOf(view.latest, body.instance));
  const file = () => view.latest?.cases[0];
  return (
    <Page
      title={t.findings}
      back={addressOf("g", household)}
      aside={<span class="t-aside">{view.latest?.home.name}</span>}
      bar={
        <>
          <a class="btn quiet" href={addressOf("g", household)}>
            {t.toHousehold}
          </a>
          <Show
            when={file()}
            fallback={
              <a class="btn" href={addressOf("g", household, "caz")}>
                {t.openCase}
              </a>
            }
          >
            {(known) => (
              <a class="btn" href={addressOf("g", household, "plan", known().id)}>
                {t.draftPlan}
              </a>
            )}
          </Show>
        </>
      }
    >
      <p class="message" role="status">
        {t.findingsSaved}
      </p>
      <Show when={shown()} fallback={<p role="status">{t.loading}</p>}>
        {(found) => (
          <div class="card">
            <FindingList findings={found().findings} names={names()} notAssessed={found().notAssessed} level={2} />
            <Scores scores={found().scores} names={names()} />
          </div>
        )}
      </Show>
    </Page>
  );
}
