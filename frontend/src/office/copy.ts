/** `.copied`: a button beside a field puts what it holds on the clipboard, and says so; without a script it stays away. */
export function copyByOneTouch(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-copy]")) {
    const field = button.parentElement?.querySelector<HTMLInputElement>("input");
    const status = button.parentElement?.querySelector<HTMLElement>("[data-said]");
    if (!field || !status) continue;
    button.hidden = false;
    button.addEventListener("click", () => {
      void copied(field).then((done) => {
        status.textContent = done ? (status.dataset.said ?? "") : "";
        if (!done) field.select();
      });
    });
  }
}

/** Where the clipboard is closed to pages (plain HTTP in a town hall's network), the field is left chosen instead. */
async function copied(field: HTMLInputElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    field.select();
    return document.execCommand("copy");
  }
}
