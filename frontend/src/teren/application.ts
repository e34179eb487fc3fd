declare const __TEREN__: string;

/** Name and version of the application, written in by the build. */
export const APPLICATION: string = __TEREN__;
