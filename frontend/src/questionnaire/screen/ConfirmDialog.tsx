import { createUniqueId, type JSX, onMount } from "solid-js";
import { useQuestionnaire } from "./context";

/** Asks before answers are deleted. Escape and "Renunță" change nothing. */
export function ConfirmDialog(props: {
  title: string;
  text: string;
  confirm: string;
  onConfirm: () => void;
  onClose: () => void;
}): JSX.Element {
  const { t } = useQuestionnaire();
  const titleId = createUniqueId();
  const title = props.title;
  let dialog!: HTMLDialogElement;
  onMount(() => dialog.showModal());
  const onClose = (): void => {
    const confirmed = dialog.returnValue === "yes";
    props.onClose();
    if (confirmed) props.onConfirm();
  };
  return (
    <dialog ref={dialog} class="q-dialog card" aria-labelledby={titleId} onClose={onClose}>
      <h2 id={titleId}>{title}</h2>
      <p>{props.text}</p>
      <p class="q-buttons">
        <button type="button" class="btn quiet" onClick={() => dialog.close("no")}>
          {t.cancel}
        </button>
        <button type="button" class="btn q-grave" onClick={() => dialog.close("yes")}>
          {props.confirm}
        </button>
      </p>
    </dialog>
  );
}
