import { createMemo, createSignal, For, type JSX, Show } from "solid-js";
import { APPLICATION } from "../application";
import { useTeren } from "../context";
import { PinError, pinTrouble } from "../core";
import { sizeIn } from "../formats";
import { Confirm, focusFirstError, Form, Page, PinField, SelectField } from "../parts";
import { saveBlob } from "../saving";
import { DEVICE_NAME, Languages } from "./Start";

const LOCK_CHOICES = [1, 3, 5, 10];

export function Settings(): JSX.Element {
  const { t, language, speak, book, vault, edition, lockMinutes, lockAfter, lock, update } = useTeren();
  const [asking, setAsking] = createSignal(false);
  const unsent = createMemo(() => (edition(), book.unsent().length));
  const packs = createMemo(() => (edition(), book.packs()));
  const save = async (): Promise<void> => saveBlob(await book.exportUnsent(), `teren-${book.username}.punte`);
  return (
    <Page
      title={t.settings}
      back="#/"
      bar={
        <button type="button" class="btn" onClick={() => lock()}>
          {t.lockNow}
        </button>
      }
    >
      <section class="card" aria-labelledby="device">
        <h2 id="device">{t.device}</h2>
        <dl>
          <dt>{t.account}</dt>
          <dd>{book.worker.name}</dd>
          <dt>{t.organization}</dt>
          <dd>{language === "en" ? book.worker.organization.en : book.worker.organization.ro}</dd>
          <dt>{t.deviceName}</dt>
          <dd>
            {(book.jotted(DEVICE_NAME) as string | null) ?? ""} ({book.username})
          </dd>
        </dl>
        <Form class="t-lock" onSubmit={() => undefined}>
          <SelectField
            label={t.lockAfter}
            options={LOCK_CHOICES.map((minutes) => ({ value: String(minutes), label: t.minutesOf(minutes) }))}
            value={String(lockMinutes())}
            onChange={(value) => lockAfter(Number(value))}
          />
        </Form>
        <ChangePin />
      </section>
      <section class="card" aria-labelledby="storage">
        <h2 id="storage">{t.storage}</h2>
        <p>{vault.persistent === true ? t.storageKept : t.storageNotKept}</p>
        <Show when={unsent() > 0}>
          <p class="message warning">
            {t.storageUnsent} ({sizeIn(language, book.unsentBytes)})
          </p>
          <button type="button" class="btn quiet" onClick={() => void save()}>
            {t.exportUnsent}
          </button>
        </Show>
      </section>
      <section class="card" aria-labelledby="versions">
        <h2 id="versions">{t.versions}</h2>
        <dl>
          <dt>{t.application}</dt>
          <dd>{APPLICATION}</dd>
          <For each={packs()}>
            {(pack) => (
              <>
                <dt>{t.questionnaire}</dt>
                <dd>
                  {pack.name} {pack.version}
                </dd>
              </>
            )}
          </For>
        </dl>
        <Show when={update.ready()}>
          <p>
            {t.newVersion}{" "}
            <button type="button" class="btn quiet" onClick={() => update.use()}>
              {t.newVersionUse}
            </button>
          </p>
        </Show>
      </section>
      <section class="card" aria-labelledby="language">
        <h2 id="language">{t.language}</h2>
        <p class="t-languages">
          <Languages language={language} speak={speak} />
        </p>
      </section>
      <section class="card">
        <p>{t.signOutWords}</p>
        <button type="button" class="btn danger" onClick={() => setAsking(true)}>
          {t.signOut}
        </button>
      </section>
      <Show when={asking()}>
        <Confirm
          t={t}
          title={t.signOutTitle}
          words={unsent() > 0 ? t.signOutUnsent(unsent()) : t.signOutWords}
          confirm={t.signOutConfirm}
          extra={
            <Show when={unsent() > 0}>
              <button type="button" class="btn quiet" onClick={() => void save()}>
                {t.exportUnsent}
              </button>
            </Show>
          }
          onConfirm={() => void book.signOut()}
          onClose={() => setAsking(false)}
        />
      </Show>
    </Page>
  );
}

function ChangePin(): JSX.Element {
  const { t, vault } = useTeren();
  const [before, setBefore] = createSignal("");
  const [now, setNow] = createSignal("");
  const [again, setAgain] = createSignal("");
  const [wrong, setWrong] = createSignal<{ before?: string; now?: string; again?: string }>({});
  const [done, setDone] = createSignal(false);
  const change = async (): Promise<void> => {
    const trouble = pinTrouble(now());
    const found = {
      ...(trouble === null ? {} : { now: trouble === "short" ? t.pinShort : t.pinEasy }),
      ...(trouble === null && now() !== again() ? { again: t.pinsDiffer } : {}),
    };
    setWrong(found);
    setDone(false);
    if (Object.keys(found).length > 0) return focusFirstError();
    try {
      const changed = await vault.changePin(before(), now());
      if (changed.kind === "wrong") setWrong({ before: t.wrongPin(changed.left) });
      if (changed.kind !== "changed") return focusFirstError();
      setDone(true);
    } catch (error) {
      setWrong({ now: error instanceof PinError ? t.pinEasy : t.storageFailed });
    }
    for (const empty of [setBefore, setNow, setAgain]) empty("");
  };
  return (
    <details>
      <summary>{t.changePin}</summary>
      <Form onSubmit={() => void change()}>
        <PinField label={t.pinBefore} error={wrong().before} value={before()} onInput={setBefore} />
        <PinField label={t.pinNew} hint={t.pinHint} error={wrong().now} value={now()} onInput={setNow} />
        <PinField label={t.pinAgain} error={wrong().again} value={again()} onInput={setAgain} />
        <button class="btn quiet">{t.changePin}</button>
        <p role="status">{done() ? t.pinChanged : ""}</p>
      </Form>
    </details>
  );
}
