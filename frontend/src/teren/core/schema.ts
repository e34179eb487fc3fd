import type { IndexRow } from "./kept";
import { textOf } from "./search";

/**
 * How records were written by former versions of the application. `SCHEMA` grows by one with each change of a
 * record's shape, and the change gets a step here; a device that was not opened for months is read by all of them.
 */
export const SCHEMA = 2;

/** What turns a record of one schema into the next. */
export type Step = (store: string, value: unknown) => unknown;

/** The step at position 0 leads from schema 1 to 2. */
const STEPS: readonly Step[] = [foldedAnew];

/** The index of households, whose texts were folded without the letters of other alphabets and with î apart from â. */
function foldedAnew(store: string, value: unknown): unknown {
  const isIndex = store === "sheets" && Array.isArray(value) && value.every((row) => Array.isArray(row?.people));
  return isIndex ? (value as IndexRow[]).map((row) => ({ ...row, text: textOf(row) })) : value;
}

/** `value` of an older schema as it is today. */
export function upgraded(store: string, schema: number, value: unknown, steps: readonly Step[] = STEPS): unknown {
  return steps.slice(schema - 1).reduce((older, step) => step(store, older), value);
}
