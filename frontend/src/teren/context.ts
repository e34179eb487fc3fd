import { createContext, createResource, type Resource, useContext } from "solid-js";
import type { Book, HouseholdView, Progress, Sync, Vault } from "./core";
import type { Messages } from "./messages";
import type { Place } from "./place";
import type { Uuid } from "./wire";

/** What the page that holds Teren says, and where the office is. */
export interface Shell {
  readonly login: string;
  readonly session: string;
  readonly worker: string;
}

/** Whether a new version of the application waits, and the way to use it. */
export interface Update {
  readonly ready: () => boolean;
  use(): void;
}

/** What every screen may need. */
export interface Teren {
  readonly t: Messages;
  readonly language: string;
  speak(language: string): void;
  readonly vault: Vault;
  readonly book: Book;
  readonly sync: Sync;
  /** Grows when anything in the book changes: read it before what should be worked out anew. */
  readonly edition: () => number;
  readonly progress: () => Progress;
  readonly online: () => boolean;
  readonly place: () => Place;
  go(address: string): void;
  instead(address: string): void;
  readonly lockMinutes: () => number;
  lockAfter(minutes: number): void;
  lock(): void;
  readonly update: Update;
}

const Context = createContext<Teren>();

export const TerenProvider = Context.Provider;

export function useTeren(): Teren {
  const teren = useContext(Context);
  if (teren === undefined) throw new Error("used outside of TerenProvider");
  return teren;
}

/** A household as it was when the screen opened: a form must not begin anew because something was kept. */
export function useHouseholdOnce(id: () => Uuid): Resource<HouseholdView | null> {
  const { book } = useTeren();
  const [view] = createResource(id, (asked) => book.household(asked).catch(() => null));
  return view;
}

/** A household as it is now, read again when the book changes. */
export function useHousehold(id: () => Uuid): Resource<HouseholdView | null> {
  const { book, edition } = useTeren();
  const [view] = createResource(
    () => ({ id: id(), edition: edition() }),
    (asked) => book.household(asked.id).catch(() => null),
  );
  return view;
}
