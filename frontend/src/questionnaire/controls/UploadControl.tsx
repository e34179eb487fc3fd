import type { UploadNode } from "@getodk/xforms-engine";
import { type JSX, Show } from "solid-js";
import { useQuestionnaire } from "../screen/context";
import { ariaFlag, type ControlProps } from "./control";

/** A picture or another file, kept with the draft where the doors keep files, else by the page until it is submitted. */
export function UploadControl(props: ControlProps<UploadNode>): JSX.Element {
  const { t, problems, files } = useQuestionnaire();
  const node = props.node;
  const take = async (chosen: File): Promise<void> => {
    node.setValue(files === undefined ? chosen : await files.prepare(chosen));
    const named = node.currentState.value;
    if (files !== undefined && named !== null) await files.keep(named);
  };
  return (
    <div class="q-upload">
      <input
        class="q-field"
        id={props.id}
        type="file"
        accept={node.nodeOptions.media.accept}
        disabled={node.currentState.readonly}
        aria-describedby={props.describedBy}
        aria-invalid={ariaFlag(props.invalid)}
        aria-required={ariaFlag(props.required)}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          if (file === undefined) return;
          problems.answered(node);
          problems.touch(node);
          void take(file);
        }}
      />
      <Show when={node.currentState.value}>{(file) => <p class="q-hint">{t.fileKept(file().name)}</p>}</Show>
      <Show when={files === undefined}>
        <p class="q-hint">{t.fileOnlyOnSubmit}</p>
      </Show>
    </div>
  );
}
