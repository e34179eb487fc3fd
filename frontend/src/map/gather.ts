/** Pins that would cover each other, in groups none of which covers another; `at` is in pixels. */
export interface Group<Pin> {
  pins: Pin[];
  at: [number, number];
}

/** What one touches, in pixels. */
export const TARGET = 44;
const LETTER = 8;
const LONGEST = 7;

/** As `punte/www/frame/maps/boxes.py` does it: a group that grows may reach others that stood clear before. */
export function gather<Pin extends { n: number }>(pins: Pin[], place: (pin: Pin) => [number, number]): Group<Pin>[] {
  const groups: Group<Pin>[] = [];
  for (const pin of pins) {
    let group: Group<Pin> = { pins: [pin], at: place(pin) };
    for (let met = groups.find((one) => meet(one, group)); met; met = groups.find((one) => meet(one, group))) {
      groups.splice(groups.indexOf(met), 1);
      const together = [...met.pins, ...group.pins].sort((one, other) => one.n - other.n);
      group = { pins: together, at: middle(together.map(place)) };
    }
    groups.push(group);
  }
  return groups.sort((one, other) => (one.pins[0]?.n ?? 0) - (other.pins[0]?.n ?? 0));
}

/** `3`, `3–5`, `1, 7`; where that is long the first and how many more: `1 +8`. */
export function numbers(pins: { n: number }[]): string {
  const all = [...new Set(pins.map((pin) => pin.n))].sort((one, other) => one - other);
  const runs: [number, number][] = [];
  for (const n of all) {
    const last = runs.at(-1);
    if (last && last[1] === n - 1) last[1] = n;
    else runs.push([n, n]);
  }
  const text = runs.map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`)).join(", ");
  return text.length <= LONGEST ? text : `${all[0]} +${all.length - 1}`;
}

/** The width of what is drawn, in pixels. */
export function width(pins: { n: number }[]): number {
  return Math.max(28, numbers(pins).length * LETTER + 12);
}

function meet(one: Group<{ n: number }>, other: Group<{ n: number }>): boolean {
  const across = Math.max(width(one.pins), TARGET) + Math.max(width(other.pins), TARGET);
  return Math.abs(one.at[0] - other.at[0]) * 2 < across && Math.abs(one.at[1] - other.at[1]) < TARGET;
}

function middle(places: [number, number][]): [number, number] {
  const sum = places.reduce((all, one) => [all[0] + one[0], all[1] + one[1]], [0, 0]);
  return [sum[0] / places.length, sum[1] / places.length];
}
