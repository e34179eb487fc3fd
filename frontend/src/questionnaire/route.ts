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

export function readRoute(hash: string, fallback: string): Route {
  const [section, repeat, position] = hash.replace(/^#/, "").split("/").map(decodeURIComponent);
  if (section === undefined || section === "") return { section: fallback, card: null };
  const at = Number(position);
  const card = repeat !== undefined && Number.isInteger(at) && at > 0 ? { repeat, position: at } : null;
  return { section, card };
}

export function writeRoute({ section, card }: Route): string {
  const parts = card === null ? [section] : [section, card.repeat, String(card.position)];
  return `#${parts.map(encodeURIComponent).join("/")}`;
}

export function createRoute(fallback: string): { route: () => Route; go: (route: Route) => void } {
  const [route, setRoute] = createSignal(readRoute(location.hash, fallback));
  const follow = (): void => {
    setRoute(readRoute(location.hash, fallback));
  };
  addEventListener("popstate", follow);
  onCleanup(() => removeEventListener("popstate", follow));
  const go = (next: Route): void => {
    const hash = writeRoute(next);
    if (hash !== location.hash) history.pushState(null, "", hash);
    setRoute(next);
  };
  return { route, go };
}
