/**
 * How records were written by former versions of the application. `SCHEMA` grows by one with each change of a
 * record's shape, and the change gets a step here; a device that was not opened for months is read by all of them.
 */
export const SCHEMA = 1;

/** What turns a record of one schema into the next. */
export type Step = (store: string, value: unknown) => unknown;

/** The step at position 0 leads from schema 1 to 2. */
const STEPS: readonly Step[] = [];

/** `value` of an older schema as it is today. */
export function upgraded(store: string, schema: number, value: unknown, steps: readonly Step[] = STEPS): unknown {
  return steps.slice(schema - 1).reduce((older, step) => step(store, older), value);
}
