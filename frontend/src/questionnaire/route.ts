import { createSignal, onCleanup } from "solid-js";

/** Where the person is in the questionnaire; kept in the address, so that Back and reload stay in the same place. */
export interface Route {
  /** A section's key, or REVIEW. */
  readonly section: string;
  /** The repeat and the position (from 1) of the open card. */
  readonly card: { readonly repeat: string; readonly position: number } | null;
}

/** The last page. A form's own names cannot begin with "!". */
export const REVIEW = "!review";

/** `prefix`: what the address says before the page of the questionnaire, where it is one screen among others. */
export function readRoute(hash: string, fallback: string, prefix = ""): Route {
  const own = hash.replace(/^#/, "");
  if (!own.startsWith(prefix)) return { section: fallback, card: null };
  const [section, repeat, position] = own.slice(prefix.length).split("/").map(decodeURIComponent);
  if (section === undefined || section === "") return { section: fallback, card: null };
  const at = Number(position);
  const card = repeat !== undefined && Number.isInteger(at) && at > 0 ? { repeat, position: at } : null;
  return { section, card };
}

export function writeRoute({ section, card }: Route, prefix = ""): string {
  const parts = card === null ? [section] : [section, card.repeat, String(card.position)];
  return `#${prefix}${parts.map(encodeURIComponent).join("/")}`;
}

export interface Routing {
  readonly route: () => Route;
  readonly go: (route: Route) => void;
  readonly address: (route: Route) => string;
}

export function createRoute(fallback: string, prefix = ""): Routing {
  const [route, setRoute] = createSignal(readRoute(location.hash, fallback, prefix));
  const follow = (): void => {
    setRoute(readRoute(location.hash, fallback, prefix));
  };
  addEventListener("popstate", follow);
  onCleanup(() => removeEventListener("popstate", follow));
  const address = (to: Route): string => writeRoute(to, prefix);
  const go = (next: Route): void => {
    const hash = address(next);
    if (hash !== location.hash) history.pushState(null, "", hash);
    setRoute(next);
  };
  return { route, go, address };
}
