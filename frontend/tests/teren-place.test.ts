// @vitest-environment jsdom
import { createEffect, createRoot } from "solid-js";
import { expect, test } from "vitest";
import { addressOf, followPlace } from "../src/teren/place";

test("an address that is told of twice begins its screen once", async () => {
  const seen: string[] = [];
  const dispose = createRoot((end) => {
    const { place } = followPlace();
    createEffect(() => seen.push(addressOf(place().screen, ...place().ids)));
    return end;
  });
  history.replaceState(null, "", "#/foto/1");
  dispatchEvent(new Event("popstate"));
  dispatchEvent(new Event("hashchange"));
  await Promise.resolve();
  dispose();
  expect(seen).toEqual(["#/", "#/foto/1"]);
});
