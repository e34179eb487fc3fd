/** What is typed in a form is kept in the book while it is typed, so that a lock or a killed browser loses nothing. */
import { createEffect, on, onCleanup } from "solid-js";
import { createStore, type SetStoreFunction, unwrap } from "solid-js/store";
import type { Book } from "./core";

const PAUSE_MS = 250;
const flushers = new Set<() => Promise<void>>();

/** Keeps at once whatever is being typed; before the book closes or the page goes. */
export async function keepTyped(): Promise<void> {
  await Promise.all([...flushers].map((flush) => flush()));
}

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") void keepTyped();
});
addEventListener("pagehide", () => void keepTyped());

export type Writable<T> = { -readonly [Field in keyof T]: T[Field] };

export interface Typed<T extends object> {
  readonly values: T;
  readonly set: SetStoreFunction<T>;
  /** Whether it was begun earlier and is taken up again. */
  readonly resumed: boolean;
  /** The form was written or given up: nothing of it is kept any more. */
  forget(): Promise<void>;
  /** Writes the form for good and forgets it; false where the device could not keep it, and it stays as typed. */
  finish(write: () => Promise<unknown>): Promise<boolean>;
}

/** A form named `form`, as it was left, else as `fresh` says. */
export function createTyped<T extends object>(book: Book, form: string, fresh: T): Typed<T> {
  const kept = book.jotted(form) as Partial<T> | null;
  const [values, set] = createStore<T>({ ...fresh, ...kept });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let changed = false;
  let over = false;
  const flush = async (): Promise<void> => {
    clearTimeout(timer);
    if (!changed || over) return;
    changed = false;
    // A book that closes meanwhile has been told before (keepTyped); one that is full says so on every screen.
    await book.jot(form, structuredClone(unwrap(values))).catch(() => undefined);
  };
  createEffect(
    on(
      () => JSON.stringify(values),
      () => {
        changed = true;
        clearTimeout(timer);
        timer = setTimeout(() => void flush(), PAUSE_MS);
      },
      { defer: true },
    ),
  );
  flushers.add(flush);
  onCleanup(() => {
    flushers.delete(flush);
    void flush();
  });
  const forget = async (): Promise<void> => {
    over = true;
    clearTimeout(timer);
    await book.jot(form, null).catch(() => undefined);
  };
  const finish = async (write: () => Promise<unknown>): Promise<boolean> => {
    try {
      await write();
    } catch {
      return false;
    }
    await forget();
    return true;
  };
  return { values, set, resumed: kept !== null, forget, finish };
}
