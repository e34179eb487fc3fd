import { createRequire } from "node:module";

// The engine's tree-sitter build looks for CommonJS names when it finds itself in Node.
Object.assign(globalThis, {
  __dirname: import.meta.dirname,
  __filename: import.meta.filename,
  require: createRequire(import.meta.url),
});

// What jsdom leaves out of a browser; tests without a document run in Node alone.
if (globalThis.document) {
  globalThis.matchMedia = () => Object.assign(new EventTarget(), { matches: true }) as unknown as MediaQueryList;
  globalThis.scrollTo = () => undefined;
  Element.prototype.scrollIntoView = () => undefined;
  HTMLDialogElement.prototype.showModal = function showModal(this: HTMLDialogElement) {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function close(this: HTMLDialogElement, answer = "") {
    this.returnValue = answer;
    this.open = false;
    this.dispatchEvent(new Event("close"));
  };
}
