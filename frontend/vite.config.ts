import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";
import solid from "vite-plugin-solid";

const fromHere = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/**
 * The engine carries Emscripten's support for inline JavaScript, which its grammar does not use: a direct `eval` that
 * would be refused by the pages' content security policy anyway, and that keeps names from being shortened.
 */
const withoutEval: Plugin = {
  name: "xforms-engine-without-eval",
  transform(code, id) {
    if (!id.includes("@getodk/xforms-engine")) return null;
    return { code: code.replace(/(?<![\w.])eval\(func\)/g, "void func"), map: null };
  },
};

/**
 * One build per entry (`--mode questionnaire`, `office`, `map`), each a single module: shared chunks would import each
 * other by names that Django's static manifest does not rewrite.
 */
const ENTRIES: Record<string, string> = {
  questionnaire: "./src/questionnaire/main.tsx",
  office: "./src/office/main.ts",
  map: "./src/map/main.ts",
};

export default defineConfig(({ mode }) => {
  const entry = ENTRIES[mode];
  if (!entry) return { plugins: [solid()] };
  return {
    plugins: [solid(), withoutEval],
    build: {
      target: "es2022",
      outDir: fromHere("../punte/www/static/build"),
      emptyOutDir: false,
      sourcemap: false,
      cssCodeSplit: false,
      modulePreload: false,
      reportCompressedSize: true,
      chunkSizeWarningLimit: 1200,
      rollupOptions: {
        input: { [mode]: fromHere(entry) },
        output: {
          format: "es",
          codeSplitting: false,
          entryFileNames: "[name].js",
          assetFileNames: `${mode}[extname]`,
        },
      },
    },
  };
});
