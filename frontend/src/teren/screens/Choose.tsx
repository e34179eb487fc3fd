import { createMemo, createSignal, type JSX, Show } from "solid-js";
import { useTeren } from "../context";
import { Due, Filter, Form, Page } from "../parts";
import type { CaseloadRow, Uuid } from "../wire";
import { holds, textOf, wordsOf } from "../core/search";
import { Windowed } from "./windowed";

/** Which households come along: the whole caseload, or those chosen for the day. Kept at every touch. */
export function Choose(): JSX.Element {
  const { t, book, edition } = useTeren();
  const [search, setSearch] = createSignal("");
  const caseload = createMemo(() => (edition(), book.caseload()));
  const texts = createMemo(() =>
    caseload().map((row) => ` ${textOf(row)}`),
  );
  const rows = createMemo(() => {
    const words = wordsOf(search());
    return caseload().filter((_row, index) => holds(texts()[index]!, words));
  });
  // The screen does not wait for the book, which may be busy: two quick touches are two choices.
  const [chosen, setChosen] = createSignal(book.settings.chosen === null ? null : new Set(book.settings.chosen));
  const choose = (households: ReadonlySet<Uuid> | null): void => {
    setChosen(households === null ? null : new Set(households));
    void book.choose(households === null ? null : [...households]);
  };
  const toggle = (id: Uuid, on: boolean): void => {
    const next = new Set(chosen());
    if (on) next.add(id);
    else next.delete(id);
    choose(next);
  };
  return (
    <Page
      title={t.chooseHouseholds}
      back="#/"
      bar={
        <a class="btn" href="#/">
          {t.done}
        </a>
      }
    >
      <Form onSubmit={() => undefined}>
        <fieldset class="t-radios">
          <legend class="visually-hidden">{t.chooseHouseholds}</legend>
          <label class="choice t-check">
            <input type="radio" name="which" checked={chosen() === null} onChange={() => choose(null)} />
            <span>{t.wholeCaseload(caseload().length)}</span>
          </label>
          <label class="choice t-check">
            <input type="radio" name="which" checked={chosen() !== null} onChange={() => choose(chosen() ?? new Set())} />
            <span>{t.chosenOnly}</span>
          </label>
        </fieldset>
        <Show when={chosen()} fallback={<p class="t-hint">{t.wholeCaseloadWords}</p>}>
          {(some) => (
            <>
              <p class="t-hint">{t.chooseNeedsSignal}</p>
              <Filter value={search()} onInput={setSearch}>
                {t.chosenWords(some().size)}
              </Filter>
              <Windowed items={rows()} class="t-list">
                {(row) => <Line row={row} chosen={chosen()?.has(row.id) ?? false} onChange={(on) => toggle(row.id, on)} />}
              </Windowed>
            </>
          )}
        </Show>
      </Form>
    </Page>
  );
}

function Line(props: { row: CaseloadRow; chosen: boolean; onChange: (on: boolean) => void }): JSX.Element {
  return (
    <li>
      <label class="t-row t-row-check">
        <input type="checkbox" checked={props.chosen} onChange={(event) => props.onChange(event.currentTarget.checked)} />
        <span class="t-row-name">{props.row.name}</span>
        <Show when={props.row.due}>{(due) => <Due due={due()} overdue={props.row.overdue} />}</Show>
        <span class="t-row-words">{[props.row.place, props.row.people.join(", ")].filter(Boolean).join(" · ")}</span>
      </label>
    </li>
  );
}
