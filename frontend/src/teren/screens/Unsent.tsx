import { createMemo, createSignal, For, type JSX, Show } from "solid-js";
import { useTeren } from "../context";
import type { Item } from "../core";
import { momentIn, sizeIn } from "../formats";
import { Page } from "../parts";
import { addressOf } from "../place";
import { saveBlob } from "../saving";
import type { Entry, Uuid } from "../wire";
import { ConfirmDrop } from "./ConfirmDrop";
import { SyncLine } from "./SyncLine";

/** Where what was written can be mended; null for what can only be sent again or given up. */
function mendAddress({ id, kind, household, body }: Entry): string | null {
  switch (kind) {
    case "household_new":
      return addressOf("nou", id);
    case "household_change":
      return addressOf("g", household, "schimba", id);
    case "case_open":
      return addressOf("g", household, "caz", id);
    case "assessment":
      return addressOf("m", id);
    case "plan":
      return addressOf("g", household, "plan", body.case, id);
    case "intervention":
      return addressOf("g", household, "vizita", body.case, id);
    case "attendance":
      return addressOf("grup", household);
    case "register":
      return addressOf("g", household, "inscriere-scrisa", id);
    case "file":
      return null;
  }
}

const STYLES: Readonly<Record<Item["status"], string>> = {
  ready: "calm",
  sent: "watch",
  bytes: "watch",
  waits: "moderate",
  refused: "severe",
};

/** What is still on the device alone, with its size, and what the office answered. */
export function Unsent(): JSX.Element {
  const { t, language, book, edition } = useTeren();
  const items = createMemo(() => (edition(), book.unsent()));
  const notices = createMemo(() => (edition(), book.notices()));
  const names = createMemo(() => {
    edition();
    const groups = book.meetings.all().map(({ id, title }) => [id, title] as const);
    return new Map([...book.households().map(({ id, name }) => [id, name] as const), ...groups]);
  });
  const [dropping, setDropping] = createSignal<Uuid | null>(null);
  const kind = (entry: Entry): string => t.kinds[entry.kind === "file" ? entry.body.what : entry.kind] ?? entry.kind;
  const save = async (): Promise<void> => saveBlob(await book.exportUnsent(), `teren-${book.username}.punte`);
  return (
    <Page title={t.unsentTitle} back="#/">
      <SyncLine />
      <Show when={items().length > 0} fallback={<p>{t.unsentNothing}</p>}>
        <ul class="t-list t-unsent">
          <For each={items()}>
            {(item) => (
              <li class="card">
                <p class="t-unsent-head">
                  <b>{kind(item.entry)}</b>
                  <span class={`tag ${STYLES[item.status]}`}>{t.statuses[item.status]}</span>
                </p>
                <p class="why">
                  {[
                    item.entry.kind === "file" && item.entry.body.caption,
                    names().get(item.entry.household),
                    momentIn(language, item.entry.at),
                    sizeIn(language, item.bytes),
                  ]
                    .filter(Boolean)
                    .join(" · ")}
                </p>
                <Show when={item.message}>
                  <p class="t-reason">{item.message}</p>
                </Show>
                <p class="t-buttons">
                  <Show when={item.status === "refused" || item.status === "ready" ? mendAddress(item.entry) : null}>
                    {(address) => (
                      <a class="btn quiet" href={address()}>
                        {item.status === "refused" ? t.mend : t.changeGoal}
                      </a>
                    )}
                  </Show>
                  <Show when={item.status === "refused"}>
                    <button type="button" class="btn quiet" onClick={() => void book.retry(item.entry.id)}>
                      {t.retry}
                    </button>
                  </Show>
                  <Show when={item.mayDrop}>
                    <button type="button" class="btn danger" onClick={() => setDropping(item.entry.id)}>
                      {t.drop}
                    </button>
                  </Show>
                </p>
              </li>
            )}
          </For>
        </ul>
        <section class="card">
          <p>{t.exportWords}</p>
          <button type="button" class="btn quiet" onClick={() => void save()}>
            {t.exportUnsent}
          </button>
        </section>
      </Show>
      <Show when={notices().length > 0}>
        <section class="t-notices" aria-labelledby="notices">
          <h2 id="notices">{t.notices}</h2>
          <ul class="t-list">
            <For each={notices()}>
              {(notice) => (
                <li class="card">
                  <p class="t-unsent-head">
                    <b>{t.kinds[notice.kind]}</b>
                    <span class={`tag ${notice.status === "applied" ? "calm" : "moderate"}`}>{t.statuses[notice.status]}</span>
                  </p>
                  <p class="why">
                    {[names().get(notice.household), momentIn(language, notice.at)].filter(Boolean).join(" · ")}
                  </p>
                  <p>{notice.message}</p>
                  <button type="button" class="btn quiet" onClick={() => void book.dismiss(notice.entry)}>
                    {t.understood}
                  </button>
                </li>
              )}
            </For>
          </ul>
        </section>
      </Show>
      <ConfirmDrop id={dropping()} onClose={() => setDropping(null)} />
    </Page>
  );
}
