/**
 * `<details data-sentences="id of a field">`: its sentences become buttons, each of which puts its sentence into the
 * field where the cursor stands. Without this they are read and copied.
 */
export function offerSentences(within: ParentNode): void {
  for (const offer of within.querySelectorAll<HTMLElement>("[data-sentences]")) {
    const field = document.getElementById(offer.dataset["sentences"] ?? "");
    if (!(field instanceof HTMLTextAreaElement) || offer.querySelector("button") !== null) continue;
    // A field in which nobody has been yet has its cursor before what is written there.
    let visited = false;
    field.addEventListener("focus", () => (visited = true));
    for (const item of offer.querySelectorAll("li")) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...item.childNodes);
      button.addEventListener("click", () => {
        if (!visited) field.selectionStart = field.selectionEnd = field.value.length;
        putSentence(field, button.textContent?.trim() ?? "");
      });
      item.append(button);
    }
  }
}

/** Put a sentence in place of what is marked in a field; what is to be filled in (`___`) is then marked. */
function putSentence(field: HTMLTextAreaElement, sentence: string): void {
  const before = field.value.slice(0, field.selectionStart);
  const after = field.value.slice(field.selectionEnd);
  const text = `${/\S$/.test(before) ? " " : ""}${sentence}${/^\S/.test(after) ? " " : ""}`;
  if (field.maxLength >= 0 && before.length + text.length + after.length > field.maxLength) return;
  field.focus();
  field.setRangeText(text, before.length, field.selectionEnd, "end");
  const blank = text.indexOf("___");
  if (blank >= 0) field.setSelectionRange(before.length + blank, before.length + blank + 3);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
