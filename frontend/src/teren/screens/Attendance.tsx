import { createMemo, createSignal, For, Index, type JSX, Show } from "solid-js";
import { useTeren } from "../context";
import { today } from "../formats";
import { Form, NotThere, Page, TextField, whenPlanned } from "../parts";
import type { Uuid } from "../wire";
import type { OnList, PresenceState } from "../wire-groups";
import { SyncLine } from "./SyncLine";

/** In the order in which they fit two lines of a telephone. */
const STATES: readonly PresenceState[] = ["present", "absent", "excused", "late", "left_early"];

/** The attendance of a meeting: a tap for each name, kept at once. */
export function Attendance(props: { id: Uuid }): JSX.Element {
  const { t, language, book, edition } = useTeren();
  const meeting = createMemo(() => (edition(), book.meetings.one(props.id)));
  const [name, setName] = createSignal("");
  const add = async (): Promise<void> => {
    const said = name().trim();
    if (said === "") return;
    await book.meetings.walkIn(props.id, said);
    setName("");
  };
  return (
    <Show when={meeting()} fallback={<NotThere />}>
      {(known) => (
        <Page title={t.attendance} back="#/grupuri">
          <h2>{known().title}</h2>
          <p class="why">
            {[whenPlanned({ t, language }, known()), known().place].filter(Boolean).join(" · ")}
          </p>
          <SyncLine />
          <Show when={known().day <= today()} fallback={<p class="message">{t.meetingNotYet}</p>}>
            <p role="status">
              <b>{t.wereThere(known().there)}</b>
            </p>
            <Show when={known().people.some(({ state }) => state === "")}>
              <p class="t-buttons">
                <button type="button" class="btn quiet" onClick={() => void book.meetings.markAll(props.id)}>
                  {t.allPresent}
                </button>
              </p>
            </Show>
            <Index each={known().people}>{(one) => <Mark meeting={props.id} one={one()} />}</Index>
            <Show when={known().list === "open"}>
              <ul class="t-list">
                <For each={known().walkIns}>
                  {(said) => (
                    <li class="card t-unsent-head">
                      <span>
                        <b>{said}</b> <span class="tag plain">{t.walkedIn}</span>
                      </span>
                      <button
                        type="button"
                        class="btn quiet t-small"
                        aria-label={t.removeNamed(said)}
                        onClick={() => void book.meetings.withoutName(props.id, said)}
                      >
                        {t.remove}
                      </button>
                    </li>
                  )}
                </For>
              </ul>
              <Form class="card" onSubmit={() => void add()}>
                <TextField label={t.walkIn} hint={t.walkInHint} value={name()} maxlength={160} onInput={setName} />
                <button class="btn quiet">{t.addName}</button>
              </Form>
            </Show>
            <Form onSubmit={() => undefined}>
              <TextField
                label={t.counted}
                inputmode="numeric"
                maxlength={5}
                value={known().counted === 0 ? "" : String(known().counted)}
                onInput={(said) => {
                  const number = said.trim() === "" ? 0 : Number(said);
                  if (Number.isInteger(number) && number >= 0) void book.meetings.count(props.id, number);
                }}
              />
            </Form>
          </Show>
        </Page>
      )}
    </Show>
  );
}

function Mark(props: { meeting: Uuid; one: OnList }): JSX.Element {
  const { t, book } = useTeren();
  return (
    <fieldset class="t-mark">
      <legend>{props.one.name}</legend>
      <div>
        <For each={STATES}>
          {(state) => (
            <label>
              <input
                type="radio"
                name={`m-${props.one.key}`}
                checked={props.one.state === state}
                onChange={() => void book.meetings.mark(props.meeting, props.one.key, state)}
              />
              <span>{t.presence[state]}</span>
            </label>
          )}
        </For>
      </div>
    </fieldset>
  );
}
