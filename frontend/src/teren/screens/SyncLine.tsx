import { createMemo, type JSX, Show } from "solid-js";
import { useTeren } from "../context";
import { momentIn, sizeIn } from "../formats";

/** How things stand between the device and the office, and the button that brings them together. */
export function SyncLine(): JSX.Element {
  const { t, language, book, sync, edition, progress, online } = useTeren();
  const unsent = createMemo(() => (edition(), book.unsent().length));
  const size = (): string => sizeIn(language, (edition(), book.unsentBytes));
  const last = (): string => {
    const at = (edition(), book.settings.lastSync);
    return at === null ? t.neverSynced : t.lastSync(momentIn(language, at));
  };
  const running = (): string => {
    const { stage, sent, total, households } = progress();
    if (stage === "words") return t.syncWords(sizeIn(language, sent), sizeIn(language, total));
    if (stage === "files") return t.syncFiles(sizeIn(language, sent), sizeIn(language, total));
    return households > 0 ? t.syncData(households) : t.syncing;
  };
  const trouble = (): string | null => {
    if (!online()) return t.noSignal;
    switch (progress().last?.kind) {
      case "no-signal":
        return t.noSignal;
      case "trouble":
        return t.serverTrouble;
      case "shut-out":
        return progress().last?.message || t.shutOut;
      default:
        return null;
    }
  };
  const state = createMemo((): string => {
    if (progress().running) return running();
    return unsent() === 0 ? t.allSent : t.unsentShort(unsent(), size());
  });
  return (
    <section class="t-sync" aria-label={t.syncNow}>
      <div class="t-sync-words">
        <p class="t-sync-state">
          <a href="#/netrimise" classList={{ "t-has-unsent": unsent() > 0 }}>
            {state()}
          </a>
        </p>
        <p class="t-sync-last">
          <Show when={trouble()} fallback={last()}>
            {(words) => (
              <>
                <b class="t-no-signal">{words()}</b> · {last()}
              </>
            )}
          </Show>
        </p>
      </div>
      <button type="button" class="btn quiet" aria-disabled={progress().running} onClick={() => void sync.now()}>
        {progress().running ? t.syncing : t.syncNow}
      </button>
      <Show when={progress().running && progress().total > 0}>
        <progress max={progress().total} value={progress().sent} aria-label={t.syncing} />
      </Show>
    </section>
  );
}
