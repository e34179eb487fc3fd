/** Builds every entry in one process: each is a build of its own (see vite.config.ts), the worker after what it keeps. */
import { build } from "vite";

const MODES = ["questionnaire", "office", "htmx", "map", "pictures", "teren", "teren-worker"];
for (const mode of MODES) await build({ mode, logLevel: "error" });
