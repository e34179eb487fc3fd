/** Days, moments and sizes as a person reads them. */
import type { Day, Moment } from "./wire";

const LOCALES: Readonly<Record<string, string>> = { ro: "ro-RO", en: "en-GB" };
const localeOf = (language: string): string => LOCALES[language] ?? "ro-RO";

/** Today by the clock of the device. */
export function today(now = new Date()): Day {
  return localDay(now);
}

export function localDay(at: Date): Day {
  const two = (number: number): string => String(number).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** `2026-11-22T09:05`, as a field of a moment wants it. */
export function localMinute(at: Date): string {
  const two = (number: number): string => String(number).padStart(2, "0");
  return `${localDay(at)}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** A field's moment with the zone of the device. */
export function withZone(minute: string): Moment {
  const at = new Date(minute);
  const offset = -at.getTimezoneOffset();
  const two = (number: number): string => String(Math.floor(Math.abs(number))).padStart(2, "0");
  return `${minute}:00${offset < 0 ? "-" : "+"}${two(offset / 60)}:${two(offset % 60)}`;
}

/** "22 nov." or, of another year, "22 nov. 2025". */
export function dayIn(language: string, day: Day, now = new Date()): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const other = year !== now.getFullYear();
  return new Intl.DateTimeFormat(localeOf(language), {
    day: "numeric",
    month: "short",
    ...(other ? { year: "numeric" } : {}),
  }).format(new Date(year, month - 1, date));
}

/** "10:40" today, else "22 nov., 10:40". */
export function momentIn(language: string, moment: Moment, now = new Date()): string {
  const at = new Date(moment);
  const time = new Intl.DateTimeFormat(localeOf(language), { hour: "2-digit", minute: "2-digit" }).format(at);
  return localDay(at) === localDay(now) ? time : `${dayIn(language, localDay(at), now)}, ${time}`;
}

/** "48 KB", "1,2 MB", held together; never less than 1 KB of something. */
export function sizeIn(language: string, bytes: number): string {
  const number = (value: number, digits: number): string =>
    new Intl.NumberFormat(localeOf(language), { maximumFractionDigits: digits }).format(value);
  if (bytes <= 0) return "0\u00a0KB";
  if (bytes < 1_000_000) return `${number(Math.max(1, bytes / 1000), 0)}\u00a0KB`;
  return `${number(bytes / 1_000_000, 1)}\u00a0MB`;
}

/** Full years lived on a day. */
export function yearsOn(born: Day, now = new Date()): number {
  const [year = 0, month = 1, day = 1] = born.split("-").map(Number);
  const had = now.getMonth() + 1 > month || (now.getMonth() + 1 === month && now.getDate() >= day);
  return now.getFullYear() - year - (had ? 0 : 1);
}
