import { createMemo, For, type JSX, Show } from "solid-js";
import { useTeren } from "../context";
import { Page, whenPlanned } from "../parts";
import { addressOf } from "../place";
import { SyncLine } from "./SyncLine";

/** The meetings of the groups that the worker leads, those without attendance first. */
export function Meetings(): JSX.Element {
  const { t, language, book, edition } = useTeren();
  const meetings = createMemo(() => {
    const all = (edition(), book.meetings.all());
    return [...all.filter(({ held }) => !held), ...all.filter(({ held }) => held).reverse()];
  });
  return (
    <Page title={t.groups} back="#/">
      <SyncLine />
      <ul class="t-list">
        <For each={meetings()} fallback={<li>{t.noMeetings}</li>}>
          {(meeting) => (
            <li>
              <a class="t-row" href={addressOf("grup", meeting.id)}>
                <span class="t-row-name">{meeting.title}</span>
                <b class="t-row-visit">{whenPlanned({ t, language }, meeting)}</b>
                <span class="t-row-words">
                  {[
                    meeting.place,
                    t.onList(meeting.people.length),
                    meeting.held || meeting.unsent ? t.wereThere(meeting.there) : "",
                  ]
                    .filter(Boolean)
                    .join(" · ")}
                </span>
                <Show when={meeting.unsent || meeting.held}>
                  <span class="t-marks">
                    <span class={`tag ${meeting.unsent ? "moderate" : "calm"}`}>{meeting.unsent ? t.attendanceHere : t.attendanceKept}</span>
                  </span>
                </Show>
              </a>
            </li>
          )}
        </For>
      </ul>
    </Page>
  );
}
