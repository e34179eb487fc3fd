import type { AnyNoteNode, RepeatInstanceNode } from "@getodk/xforms-engine";
import { createUniqueId, For, type JSX, Match, Show, Switch } from "solid-js";
import { childrenOf, type FormNode, isGroup, isQuestion, isRepeat, isVisible, labelOf } from "../nodes";
import { Cards } from "./Cards";
import { Marked } from "./Marked";
import { QuestionField } from "./QuestionField";

/** The nodes of a page or card in the order of the form; those that do not concern the household are left out. */
export function NodeList(props: { nodes: readonly FormNode[]; depth?: number }): JSX.Element {
  const depth = (): number => props.depth ?? 0;
  return (
    <For each={props.nodes.filter(isVisible)}>
      {(node) => (
        <Show when={node.currentState.relevant}>
          <Switch>
            <Match when={isRepeat(node) && node}>
              {(repeat) => <Cards repeat={repeat()} inFull={depth() > 0 ? instanceInFull : null} />}
            </Match>
            <Match when={isGroup(node) && node}>{(group) => <Group node={group()} depth={depth()} />}</Match>
            <Match when={node.nodeType === "note"}>
              <p class="q-note">
                <Marked text={(node as AnyNoteNode).currentState.noteText} />
              </p>
            </Match>
            <Match when={isQuestion(node) && node}>{(question) => <QuestionField node={question()} />}</Match>
          </Switch>
        </Show>
      )}
    </For>
  );
}

const instanceInFull = (instance: RepeatInstanceNode): JSX.Element => <NodeList nodes={childrenOf(instance)} depth={2} />;

function Group(props: { node: FormNode; depth: number }): JSX.Element {
  const headingId = createUniqueId();
  const title = (): string => labelOf(props.node);
  return (
    <section class="q-group" aria-labelledby={title() === "" ? undefined : headingId}>
      <Show when={title()}>
        <h3 id={headingId}>{title()}</h3>
      </Show>
      <NodeList nodes={childrenOf(props.node)} depth={props.depth + 1} />
    </section>
  );
}
