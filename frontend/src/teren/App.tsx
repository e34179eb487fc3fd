import { createEffect, createMemo, createSignal, type JSX, Match, on, onCleanup, Show, Switch } from "solid-js";
import { APPLICATION } from "./application";
import { type Shell, type Teren, TerenProvider, type Update } from "./context";
import { type Book, Sync, type Vault } from "./core";
import { watchIdle } from "./idle";
import { messagesIn } from "./words";
import { followPlace } from "./place";
import { screenOf } from "./screens";
import { Elsewhere } from "./screens/Elsewhere";
import { Lock } from "./screens/Lock";
import { Start } from "./screens/Start";
import { keepTyped } from "./typed";

const LANGUAGE = "teren.language";
const FIRST_LOCK_MINUTES = 5;
const LOCK_MINUTES = "lock-minutes";

/** The whole application: empty, locked, or open with a book. */
export function App(props: { vault: Vault; shell: Shell; update: Update }): JSX.Element {
  const [language, setLanguage] = createSignal(localStorage.getItem(LANGUAGE) ?? "ro");
  const [state, setState] = createSignal(props.vault.state);
  const [book, setBook] = createSignal<Book | null>(null);
  const [forgotten, setForgotten] = createSignal(false);
  onCleanup(props.vault.subscribe(() => setState(props.vault.state)));
  createEffect(() => {
    document.documentElement.lang = language();
  });
  const speak = (chosen: string): void => {
    localStorage.setItem(LANGUAGE, chosen);
    setLanguage(chosen);
  };
  const opened = (open: Book): void => {
    const stop = open.subscribe((change) => {
      if (change === "book") return;
      stop();
      setForgotten(change === "wiped");
      setBook(null);
      setState(props.vault.state);
    });
    setForgotten(false);
    setBook(open);
    setState(props.vault.state);
  };
  // With nothing open, here or in another window, a new version may come at once.
  createEffect(() => {
    if (book() === null && state() !== "elsewhere" && props.update.ready()) props.update.use();
  });
  return (
    <Show when={language()} keyed>
      {(chosen) => (
        <Switch>
          <Match when={book()} keyed>
            {(open) => (
              <Opened vault={props.vault} book={open} language={chosen} speak={speak} update={props.update} />
            )}
          </Match>
          <Match when={state() === "elsewhere" || state() === "newer"}>
            <Elsewhere vault={props.vault} t={messagesIn(chosen)} newer={state() === "newer"} />
          </Match>
          <Match when={state() === "locked"}>
            <Lock vault={props.vault} t={messagesIn(chosen)} onOpen={opened} onWiped={() => setForgotten(true)} />
          </Match>
          <Match when={state() === "empty" || state() === "lost"}>
            <Start
              vault={props.vault}
              shell={props.shell}
              language={chosen}
              speak={speak}
              forgotten={forgotten()}
              lost={state() === "lost"}
              onOpen={opened}
            />
          </Match>
        </Switch>
      )}
    </Show>
  );
}

function Opened(props: {
  vault: Vault;
  book: Book;
  language: string;
  speak: (language: string) => void;
  update: Update;
}): JSX.Element {
  const { vault, book, language } = props;
  const t = messagesIn(language);
  const { place, go, instead } = followPlace();
  const [edition, setEdition] = createSignal(0);
  onCleanup(book.subscribe(() => setEdition((before) => before + 1)));
  const [online, setOnline] = createSignal(navigator.onLine);
  const follow = (): void => {
    setOnline(navigator.onLine);
  };
  addEventListener("online", follow);
  addEventListener("offline", follow);
  onCleanup(() => {
    removeEventListener("online", follow);
    removeEventListener("offline", follow);
  });

  const sync = new Sync(book, { application: APPLICATION });
  const [progress, setProgress] = createSignal(sync.progress);
  onCleanup(sync.subscribe(setProgress));
  sync.start();
  onCleanup(() => sync.stop());

  const [lockMinutes, setLockMinutes] = createSignal((book.jotted(LOCK_MINUTES) as number | null) ?? FIRST_LOCK_MINUTES);
  const lock = async (): Promise<void> => {
    await keepTyped();
    await book.lock();
  };
  onCleanup(watchIdle(lockMinutes, () => void lock()));
  // What is still being kept must not be cut off by closing the page.
  const leave = (): void => void keepTyped();
  addEventListener("beforeunload", leave);
  onCleanup(() => removeEventListener("beforeunload", leave));

  const teren: Teren = {
    t,
    language,
    speak: props.speak,
    vault,
    book,
    sync,
    edition,
    progress,
    online,
    place,
    go,
    instead,
    lockMinutes,
    lockAfter: (minutes) => {
      setLockMinutes(minutes);
      void book.jot(LOCK_MINUTES, minutes);
    },
    lock: () => void lock(),
    update: props.update,
  };
  // A questionnaire turns its own pages.
  const screen = createMemo(() => {
    const { screen: name, ids } = place();
    return [name, ...(name === "e" || name === "m" ? ids.slice(0, 1) : ids)].join("/");
  });
  createEffect(
    on(screen, () => {
      scrollTo({ top: 0 });
      requestAnimationFrame(() => {
        const title = document.getElementById("t-title");
        // Titles say what a screen is for, never about whom: they also stand in the list of open windows.
        document.title = `${SCREEN_TITLES(t)[place().screen] ?? t.teren} · ${t.teren}`;
        if (document.activeElement === document.body || document.activeElement === null) title?.focus({ preventScroll: true });
      });
    }),
  );
  return (
    <TerenProvider value={teren}>
      <Show when={`/${screen()}`} keyed>
        {screenOf(place())}
      </Show>
    </TerenProvider>
  );
}

const SCREEN_TITLES = (t: ReturnType<typeof messagesIn>): Readonly<Record<string, string>> => ({
  "": t.today,
  alege: t.chooseHouseholds,
  g: t.household,
  nou: t.newHousehold,
  e: t.assessment,
  m: t.assessment,
  c: t.findings,
  grupuri: t.groups,
  grup: t.attendance,
  netrimise: t.unsentTitle,
  setari: t.settings,
});
