import { createMemo, For, type JSX, onMount, Show } from "solid-js";
import { differences } from "../differences";
import type { Draft } from "../doors";
import { labelOf, questionAt } from "../nodes";
import { useQuestionnaire } from "./context";
import { answerInWords, whose } from "./ProblemSummary";

/** Two people (or two tabs) changed one draft: the answers that differ, side by side, and the choice between them. */
export function ChoiceOfVersion(props: {
  mine: string;
  theirs: Draft;
  onKeepMine: () => void;
  onTakeTheirs: () => void;
  onClose: () => void;
}): JSX.Element {
  const { t, root } = useQuestionnaire();
  let dialog!: HTMLDialogElement;
  onMount(() => dialog.showModal());
  const rows = createMemo(() =>
    differences(props.mine, props.theirs.instance).flatMap(({ reference, mine, theirs }) => {
      const here = questionAt(root, reference);
      // A member only the other version has is named after the same question of the first.
      const question = here ?? questionAt(root, reference.replace(/\[\d+\]/g, ""));
      // What no question asks is computed from the answers, and differs because they do.
      if (question === undefined) return [];
      const inWords = (value: string): string => (value === "" ? t.unanswered : answerInWords(question, value));
      const position = /\[(\d+)\]/.exec(reference)?.[1];
      const whom = here === undefined ? `${t.item(Number(position))}, ` : whose(here);
      return [{ name: whom + labelOf(question), mine: inWords(mine), theirs: inWords(theirs) }];
    }),
  );
  const onClose = (): void => {
    const chosen = dialog.returnValue;
    props.onClose();
    if (chosen === "mine") props.onKeepMine();
    if (chosen === "theirs") props.onTakeTheirs();
  };
  return (
    <dialog ref={dialog} class="q-dialog q-versions card" aria-labelledby="q-versions-title" onClose={onClose}>
      <h2 id="q-versions-title">{t.editedElsewhere}</h2>
      <p>
        {t.editedElsewhereBy(props.theirs.by, props.theirs.savedAt, new Date())} {t.differingAnswers(rows().length)}.
      </p>
      <Show when={rows().length > 0}>
        <div class="q-table" tabindex="0" role="region" aria-labelledby="q-versions-title">
          <table>
            <thead>
              <tr>
                <th scope="col">{t.question}</th>
                <th scope="col">{t.mine}</th>
                <th scope="col">{t.theirs}</th>
              </tr>
            </thead>
            <tbody>
              <For each={rows()}>
                {(row) => (
                  <tr>
                    <th scope="row">{row.name}</th>
                    <td>{row.mine}</td>
                    <td>{row.theirs}</td>
                  </tr>
                )}
              </For>
            </tbody>
          </table>
        </div>
      </Show>
      <p class="q-buttons">
        <button type="button" class="btn" onClick={() => dialog.close("mine")}>
          {t.keepMine}
        </button>
        <button type="button" class="btn quiet" onClick={() => dialog.close("theirs")}>
          {t.takeTheirs}
        </button>
        <button type="button" class="btn quiet" onClick={() => dialog.close("later")}>
          {t.decideLater}
        </button>
      </p>
    </dialog>
  );
}
