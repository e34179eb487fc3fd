/**
 * What the functions of a compiled pack call: SQL's logic of three values, where `null` is "not answered".
 * Dates are texts of ISO 8601, sets of missing answers are BigInt.
 */
export type Value = string | number | bigint | boolean | null;
export type Row = Record<string, Value>;
type Compared = (left: never, right: never) => boolean;

const both =
  (compare: Compared) =>
  (left: Value, right: Value): boolean | null =>
    left === null || right === null ? null : compare(left as never, right as never);

const computed =
  (compute: (left: number, right: number) => number | null) =>
  (left: Value, right: Value): number | null =>
    left === null || right === null ? null : compute(Number(left), Number(right));

const DAY = 86_400_000;
const asNumber = (date: string): number => Number(date.slice(0, 4)) * 10_000 + Number(date.slice(5, 7)) * 100 + Number(date.slice(8, 10));

export const logic = {
  and: (left: Value, right: Value): boolean | null =>
    left === false || right === false ? false : left === null || right === null ? null : true,
  or: (left: Value, right: Value): boolean | null =>
    left === true || right === true ? true : left === null || right === null ? null : false,
  not: (value: Value): boolean | null => (value === null ? null : !value),
  eq: both((left, right) => left == right),
  ne: both((left, right) => left != right),
  lt: both((left, right) => left < right),
  le: both((left, right) => left <= right),
  gt: both((left, right) => left > right),
  ge: both((left, right) => left >= right),
  add: computed((left, right) => left + right),
  sub: computed((left, right) => left - right),
  mul: computed((left, right) => left * right),
  div: computed((left, right) => left / right),
  neg: (value: Value): number | null => (value === null ? null : -Number(value)),
  among: (value: Value, offered: Value[]): boolean | null =>
    value === null ? null : offered.includes(value) ? true : offered.includes(null) ? null : false,
  bits_and: (left: Value, right: Value): bigint | null =>
    left === null || right === null ? null : BigInt(left) & BigInt(right),
  bits_or: (left: Value, right: Value): bigint | null =>
    left === null || right === null ? null : BigInt(left) | BigInt(right),
  bits_of: (rows: Row[], bits: (row: Row) => Value): bigint => rows.reduce((all, row) => all | BigInt(bits(row) ?? 0), 0n),
  count_where: (rows: Row[], holds: (row: Row) => Value): number => rows.filter((row) => holds(row) === true).length,
  list_sum: (values: Value[]): number | null =>
    values.every((value) => value === null) ? null : values.filter((value) => value === true).length,
  list_count: (values: Value[]): number => values.filter((value) => value !== null).length,
  full_years: (from: Value, to: Value): number | null =>
    from === null || to === null ? null : Math.trunc((asNumber(String(to)) - asNumber(String(from))) / 10_000),
  full_days: (from: Value, to: Value): number | null =>
    from === null || to === null ? null : Math.round((Date.parse(String(to)) - Date.parse(String(from))) / DAY),
};

export type Logic = typeof logic;
