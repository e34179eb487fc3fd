import { createMemo, type JSX, Match, Show, Switch } from "solid-js";
import type { SaveState } from "../draft-queue";
import { useQuestionnaire } from "./context";

/** One line at the top of the page. A screen reader hears it when something changes, not at every keystroke. */
export function SaveStatus(props: { state: SaveState }): JSX.Element {
  const { t } = useQuestionnaire();
  const words = createMemo(() => {
    switch (props.state.kind) {
      case "saved":
        return props.state.at === null ? t.notYetSaved : t.savedAt(props.state.at, new Date());
      case "saving":
        return t.saving;
      case "edited-elsewhere":
        return t.editedElsewhere;
      default:
        return t.retrying;
    }
  });
  // "Saving…" follows every answer; only where it ends is worth saying aloud.
  const spoken = createMemo<string>((before) => (props.state.kind === "saving" ? before : words()), "");
  return (
    <>
      <span class="q-saved" classList={{ "q-unsaved": props.state.kind !== "saved" && props.state.kind !== "saving" }} aria-hidden="true">
        <Switch>
          <Match when={props.state.kind === "saved"}>✓ </Match>
          <Match when={props.state.kind !== "saving"}>▲ </Match>
        </Switch>
        {words()}
      </span>
      <span class="visually-hidden" role="status">
        {spoken()}
      </span>
    </>
  );
}

/** What the person should know or do about saving, in calm words; the answers themselves are never in danger here. */
export function SaveBanner(props: { state: SaveState; onChoose: () => void }): JSX.Element {
  const { t } = useQuestionnaire();
  return (
    <Switch>
      <Match when={props.state.kind === "signed-out" && props.state}>
        {(state) => (
          <div class="q-banner moderate" role="status">
            <p>{t.signedOut}</p>
            <p>
              <a class="btn quiet" href={state().loginUrl} target="_blank" rel="noopener">
                {t.signIn}
              </a>
            </p>
          </div>
        )}
      </Match>
      <Match when={props.state.kind === "refused" && props.state}>
        {(state) => (
          <div class="q-banner severe" role="status">
            <p>{t.refused(state().status)}</p>
            <Show when={state().message}>
              <p>{state().message}</p>
            </Show>
          </div>
        )}
      </Match>
      <Match when={props.state.kind === "edited-elsewhere"}>
        <div class="q-banner moderate" role="status">
          <p>{t.editedElsewhere}.</p>
          <p>
            <button type="button" class="btn quiet" onClick={() => props.onChoose()}>
              {t.choose}
            </button>
          </p>
        </div>
      </Match>
    </Switch>
  );
}
