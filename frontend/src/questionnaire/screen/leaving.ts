import type { DraftQueue } from "../draft-queue";

/**
 * Sends what waits when the page is left, hidden or shown again, or the connection returns; and asks before leaving
 * only while something has not reached the server. Returns what undoes it.
 */
export function guardLeaving(queue: DraftQueue): () => void {
  const leave = (): void => queue.flush({ leaving: true });
  const hideOrShow = (): void => queue.flush({ leaving: document.visibilityState === "hidden" });
  const comeBack = (): void => queue.flush();
  const warn = (event: BeforeUnloadEvent): void => {
    queue.flush({ leaving: true });
    if (queue.hasUnsaved) event.preventDefault();
  };
  addEventListener("pagehide", leave);
  addEventListener("beforeunload", warn);
  addEventListener("focus", comeBack);
  addEventListener("online", comeBack);
  document.addEventListener("visibilitychange", hideOrShow);
  return () => {
    removeEventListener("pagehide", leave);
    removeEventListener("beforeunload", warn);
    removeEventListener("focus", comeBack);
    removeEventListener("online", comeBack);
    document.removeEventListener("visibilitychange", hideOrShow);
  };
}
