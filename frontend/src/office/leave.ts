/**
 * `<a data-leave href="https://…">`: on a page about violence, somebody may come into the room. The page is covered at
 * once and replaced in the history, so that Back does not return to it. Nothing is deleted: work goes on from the draft.
 * Pressing Escape three times within a second and a half does the same.
 */
const ESCAPES = 3;
const WITHIN_MS = 1_500;

export function leaveQuickly(): void {
  let pressed: number[] = [];
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[data-leave]") : null;
    if (link === null) return;
    event.preventDefault();
    leaveTo(link.href);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const link = document.querySelector<HTMLAnchorElement>("a[data-leave]");
    if (link === null) return;
    pressed = [...pressed.filter((at) => event.timeStamp - at < WITHIN_MS), event.timeStamp];
    if (pressed.length >= ESCAPES) leaveTo(link.href);
  });
}

function leaveTo(address: string): void {
  document.title = " ";
  document.body.hidden = true;
  location.replace(address);
}
