/** The file of what a device has not sent, which the office can open. */

import type { Moment, Sent, Uuid } from "./wire";

/**
 * `teren-<username>.punte`: JSON of this shape. `data` is AES-256-GCM under the device's `fileKey`, with the 16 bytes
 * of the tag at its end and `additional data` "punte-teren-1 <username>"; in clear it is gzip of `Sent` and of the files.
 */
export interface UnsentFile {
  readonly format: "punte-teren-1";
  readonly username: string;
  readonly made: Moment;
  /** Base64. */
  readonly iv: string;
  readonly data: string;
}

export interface UnsentContent {
  readonly sent: Sent;
  /** Base64 of each file's bytes, by entry. */
  readonly files: Readonly<Record<Uuid, string>>;
}
