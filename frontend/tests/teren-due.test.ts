import { expect, it } from "vitest";
import { sumOf } from "../src/teren/screens/Entitled";
import { messagesIn } from "../src/teren/words";
import type { Due, Entitlement } from "../src/teren/wire-due";

const words = { ro: "Ajutor", en: "Aid" };
const aid: Entitlement = { key: "aid", title: words, per: "month", sums: true, verify: [], papers: [] };

it("says how much seems due as the office says it", () => {
  const said = (due: Partial<Due>, rule: Partial<Entitlement> = {}) =>
    sumOf({ ...aid, ...rule }, { key: "aid", ...due }, messagesIn("ro"), "ro");
  expect(said({ amount: 1232 })).toBe("1.232 lei pe lună");
  expect(said({ amount: 62.5 }, { per: "once" })).toBe("62,50 lei");
  expect(said({ least: 25, most: 250 })).toBe("de la 25 la 250 lei pe lună");
  expect(said({ most: 250 }, { per: "season" })).toBe("până la 250 lei pe sezon");
  expect(said({})).toBe("suma se stabilește la primărie");
  expect(said({}, { sums: false })).toBe("");
});
