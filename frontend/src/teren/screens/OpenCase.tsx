import { createMemo, createSignal, type JSX, Show } from "solid-js";
import { useHouseholdOnce, useTeren } from "../context";
import type { HouseholdView } from "../core";
import { AreaField, focusFirstError, Form, Page, RadioField, SelectField } from "../parts";
import { addressOf } from "../place";
import { createTyped, type Writable } from "../typed";
import type { CaseOpening, Uuid } from "../wire";
import { nameOf, optionsOf } from "./people";

type Wrong = Partial<Record<"regime" | "reason" | "form", string>>;

export function OpenCase(props: { household: Uuid; entry: Uuid | null }): JSX.Element {
  const { t } = useTeren();
  const view = useHouseholdOnce(() => props.household);
  return (
    <Show when={view.latest} fallback={<Page title={t.openCase} back="#/">{t.loading}</Page>} keyed>
      {(known) => <Open view={known} entry={props.entry} />}
    </Show>
  );
}

function Open(props: { view: HouseholdView; entry: Uuid | null }): JSX.Element {
  const { t, language, book, instead } = useTeren();
  const { id, members } = props.view;
  const item = props.entry === null ? null : book.item(props.entry);
  const kept = item?.entry.kind === "case_open" ? item.entry : null;
  const fresh: CaseOpening = kept?.body ?? { case: crypto.randomUUID(), person: null, regime: "", reason: "" };
  const typed = createTyped<Writable<CaseOpening>>(book, `case-${kept?.id ?? id}`, fresh);
  const [wrong, setWrong] = createSignal<Wrong>({});
  const people = createMemo(() => members.map((member) => ({ value: member.person, label: nameOf(member, t) })));
  const save = async (): Promise<void> => {
    const { regime, reason } = typed.values;
    const found: Wrong = {
      ...(regime === "" ? { regime: t.regimeMissing } : {}),
      ...(reason.trim() === "" ? { reason: t.reasonMissing } : {}),
    };
    setWrong(found);
    if (Object.keys(found).length > 0) return focusFirstError();
    const body = { ...typed.values, reason: reason.trim() };
    const isWritten = await typed.finish(() =>
      kept === null ? book.write("case_open", id, body) : book.amend(kept.id, body),
    );
    if (isWritten) instead(addressOf("g", id));
    else setWrong({ form: t.storageFailed });
  };
  return (
    <Page
      title={t.openCase}
      back={addressOf("g", id)}
      bar={
        <button class="btn" form="case">
          {t.openCase}
        </button>
      }
    >
      <Form id="case" class="card" onSubmit={() => void save()}>
        <SelectField
          label={t.caseAbout}
          empty={t.wholeFamily}
          options={people()}
          value={typed.values.person ?? ""}
          onChange={(value) => typed.set("person", value === "" ? null : value)}
        />
        <RadioField
          label={t.regime}
          name="regime"
          error={wrong().regime}
          options={optionsOf(book.reference.regimes, language)}
          value={typed.values.regime}
          onChange={(value) => typed.set("regime", value)}
        />
        <AreaField
          label={t.reason}
          hint={`${t.caseReasonHint} ${t.noteHint}`}
          error={wrong().reason}
          value={typed.values.reason}
          onInput={(value) => typed.set("reason", value)}
        />
        <p class="error t-error" role="alert">
          {wrong().form ?? ""}
        </p>
      </Form>
    </Page>
  );
}
