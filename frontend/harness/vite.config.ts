import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const fromHere = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The core of Teren and the harness around it, for Node. */
export default defineConfig({
  root: fromHere("."),
  build: {
    ssr: true,
    target: "node20",
    outDir: fromHere("../node_modules/.field-faults"),
    emptyOutDir: true,
    minify: false,
    rollupOptions: {
      input: { main: fromHere("main.ts"), bench: fromHere("bench.ts") },
      output: { entryFileNames: "[name].mjs", chunkFileNames: "[name].mjs" },
    },
  },
});
