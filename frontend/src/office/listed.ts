/** `<form data-listed>`: one box ticks all rows of the page, and the bar beneath says how many are ticked. */
export function countChosen(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-listed]")) {
    const all = form.querySelector<HTMLInputElement>("input[data-all]");
    const said = form.querySelector<HTMLElement>("[data-chosen]");
    const words = said?.textContent ?? "";
    const rows = [...form.querySelectorAll<HTMLInputElement>("input[name=chosen]")];
    const show = (): void => {
      const ticked = rows.filter((row) => row.checked).length;
      if (all !== null) {
        all.checked = ticked > 0 && ticked === rows.length;
        all.indeterminate = ticked > 0 && ticked < rows.length;
      }
      if (said !== null) said.textContent = `${words}: ${ticked}`;
    };
    all?.closest("label")?.removeAttribute("hidden");
    all?.addEventListener("change", () => {
      for (const row of rows) row.checked = all.checked;
      show();
    });
    form.addEventListener("change", show);
    addEventListener("pageshow", show);
    show();
  }
}
