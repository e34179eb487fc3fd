/** What is typed in a form, by field name; a name may have several values. */
export type Fields = Record<string, string[]>;

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** Passwords and files are never drafted; hidden fields and buttons are the page's own, unless the page says otherwise. */
const NOT_DRAFTED: ReadonlySet<string> = new Set(["password", "file", "hidden", "submit", "button", "reset", "image"]);

function fieldsOf(form: HTMLFormElement): Field[] {
  return [...form.elements].filter(
    (element): element is Field =>
      (element instanceof HTMLInputElement ||
        element instanceof HTMLSelectElement ||
        element instanceof HTMLTextAreaElement) &&
      element.name !== "" &&
      (!NOT_DRAFTED.has(element.type) || element.dataset.drafted !== undefined),
  );
}

const isTick = (field: Field): field is HTMLInputElement =>
  field instanceof HTMLInputElement && (field.type === "checkbox" || field.type === "radio");

export function readFields(form: HTMLFormElement): Fields {
  const fields: Fields = {};
  for (const field of fieldsOf(form)) {
    const values = (fields[field.name] ??= []);
    if (isTick(field)) {
      if (field.checked) values.push(field.value);
    } else if (field instanceof HTMLSelectElement) {
      values.push(...[...field.selectedOptions].map((option) => option.value));
    } else {
      values.push(field.value);
    }
  }
  return fields;
}

export function writeFields(form: HTMLFormElement, fields: Fields): void {
  const left = new Map(Object.entries(fields).map(([name, values]) => [name, [...values]]));
  for (const field of fieldsOf(form)) {
    const values = left.get(field.name);
    if (values === undefined) continue;
    if (isTick(field)) field.checked = values.includes(field.value);
    else if (field instanceof HTMLSelectElement) {
      for (const option of field.options) option.selected = values.includes(option.value);
    } else field.value = values.shift() ?? "";
    // Whatever on the page follows the field learns of the change, as if it had been typed.
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

export function fieldsIn(value: unknown): Fields | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  const fields: Fields = {};
  for (const [name, values] of Object.entries(value)) {
    fields[name] = Array.isArray(values) ? values.map(String) : [String(values)];
  }
  return fields;
}
