import { type JSX, Show } from "solid-js";
import type { Route } from "../route";
import { useQuestionnaire } from "./context";

/** A button that leads to another page of the questionnaire. */
export interface WayProps {
  readonly words: string;
  readonly to: Route;
}

/** The way back and the way on, at the foot of a page. */
export function Ways(props: { back: WayProps | null; on: WayProps | null }): JSX.Element {
  return (
    <p class="q-buttons q-ways">
      <Show when={props.back}>{(way) => <Way {...way()} class="btn quiet" />}</Show>
      <Show when={props.on}>{(way) => <Way {...way()} class="btn" />}</Show>
    </p>
  );
}

export function Way(props: WayProps & { class: string }): JSX.Element {
  const { go } = useQuestionnaire();
  return (
    <button type="button" class={props.class} onClick={() => go(props.to)}>
      {props.words}
    </button>
  );
}
