import { describe, expect, test } from "vitest";
import { messagesIn } from "../src/questionnaire/messages";
import { ageOn } from "../src/questionnaire/persons";

const ro = messagesIn("ro");
const en = messagesIn("en");

describe("messages", () => {
  test("Romanian plurals", () => {
    expect(ro.progress({ answered: 0, asked: 1 })).toBe("0 din 1 răspuns");
    expect(ro.progress({ answered: 3, asked: 19 })).toBe("3 din 19 răspunsuri");
    expect(ro.progress({ answered: 31, asked: 46 })).toBe("31 din 46 de răspunsuri");
    expect(ro.progress({ answered: 31, asked: 101 })).toBe("31 din 101 răspunsuri");
    expect(ro.problemsTitle(1)).toBe("Un răspuns trebuie corectat înainte de trimitere");
    expect(ro.problemsTitle(2)).toBe("2 răspunsuri trebuie corectate înainte de trimitere");
  });

  test("ages, in months for the youngest", () => {
    expect(ro.age({ years: 0, months: 0 })).toBe("sub o lună");
    expect(ro.age({ years: 0, months: 1 })).toBe("1 lună");
    expect(ro.age({ years: 1, months: 9 })).toBe("21 de luni");
    expect(ro.age({ years: 4, months: 3 })).toBe("4 ani");
    expect(ro.age({ years: 34, months: 0 })).toBe("34 de ani");
  });

  test("the moment of saving, with the day when it is not today", () => {
    const now = new Date(2026, 0, 20, 18, 0);
    expect(ro.savedAt(new Date(2026, 0, 20, 16, 40).toISOString(), now)).toBe("Salvat la 16:40");
    expect(ro.savedAt(new Date(2026, 0, 18, 9, 5).toISOString(), now)).toBe("Salvat pe 18 ianuarie, la 09:05");
  });

  test("both languages say everything, Romanian with comma below", () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(ro).sort());
    const texts = Object.values(ro).map(String).join(" ");
    expect(texts).not.toMatch(/[şţŞŢ]/);
    for (const [key, text] of Object.entries(ro)) {
      if (typeof text === "string") expect(text.trim(), key).not.toBe("");
    }
  });
});

describe("age", () => {
  const today = new Date(2026, 0, 20);
  test.each([
    ["2017-01-20", { years: 9, months: 0 }],
    ["2017-01-21", { years: 8, months: 11 }],
    ["2026-01-20", { years: 0, months: 0 }],
  ])("born %s", (born, age) => expect(ageOn(today, born)).toEqual(age));

  test.each(["", "2026-02-01", "1800-01-01", "mâine"])("%j gives none", (born) => expect(ageOn(today, born)).toBeNull());
});
