import { createMemo, createResource, createSignal, type JSX, lazy, Show, Suspense } from "solid-js";
import type { Messages as QuestionnaireWords } from "../../questionnaire/messages";
import { useHouseholdOnce, useTeren } from "../context";
import type { Shown } from "../core";
import type { Messages } from "../messages";
import { NotThere, Page } from "../parts";
import { addressOf } from "../place";
import { DraftDoors, MendDoors, NO_SHELF } from "../questionnaire-doors";
import type { Uuid } from "../wire";
import { FindingList } from "./FindingList";
import { namesOf } from "./people";

/** The same questionnaire as in the office; it is large, so it is read in when first needed. */
const Office = lazy(async () => ({ default: (await import("../../questionnaire/screen/App")).App }));

function wordsHere(t: Messages): Partial<QuestionnaireWords> {
  return {
    submit: t.finish,
    submitting: t.finishing,
    review: t.checkAndFinish,
    reviewIntro: t.finishIntro,
    submitFailed: t.finishFailed,
    refused: () => t.notStored,
    recovered: t.recovered,
    retrying: t.notStored,
    problemsTitle: t.toCorrect,
  };
}

interface Opened {
  readonly household: Uuid;
  readonly pack: { readonly name: string; readonly version: string };
  readonly doors: DraftDoors | MendDoors;
  readonly prefix: string;
}

/** A draft, or a finished questionnaire that is mended. */
export function Questionnaire(props: { draft?: Uuid; mended?: Uuid }): JSX.Element {
  const { t, book } = useTeren();
  const [opened] = createResource(async (): Promise<Opened | null> => {
    if (props.draft !== undefined) {
      const draft = await book.draft(props.draft);
      if (draft === null) return null;
      const pack = { name: draft.pack, version: draft.version };
      await book.prepare(pack.name, pack.version).catch(() => undefined);
      return { household: draft.household, pack, doors: new DraftDoors(book, draft.id, t), prefix: `/e/${draft.id}/` };
    }
    const entry = book.item(props.mended ?? "")?.entry;
    if (entry?.kind !== "assessment") return null;
    const pack = { name: entry.body.pack, version: entry.body.version };
    await book.prepare(pack.name, pack.version).catch(() => undefined);
    return { household: entry.household, pack, doors: new MendDoors(book, entry, t), prefix: `/m/${entry.id}/` };
  });
  return (
    <Show
      when={opened()}
      fallback={
        <Show when={!opened.loading} fallback={<Page title={t.assessment} back="#/">{t.loading}</Page>}>
          <NotThere />
        </Show>
      }
      keyed
    >
      {(ready) => <Fill opened={ready} />}
    </Show>
  );
}

function Fill(props: { opened: Opened }): JSX.Element {
  const { t, language, book, instead } = useTeren();
  const { household, pack, doors, prefix } = props.opened;
  const view = useHouseholdOnce(() => household);
  const [instance, setInstance] = createSignal("");
  const shown = createMemo((): Shown | null => (instance() === "" ? null : book.assessNow(pack, instance())));
  return (
    <Page title={t.assessment} back={addressOf("g", household)} aside={<span class="t-aside">{view.latest?.home.name}</span>}>
      <form autocomplete="off" novalidate onSubmit={(event) => event.preventDefault()}>
        <Suspense fallback={<p role="status">{t.loading}</p>}>
          <Office
            doors={doors}
            shelf={NO_SHELF}
            language={language}
            words={wordsHere(t)}
            prefix={prefix}
            onAnswers={setInstance}
            onSubmitted={(entry) => instead(addressOf("c", entry))}
            above={<SoFar shown={shown()} instance={instance} view={view.latest ?? null} />}
          />
        </Suspense>
      </form>
    </Page>
  );
}

/** What the answers show so far; it follows every answer. */
function SoFar(props: {
  shown: Shown | null;
  instance: () => string;
  view: Parameters<typeof namesOf>[0];
}): JSX.Element {
  const { t } = useTeren();
  const [open, setOpen] = createSignal(false);
  const counts = (): string => {
    const findings = props.shown?.findings.filter(({ severity }) => severity > 0) ?? [];
    if (findings.length === 0) return t.soFarNothing;
    const severe = findings.filter(({ severity }) => severity === 3).length;
    return t.soFarCounts(severe, findings.length - severe);
  };
  return (
    <Show when={props.shown}>
      {(shown) => (
        <details class="q-fold t-sofar" onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary>
            <span class="muted">{t.soFar}:</span> <span data-so-far={`${shown().findings.length} ${shown().notAssessed}`}>{counts()}</span>
          </summary>
          <Show when={open()}>
            <div class="t-sofar-list">
              <FindingList
                findings={shown().findings}
                names={namesOf(props.view, props.instance())}
                notAssessed={shown().notAssessed}
                level={2}
              />
            </div>
          </Show>
        </details>
      )}
    </Show>
  );
}
