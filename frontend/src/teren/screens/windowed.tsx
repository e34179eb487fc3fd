/** A list of thousands of which only the beginning is drawn; the rest follows as one reads on. */
import { createEffect, createSignal, For, type JSX, on, onCleanup, Show } from "solid-js";
import { useTeren } from "../context";

const AT_ONCE = 25;

export function Windowed<T>(props: { items: readonly T[]; class: string; children: (item: T) => JSX.Element }): JSX.Element {
  const { t } = useTeren();
  const [shown, setShown] = createSignal(AT_ONCE);
  createEffect(on(() => props.items, () => setShown(AT_ONCE), { defer: true }));
  const more = (): void => {
    setShown((before) => before + AT_ONCE);
  };
  const watcher = new IntersectionObserver((entries) => {
    if (entries.some((entry) => entry.isIntersecting)) more();
  }, { rootMargin: "600px" });
  onCleanup(() => watcher.disconnect());
  return (
    <>
      <ul class={props.class}>
        <For each={props.items.slice(0, shown())}>{props.children}</For>
      </ul>
      <Show when={shown() < props.items.length}>
        <button
          type="button"
          class="btn quiet t-more"
          ref={(button) => {
            watcher.observe(button);
          }}
          onClick={more}
        >
          {t.showMore}
        </button>
      </Show>
    </>
  );
}
