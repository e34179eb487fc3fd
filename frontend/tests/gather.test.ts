import { describe, expect, it } from "vitest";
import { gather, numbers, TARGET, width } from "../src/map/gather";

const at = (n: number, x: number, y: number) => ({ n, x, y });
const place = ({ x, y }: { x: number; y: number }): [number, number] => [x, y];

describe("pins of the map", () => {
  it("stand alone where there is room", () => {
    expect(gather([at(1, 0, 0), at(2, TARGET, 0)], place).map((one) => numbers(one.pins))).toEqual(["1", "2"]);
  });

  it("are gathered where they would cover each other, those too that only the group reaches", () => {
    const groups = gather([at(1, 0, 0), at(2, 50, 0), at(3, 25, 0), at(9, 300, 0)], place);
    expect(groups.map((one) => numbers(one.pins))).toEqual(["1–3", "9"]);
    expect(groups[0]?.at).toEqual([25, 0]);
  });

  it("never cover each other, however many there are", () => {
    let seed = 7;
    const random = (): number => (seed = (seed * 16807) % 2147483647) / 2147483647;
    const pins = Array.from({ length: 60 }, (_, n) => at(n + 1, random() * 600, random() * 400));
    const groups = gather(pins, place);
    expect(groups.flatMap((one) => one.pins)).toHaveLength(60);
    for (const one of groups) {
      for (const other of groups) {
        if (one === other) continue;
        const across = (Math.max(width(one.pins), TARGET) + Math.max(width(other.pins), TARGET)) / 2;
        const apart = Math.abs(one.at[0] - other.at[0]) >= across || Math.abs(one.at[1] - other.at[1]) >= TARGET;
        expect(apart).toBe(true);
      }
    }
  });

  it("say their numbers, a long row by its first", () => {
    expect(numbers([{ n: 3 }, { n: 4 }, { n: 5 }, { n: 3 }])).toBe("3–5");
    expect(numbers([{ n: 1 }, { n: 7 }])).toBe("1, 7");
    expect(numbers([1, 3, 5, 7].map((n) => ({ n })))).toBe("1 +3");
  });
});
