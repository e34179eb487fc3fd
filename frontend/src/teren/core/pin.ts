/** The PIN of a device: long enough, and not one that a finder tries first. */
import type { PinTrouble } from "./errors";

/** Six digits or more, not all alike and not in a row. */
export function pinTrouble(pin: string): PinTrouble | null {
  if (!/^\d{6,}$/.test(pin)) return "short";
  const steps = new Set([...pin].slice(1).map((digit, before) => (Number(digit) - Number(pin[before]) + 10) % 10));
  const step = steps.size === 1 ? [...steps][0] : null;
  return step === 0 || step === 1 || step === 9 ? "easy" : null;
}
