import { type JSX, Show } from "solid-js";
import { useTeren } from "../context";
import { Confirm } from "../parts";
import type { Uuid } from "../wire";

/** Asks before something that was not sent is given up; nothing while `id` is null. */
export function ConfirmDrop(props: { id: Uuid | null; onClose: () => void }): JSX.Element {
  const { t, book } = useTeren();
  return (
    <Show when={props.id} keyed>
      {(id) => (
        <Confirm
          t={t}
          title={t.dropTitle}
          words={t.dropWords}
          confirm={t.drop}
          onConfirm={() => void book.drop(id)}
          onClose={props.onClose}
        />
      )}
    </Show>
  );
}
