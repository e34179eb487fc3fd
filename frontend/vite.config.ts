import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
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
 * One build per entry (`--mode questionnaire`, `office`, `htmx`, `map`, `pictures`), each a single module: shared chunks would import each
 * other by names that Django's static manifest does not rewrite.
 */
const ENTRIES: Record<string, string> = {
  questionnaire: "./src/questionnaire/main.tsx",
  office: "./src/office/main.ts",
  htmx: "./src/office/htmx.ts",
  map: "./src/map/main.ts",
  pictures: "./src/pictures/main.ts",
};

const TEREN = fromHere("../punte/www/static/build/teren");
const FILES = `${TEREN}/files.json`;

/**
 * What the shell of Teren loads and what its service worker keeps: `files.json` for the server, and the same list
 * within the worker. Names carry the digest of what is in them, so that a name never means two things.
 */
const namesItsFiles: Plugin = {
  name: "teren-files",
  writeBundle(_options, bundle) {
    const outputs = Object.values(bundle);
    const entry = outputs.find((output) => output.type === "chunk" && output.isEntry);
    const style = outputs.find((output) => output.fileName.endsWith(".css"));
    const all = outputs.map(({ fileName }) => fileName).sort();
    // A server that runs meanwhile reads the list at any moment, so it is replaced whole, and what is old goes after.
    writeFileSync(`${FILES}.new`, JSON.stringify({ script: entry?.fileName, style: style?.fileName, all }));
    renameSync(`${FILES}.new`, FILES);
    const kept = new Set([...all, "files.json", "sw.js"]);
    for (const name of readdirSync(TEREN)) if (!kept.has(name)) rmSync(`${TEREN}/${name}`);
  },
};

/** Teren has its own folder and its own names: its chunks import each other, so nobody may rename them. */
const { version } = JSON.parse(readFileSync(fromHere("./package.json"), "utf-8")) as { version: string };
const teren = {
  define: { __TEREN__: JSON.stringify(`teren ${version}`) },
  plugins: [solid(), withoutEval, namesItsFiles],
  build: {
    target: "es2022",
    outDir: TEREN,
    emptyOutDir: false,
    sourcemap: false,
    cssCodeSplit: false,
    modulePreload: false,
    chunkSizeWarningLimit: 1200,
    rollupOptions: {
      input: { teren: fromHere("./src/teren/main.tsx") },
      output: {
        format: "es" as const,
        entryFileNames: "teren-[hash].js",
        chunkFileNames: "[name]-[hash].js",
        assetFileNames: "teren-[hash][extname]",
      },
    },
  },
};

/** The service worker, after Teren itself: it holds the list of files. */
const terenWorker = () => ({
  define: { "self.__WB_MANIFEST": readFileSync(FILES, "utf-8"), "process.env.NODE_ENV": JSON.stringify("production") },
  build: {
    target: "es2022",
    outDir: TEREN,
    emptyOutDir: false,
    sourcemap: false,
    modulePreload: false,
    rollupOptions: {
      input: { sw: fromHere("./src/teren/sw.ts") },
      output: { format: "iife" as const, entryFileNames: "sw.js" },
    },
  },
});

export default defineConfig(({ mode }) => {
  if (mode === "teren") return teren;
  if (mode === "teren-worker") return terenWorker();
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
      reportCompressedSize: false,
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
