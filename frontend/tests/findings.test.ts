import { describe, expect, it } from "vitest";
import { logic } from "../src/findings/logic";
import { counted, inSentence } from "../src/findings/words";

const YEARS = { one: "an", few: "ani", many: "de ani", zero: "" };

describe("numbers in words", () => {
  it.each([
    [1, "1 an"],
    [0, "0 ani"],
    [19, "19 ani"],
    [20, "20 de ani"],
    [101, "101 ani"],
    [1234, "1.234 de ani"],
    [274.99, "274,99 ani"],
  ])("says %s as %s", (number, said) => expect(counted(number, YEARS, "ro")).toBe(said));

  it.each([
    [25.125, "25.12"],
    [25.375, "25.38"],
    [0.625, "0.62"],
    [1234567.5, "1,234,567.50"],
  ])("rounds halves of %s to the even neighbour", (number, said) => expect(counted(number, undefined, "en")).toBe(said));
});

describe("labels in a sentence", () => {
  it.each([
    ["Casă", "casă"],
    ["VMI", "VMI"],
    ["A treia", "a treia"],
    ["", ""],
  ])("%s is said %s", (label, said) => expect(inSentence(label)).toBe(said));
});

describe("what is not answered", () => {
  it("stays open unless the other side decides", () => {
    expect(logic.and(null, false)).toBe(false);
    expect(logic.and(null, true)).toBeNull();
    expect(logic.or(null, true)).toBe(true);
    expect(logic.or(null, false)).toBeNull();
    expect(logic.among(null, ["a"])).toBeNull();
  });

  it("counts full years to the day", () => {
    expect(logic.full_years("2012-02-29", "2026-02-28")).toBe(13);
    expect(logic.full_years("2012-02-29", "2026-03-01")).toBe(14);
    expect(logic.full_days("2026-03-28", "2026-03-30")).toBe(2);
  });
});
