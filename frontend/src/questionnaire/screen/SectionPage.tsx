import { createMemo, type JSX, Show } from "solid-js";
import { childrenOf, instancesOf, isVisible, nameOf } from "../nodes";
import { personAge } from "../persons";
import { REVIEW, type Route } from "../route";
import { progressOf, type Section } from "../sections";
import { cardTitle } from "./Cards";
import { useQuestionnaire } from "./context";
import { NodeList } from "./NodeList";
import { type OpenCard, openCard } from "./pages";
import { Way, Ways } from "./Ways";

/** One section, or one member's card of it, with the ways back and on. */
export function SectionPage(props: { section: Section }): JSX.Element {
  const { route } = useQuestionnaire();
  const card = createMemo(() => openCard(props.section, route()));
  // Keyed by the member, so that a neighbour's removal does not redraw the open card.
  const member = createMemo(() => card()?.instance ?? null);
  return (
    <Show when={member()} fallback={<WholeSection section={props.section} />} keyed>
      {(instance) => <CardPage section={props.section} card={() => card() ?? { repeat: instance.parent, instance, position: 1 }} />}
    </Show>
  );
}

function WholeSection(props: { section: Section }): JSX.Element {
  const { t, sections } = useQuestionnaire();
  const position = (): number => sections().indexOf(props.section);
  const isEmpty = (): boolean =>
    !props.section.nodes().some((node) => isVisible(node) && node.currentState.relevant);
  const before = (): Section | undefined => sections()[position() - 1];
  const after = (): Section | undefined => sections()[position() + 1];
  const pageOf = (section: Section | undefined): Route => ({ section: section?.key ?? REVIEW, card: null });
  return (
    <section class="card q-page" aria-labelledby="q-title">
      <p class="q-above muted">{t.sectionOf(position() + 1, sections().length)}</p>
      <h2 id="q-title" tabindex="-1">
        {props.section.title() || t.generalSection}
      </h2>
      <Show when={!isEmpty()} fallback={<p class="q-empty">{t.nothingAsked}</p>}>
        <NodeList nodes={props.section.nodes()} />
      </Show>
      <Ways
        back={before() === undefined ? null : { words: t.back, to: pageOf(before()) }}
        on={{ words: t.next(after() === undefined ? t.review : after()?.title() || t.generalSection), to: pageOf(after()) }}
      />
    </section>
  );
}

function CardPage(props: { section: Section; card: () => OpenCard }): JSX.Element {
  const { t } = useQuestionnaire();
  const nodes = () => childrenOf(props.card().instance);
  const title = (): string => cardTitle(props.card().repeat, props.card().instance, props.card().position, t);
  const age = createMemo(() => personAge(nodes(), new Date()));
  const progress = createMemo(() => progressOf(nodes()));
  const list = (): Route => ({ section: props.section.key, card: null });
  const listTitle = (): string => props.section.title() || t.generalSection;
  const next = () => {
    const { repeat, position } = props.card();
    const instance = instancesOf(repeat)[position];
    return instance === undefined
      ? { words: t.backToAll(listTitle()), to: list() }
      : {
          words: t.next(cardTitle(repeat, instance, position + 1, t)),
          to: { section: props.section.key, card: { repeat: nameOf(repeat), position: position + 1 } },
        };
  };
  return (
    <section class="card q-page" aria-labelledby="q-title">
      <p class="q-above">
        <Way words={`‹ ${t.backToAll(listTitle())}`} to={list()} class="q-up" />
      </p>
      <h2 id="q-title" tabindex="-1">
        {title()}
      </h2>
      <p class="muted q-below">
        <Show when={age()}>{(known) => <>{t.age(known())} · </>}</Show>
        {t.progress(progress())}
      </p>
      <NodeList nodes={nodes()} depth={1} />
      <Ways back={{ words: t.back, to: list() }} on={next()} />
    </section>
  );
}
