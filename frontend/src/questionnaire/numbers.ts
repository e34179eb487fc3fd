/**
 * Numbers as people write them. Romanian uses a decimal comma and groups thousands by dots or spaces; English the
 * other way round. A lone separator before exactly three digits groups thousands in its own language ("1.200" lei is
 * one thousand two hundred), and is a decimal sign otherwise, so that "12.5" typed on a foreign keyboard still works.
 */
export function readNumber(text: string, language: string): number | null {
  const decimal = language === "en" ? "." : ",";
  const grouping = language === "en" ? "," : ".";
  let plain = text.replace(/[\s\u00a0\u202f]/g, "").replace(/\u2212/g, "-");
  if (plain.includes(decimal)) {
    plain = plain.replaceAll(grouping, "").replace(decimal, ".");
  } else if (isGrouped(plain, grouping)) {
    plain = plain.replaceAll(grouping, "");
  } else {
    plain = plain.replace(grouping, ".");
  }
  return /^[+-]?\d+(\.\d+)?$/.test(plain) ? Number(plain) : null;
}

function isGrouped(text: string, grouping: string): boolean {
  const [head, ...groups] = text.replace(/^[+-]/, "").split(grouping);
  return groups.length > 0 && /^[1-9]\d{0,2}$/.test(head ?? "") && groups.every((group) => /^\d{3}$/.test(group));
}

/** A whole number within the XForms `int` range, or null. */
export function readInteger(text: string, language: string): number | null {
  const number = readNumber(text, language);
  return number !== null && Number.isInteger(number) && Math.abs(number) < 2 ** 31 ? number : null;
}

/** The stored number as it would be typed, without grouping. */
export function writeNumber(value: string, language: string): string {
  const trimmed = value.replace(/\.0+$/, "");
  return language === "en" ? trimmed : trimmed.replace(".", ",");
}

const ARABIC = /[\u0660-\u0669\u06f0-\u06f9]/g;

/** A number of a paper as its digits are seen: without spaces and the signs that come along from a chat or a PDF. */
export const plainNumber = (text: string): string =>
  text
    .normalize("NFKC")
    .replace(/[\p{Cf}\p{Cc}\p{M}\s]/gu, "")
    .replace(ARABIC, (digit) => String(digit.charCodeAt(0) & 15));
