/** "/" goes to the search, unless something is being typed. */
export function focusSearchBySlash(): void {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const search = document.querySelector<HTMLInputElement>("input[type=search]");
    if (search === null || document.querySelector("dialog[open]") !== null) return;
    event.preventDefault();
    search.focus();
    search.select();
  });
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
}
