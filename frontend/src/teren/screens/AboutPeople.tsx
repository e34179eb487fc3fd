import { createMemo, For, type JSX, Show } from "solid-js";
import { useTeren } from "../context";
import type { DraftRow, HouseholdView } from "../core";
import { dayIn, yearsOn } from "../formats";
import { addressOf } from "../place";
import type { LastAssessment, Member, PackAddress, Uuid } from "../wire";
import { FindingList } from "./FindingList";
import { nameOf } from "./people";
import { Scores } from "./Scores";

interface Row {
  readonly pack: PackAddress;
  readonly member: Member;
  readonly draft: DraftRow | undefined;
  readonly last: LastAssessment | undefined;
}

/** Questionnaires about one person: each that is put forward for a member, was begun here, or was filled before. */
export function AboutPeople(props: { view: HouseholdView; names: ReadonlyMap<Uuid, string> }): JSX.Element {
  const { t, language, book, edition, go } = useTeren();
  const mayOpen = ({ opensWith }: PackAddress): boolean =>
    opensWith === undefined || book.worker.compartments.includes(opensWith);
  const rows = createMemo((): Row[] => {
    const packs = (edition(), book.packs()).filter((pack) => pack.about === "person" && mayOpen(pack));
    return packs.flatMap((pack) => props.view.members.map((member) => rowOf(props.view, pack, member))).filter(isShown);
  });
  const title = ({ title: words }: PackAddress): string => (language === "en" ? words.en : words.ro);
  const begin = async ({ pack, member }: Row): Promise<void> => {
    const draft = await book.beginDraft(props.view.id, pack.name, member);
    go(addressOf("e", draft.id));
  };
  return (
    <For each={rows()}>
      {(row) => (
        <section class="card" aria-label={`${title(row.pack)}, ${nameOf(row.member, t)}`}>
          <h2>{title(row.pack)}</h2>
          <p>{nameOf(row.member, t)}</p>
          <Show when={row.last}>
            {(last) => (
              <>
                <p class="t-hint">{t.assessedOn(dayIn(language, last().visitedOn), last().by)}</p>
                <FindingList findings={last().findings} names={props.names} notAssessed={last().notAssessed} level={3} ofOne />
                <Scores scores={last().scores ?? []} />
              </>
            )}
          </Show>
          <Show when={row.draft === undefined}>
            <button type="button" class="btn quiet" onClick={() => void begin(row)}>
              {row.last === undefined ? t.assess : t.assessAgain}
            </button>
          </Show>
        </section>
      )}
    </For>
  );
}

function rowOf(view: HouseholdView, pack: PackAddress, member: Member): Row {
  const same = (one: { pack: string; person?: Uuid | null }): boolean =>
    one.pack === pack.name && one.person === member.person;
  return { pack, member, draft: view.drafts.find(same), last: view.others?.find(same) };
}

function isShown({ pack, member, draft, last }: Row): boolean {
  const age = member.birthDate === null ? 0 : yearsOn(member.birthDate);
  return draft !== undefined || last !== undefined || age >= (pack.fromAge ?? 0);
}
