import { describe, expect, test } from "vitest";
import { dayIn, momentIn, sizeIn, withZone, yearsOn } from "../src/teren/formats";
import { WORDS } from "../src/teren/words";
import { addressOf, readPlace } from "../src/teren/place";

const { ro, en } = WORDS;

describe("words", () => {
  test("both languages say everything, Romanian with comma below", () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(ro).sort());
    for (const key of ["kinds", "statuses", "severity", "compartments", "presence"] as const) {
      expect(Object.keys(en[key])).toEqual(Object.keys(ro[key]));
    }
    expect(
      JSON.stringify(Object.values(ro).map((word) => (typeof word === "object" ? word : String(word)))),
    ).not.toMatch(/[şţŞŢ]/);
    for (const [key, word] of Object.entries(ro)) if (typeof word === "string") expect(word.trim(), key).not.toBe("");
  });

  test("Romanian plurals", () => {
    expect(ro.wrongPin(1)).toBe("PIN greșit. Mai aveți o singură încercare, apoi totul se șterge.");
    expect(ro.wrongPin(9)).toBe("PIN greșit. Mai aveți 9 încercări.");
    expect(ro.found(1)).toBe("1 gospodărie");
    expect(ro.found(19)).toBe("19 gospodării");
    expect(ro.found(2000)).toBe("2000 de gospodării");
    expect(ro.toCorrect(1)).toBe("Un răspuns trebuie corectat înainte de încheiere");
    expect(ro.unsentShort(1, "1 KB")).toBe("1 netrimisă, 1 KB");
  });
});

describe("formats", () => {
  const now = new Date(2026, 10, 22, 11, 42);

  test("days and moments, with the year of another year and the day of another day", () => {
    expect(dayIn("ro", "2026-12-22", now)).toBe("22 dec.");
    expect(dayIn("ro", "2027-02-22", now)).toContain("2027");
    expect(momentIn("ro", new Date(2026, 10, 22, 9, 5).toISOString(), now)).toBe("09:05");
    expect(momentIn("ro", new Date(2026, 10, 20, 9, 5).toISOString(), now)).toContain("20 nov.");
  });

  test("sizes", () => {
    expect(sizeIn("ro", 0)).toBe("0\u00a0KB");
    expect(sizeIn("ro", 12)).toBe("1\u00a0KB");
    expect(sizeIn("ro", 48_200)).toBe("48\u00a0KB");
    expect(sizeIn("ro", 1_240_000)).toBe("1,2\u00a0MB");
  });

  test("a field's moment keeps the clock of the device", () => {
    const said = withZone("2026-11-22T09:05");
    expect(said).toMatch(/^2026-11-22T09:05:00[+-]\d\d:\d\d$/);
    expect(new Date(said)).toEqual(new Date("2026-11-22T09:05"));
  });

  test("full years", () => {
    expect(yearsOn("2017-11-22", now)).toBe(9);
    expect(yearsOn("2017-11-23", now)).toBe(8);
  });
});

test("an address is read as it was written", () => {
  expect(readPlace(addressOf("g", "1", "plan", "2"))).toEqual({ screen: "g", ids: ["1", "plan", "2"] });
  expect(readPlace("")).toEqual({ screen: "", ids: [] });
});
