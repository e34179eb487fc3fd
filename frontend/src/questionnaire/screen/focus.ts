import { controlId, type Question } from "../nodes";

/** After the next paint, because the element may be of a page that is only now being shown. */
export function focusSoon(find: () => HTMLElement | null | undefined): void {
  requestAnimationFrame(() => {
    const element = find();
    element?.focus({ preventScroll: true });
    element?.scrollIntoView({ block: "nearest" });
  });
}

/** Focuses the question's field: the chosen or first option of a group, or the field itself. */
export function focusQuestion(question: Question): void {
  focusSoon(() => {
    const holder = document.getElementById(controlId(question));
    if (holder === null || holder.matches("input, select, textarea, button")) return holder;
    return holder.querySelector<HTMLElement>("input:checked") ?? holder.querySelector<HTMLElement>("input, select, textarea, button");
  });
}
