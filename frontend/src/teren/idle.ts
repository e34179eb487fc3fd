/** Locks after some minutes in which nobody touched the device, or in which the page was hidden. */

const TOUCHES = ["pointerdown", "pointermove", "keydown", "touchstart", "input", "wheel"] as const;
const LOOK_EVERY_MS = 5_000;

/** Calls `lock` once the time is over; returns what ends the watch. */
export function watchIdle(minutes: () => number, lock: () => void): () => void {
  let touched = Date.now();
  const touch = (): void => {
    touched = Date.now();
  };
  // Timers sleep in a hidden page, so the clock is also looked at when the page is shown again, before anything is.
  const look = (): void => {
    if (Date.now() - touched >= minutes() * 60_000) lock();
  };
  const shown = (): void => {
    if (document.visibilityState === "visible") look();
  };
  for (const kind of TOUCHES) addEventListener(kind, touch, { capture: true, passive: true });
  document.addEventListener("visibilitychange", shown);
  addEventListener("pageshow", look);
  const timer = setInterval(look, LOOK_EVERY_MS);
  return () => {
    for (const kind of TOUCHES) removeEventListener(kind, touch, { capture: true });
    document.removeEventListener("visibilitychange", shown);
    removeEventListener("pageshow", look);
    clearInterval(timer);
  };
}
