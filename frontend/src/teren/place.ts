/** Where one is in Teren. The address holds identifiers made by machines, never anything about a person. */
import { createSignal, onCleanup } from "solid-js";

export interface Place {
  readonly screen: string;
  readonly ids: readonly string[];
}

export function readPlace(hash: string): Place {
  const [screen = "", ...ids] = hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent);
  return { screen, ids };
}

export const addressOf = (...parts: readonly string[]): string => `#/${parts.map(encodeURIComponent).join("/")}`;

const isSame = (one: Place, other: Place): boolean =>
  addressOf(one.screen, ...one.ids) === addressOf(other.screen, ...other.ids);

/** Follows the address; `go` leads on, `instead` without a way back to where one was. */
export function followPlace(): { place: () => Place; go: (address: string) => void; instead: (address: string) => void } {
  // A link is told of twice, by popstate and by hashchange: the second must not begin the screen again.
  const [place, setPlace] = createSignal(readPlace(location.hash), { equals: isSame });
  const follow = (): void => {
    setPlace(readPlace(location.hash));
  };
  addEventListener("hashchange", follow);
  addEventListener("popstate", follow);
  onCleanup(() => {
    removeEventListener("hashchange", follow);
    removeEventListener("popstate", follow);
  });
  const go = (address: string): void => {
    location.hash = address;
  };
  const instead = (address: string): void => {
    history.replaceState(null, "", address);
    follow();
  };
  return { place, go, instead };
}
