import { createRequire } from "node:module";

// The engine's tree-sitter build looks for CommonJS names when it finds itself in Node.
Object.assign(globalThis, {
  __dirname: import.meta.dirname,
  __filename: import.meta.filename,
  require: createRequire(import.meta.url),
});
