/** `<button data-opens="id">` opens the dialog of that id; `<button data-closes>` inside a dialog closes it. */
export function openDialogs(): void {
  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element)) return;
    const opener = event.target.closest<HTMLElement>("[data-opens]");
    const dialog = opener === null ? null : document.getElementById(opener.dataset.opens ?? "");
    if (dialog instanceof HTMLDialogElement) {
      event.preventDefault();
      if (!dialog.open) dialog.showModal();
      return;
    }
    const closer = event.target.closest("[data-closes]");
    if (closer === null) return;
    event.preventDefault();
    closer.closest("dialog")?.close();
  });
}
