/** The core of Teren: see `interface.ts` for what it gives. */
export type * from "./interface";
export type { Ports } from "./ports";
export { dayAfter, dayBefore, judge, type Judged, type Wrong } from "./registers";
export { BookError, PinError, StorageError, type PinTrouble } from "./errors";
export { pinTrouble } from "./pin";
export { Sync } from "./sync";
export { openVault } from "./vault";
