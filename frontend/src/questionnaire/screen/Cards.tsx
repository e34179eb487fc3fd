import type { RepeatInstanceNode } from "@getodk/xforms-engine";
import { createMemo, createSignal, For, type JSX, Show } from "solid-js";
import { canChangeLength, childrenOf, instancesOf, isAnswered, isAsked, descendants, labelOf, nameOf, type Repeat } from "../nodes";
import { describesPersons, personAge, personName } from "../persons";
import { progressOf } from "../sections";
import { ConfirmDialog } from "./ConfirmDialog";
import { useQuestionnaire } from "./context";
import { focusQuestion, focusSoon } from "./focus";

/** "Ana Popa", or "Persoana 2" while there is no name. */
export function cardTitle(repeat: Repeat, instance: RepeatInstanceNode, position: number, t: ReturnType<typeof useQuestionnaire>["t"]): string {
  const nodes = childrenOf(instance);
  return personName(nodes) || (describesPersons(childrenOf(instancesOf(repeat)[0] ?? instance)) ? t.person(position) : t.item(position));
}

/**
 * The members of a repeat. At the top of a section each is a card to be opened on its own page, so that a household of
 * twelve stays readable; inside a card they are shown in full, by `inFull`.
 */
export function Cards(props: { repeat: Repeat; inFull: ((instance: RepeatInstanceNode) => JSX.Element) | null }): JSX.Element {
  const { t, go, route } = useQuestionnaire();
  const repeat = props.repeat;
  const instances = (): readonly RepeatInstanceNode[] => instancesOf(repeat);
  const arePersons = createMemo(() => {
    const [first] = instances();
    return first === undefined ? nameOf(repeat) === "member" : describesPersons(childrenOf(first));
  });
  const [leaving, setLeaving] = createSignal<RepeatInstanceNode | null>(null);
  let addButton: HTMLButtonElement | undefined;

  const open = (position: number): void => go({ section: route().section, card: { repeat: nameOf(repeat), position } });
  const add = (): void => {
    if (!canChangeLength(repeat)) return;
    repeat.addInstances(instances().length - 1);
    const added = instances().at(-1);
    if (added === undefined) return;
    if (props.inFull === null) open(instances().length);
    for (const node of descendants(childrenOf(added))) {
      if (!isAsked(node) || isAnswered(node)) continue;
      focusQuestion(node);
      return;
    }
  };
  const remove = (instance: RepeatInstanceNode): void => {
    const index = instances().indexOf(instance);
    if (index >= 0 && canChangeLength(repeat)) repeat.removeInstances(index, 1);
    focusSoon(() => addButton);
  };

  return (
    <div class="q-cards">
      <Show when={props.inFull !== null && labelOf(repeat)}>
        <h3>{labelOf(repeat)}</h3>
      </Show>
      <Show when={instances().length > 0} fallback={<p class="q-empty">{arePersons() ? t.noPersons : t.noItems}</p>}>
        <ul class="q-card-list">
          <For each={instances()}>
            {(instance, index) => (
              <li classList={{ "q-nested-card": props.inFull !== null }}>
                <Show
                  when={props.inFull}
                  fallback={<Card repeat={repeat} instance={instance} position={index() + 1} onOpen={() => open(index() + 1)} />}
                >
                  {(inFull) => inFull()(instance)}
                </Show>
                <Show when={canChangeLength(repeat)}>
                  <button type="button" class="q-remove" onClick={() => setLeaving(instance)}>
                    {t.remove}
                    <span class="visually-hidden"> {cardTitle(repeat, instance, index() + 1, t)}</span>
                  </button>
                </Show>
              </li>
            )}
          </For>
        </ul>
      </Show>
      <Show when={canChangeLength(repeat)}>
        <button ref={addButton} type="button" class="btn quiet" onClick={add}>
          + {arePersons() ? t.addPerson : t.addItem}
        </button>
      </Show>
      <Show when={leaving()} keyed>
        {(instance) => (
          <ConfirmDialog
            title={t.removeTitle(cardTitle(repeat, instance, instances().indexOf(instance) + 1, t))}
            text={t.removeExplained}
            confirm={t.remove}
            onConfirm={() => remove(instance)}
            onClose={() => setLeaving(null)}
          />
        )}
      </Show>
    </div>
  );
}

function Card(props: { repeat: Repeat; instance: RepeatInstanceNode; position: number; onOpen: () => void }): JSX.Element {
  const { t, problems } = useQuestionnaire();
  const nodes = () => childrenOf(props.instance);
  const progress = createMemo(() => progressOf(nodes()));
  const age = createMemo(() => personAge(nodes(), new Date()));
  const wrong = createMemo(() => {
    let count = 0;
    for (const node of descendants(nodes())) if (isAsked(node) && problems.shownFor(node) !== null) count += 1;
    return count;
  });
  return (
    <button type="button" class="q-open-card" onClick={() => props.onOpen()}>
      <span class="q-card-name">{cardTitle(props.repeat, props.instance, props.position, t)}</span>
      <Show when={age()}>{(known) => <span class="q-card-age">{t.age(known())}</span>}</Show>
      <span class="q-card-count">
        <Show when={progress().answered < progress().asked} fallback={<>✓ {t.allAnswered}</>}>
          {t.progress(progress())}
        </Show>
      </span>
      <Show when={wrong() > 0}>
        <span class="tag severe">▲ {t.toCorrect(wrong())}</span>
      </Show>
    </button>
  );
}
