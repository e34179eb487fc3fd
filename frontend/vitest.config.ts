import { defineConfig } from "vitest/config";
import solid from "vite-plugin-solid";

export default defineConfig({
  plugins: [solid()],
  test: {
    // A file that needs a document names jsdom in its first line: making one takes longer than most files.
    environment: "node",
    include: ["tests/**/*.test.{ts,tsx}"],
    setupFiles: ["tests/setup.ts"],
    restoreMocks: true,
    // What the files share is read once for all of them; each undoes what it did.
    isolate: false,
    testTimeout: 60_000,
    // The engine must see the same Solid as the screen, so both go through the same resolver.
    server: { deps: { inline: [/@getodk\/xforms-engine/, /solid-js/] } },
  },
});
