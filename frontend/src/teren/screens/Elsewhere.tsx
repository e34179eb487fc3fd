import { type JSX, onMount, Show } from "solid-js";
import type { Vault } from "../core";
import type { Messages } from "../messages";

/** Another window holds the book, or a newer version wrote it. */
export function Elsewhere(props: { vault: Vault; t: Messages; newer: boolean }): JSX.Element {
  onMount(() => {
    if (!props.newer) void props.vault.whenFree();
  });
  return (
    <main class="t-alone">
      <Brand t={props.t} />
      <h1>{props.newer ? props.t.newVersion : props.t.elsewhere}</h1>
      <p>{props.newer ? props.t.newer : props.t.elsewhereWords}</p>
      <Show when={props.newer}>
        <button type="button" class="btn" onClick={() => location.reload()}>
          {props.t.reload}
        </button>
      </Show>
    </main>
  );
}

export function Brand(props: { t: Messages }): JSX.Element {
  return (
    <p class="t-brand">
      <svg width="42" height="30" viewBox="0 0 28 20" aria-hidden="true">
        <path
          d="M1 15h26M3 15a11 11 0 0 1 22 0M8.500 15V8.200M14 15V4.500M19.500 15V8.200"
          fill="none"
          stroke="currentColor"
          stroke-width="2"
          stroke-linecap="round"
        />
      </svg>
      {props.t.teren}
    </p>
  );
}
