import { describe, expect, it } from "vitest";
import examples from "../../tests/kernel/folding.json";
import { fold, readings } from "../src/shared/fold";

// The office folds by the same table of examples (tests/kernel/test_text.py).
describe("folding", () => {
  it.each(examples.fold as [string, string][])("%s", (text, folded) => expect(fold(text)).toBe(folded));

  it.each(examples.readings as [string, string[]][])("%s in other ways", (text, ways) =>
    expect(readings(text)).toEqual(ways),
  );
});
