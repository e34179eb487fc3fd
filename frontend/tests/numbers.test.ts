import { describe, expect, test } from "vitest";
import { plainNumber, readInteger, readNumber, writeNumber } from "../src/questionnaire/numbers";

describe("numbers as people write them", () => {
  test.each([
    ["1250,5", 1250.5],
    ["1.250,5", 1250.5],
    ["1 250,5", 1250.5],
    ["1\u00a0250", 1250],
    ["1.250", 1250],
    ["1.250.000", 1250000],
    ["12.5", 12.5],
    ["0.250", 0.25],
    ["-3", -3],
    ["−3,5", -3.5],
  ])("Romanian %s", (text, number) => expect(readNumber(text, "ro")).toBe(number));

  test.each([
    ["1,250.5", 1250.5],
    ["1250.5", 1250.5],
    ["1,250", 1250],
  ])("English %s", (text, number) => expect(readNumber(text, "en")).toBe(number));

  test.each(["", "abc", "1,2,3", "12 lei", "1e5", ","])("%j is no number", (text) =>
    expect(readNumber(text, "ro")).toBeNull(),
  );

  test("a whole number has no fraction and fits", () => {
    expect(readInteger("3", "ro")).toBe(3);
    expect(readInteger("3,5", "ro")).toBeNull();
    expect(readInteger("99999999999", "ro")).toBeNull();
  });

  test("what is stored is shown as it would be typed", () => {
    expect(writeNumber("1200.5", "ro")).toBe("1200,5");
    expect(writeNumber("3.0", "ro")).toBe("3");
    expect(writeNumber("1200.5", "en")).toBe("1200.5");
  });
});

test.each([
  "\u200e1900101120013",
  "1900101\u00ad120013",
  "1900101\u200b120013\ufeff",
  "\u20661900101120013\u2069",
  "１９００１０１１２００１３",
  "١٩٠٠١٠١١٢٠٠١٣",
  "1900101\u00a0120013",
])("signs that nobody sees are left out of %j", (pasted) => expect(plainNumber(pasted)).toBe("1900101120013"));
