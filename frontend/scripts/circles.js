/** Fails where modules import each other in a circle. Imports of types and within functions are arrows too. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parseAst } from "vite";

const ENDINGS = ["", ".ts", ".tsx", "/index.ts", "/index.tsx"];
const isFile = (path) => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

/** The addresses of `import`, `export … from`, `import()` and `import("…").Type` below a node of the syntax tree. */
function sources(node) {
  if (node === null || typeof node !== "object") return [];
  const below = Object.values(node).flatMap(sources);
  return typeof node.source?.value === "string" ? [node.source.value, ...below] : below;
}

function importsOf(module) {
  const tree = parseAst(readFileSync(module, "utf-8"), { lang: module.endsWith("x") ? "tsx" : "ts" });
  return sources(tree)
    .filter((source) => source.startsWith("."))
    .map((source) => ENDINGS.map((ending) => resolve(dirname(module), source + ending)).find(isFile))
    .filter((imported) => /\.tsx?$/.test(imported ?? ""));
}

/** The first circle met from `module`; what has been walked without meeting one is in `free`. */
function circleFrom(module, graph, way, free) {
  if (free.has(module)) return null;
  if (way.includes(module)) return [...way.slice(way.indexOf(module)), module];
  for (const imported of graph.get(module) ?? []) {
    const circle = circleFrom(imported, graph, [...way, module], free);
    if (circle !== null) return circle;
  }
  free.add(module);
  return null;
}

const root = resolve(import.meta.dirname, "..");
const modules = ["src", "tests", "harness"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(root, folder, name)),
);
const graph = new Map(modules.map((module) => [module, importsOf(module)]));
const free = new Set();
for (const module of modules) {
  const circle = circleFrom(module, graph, [], free);
  if (circle === null) continue;
  console.error(`A circle of imports: ${circle.map((one) => one.slice(root.length + 1)).join(" -> ")}`);
  process.exit(1);
}
