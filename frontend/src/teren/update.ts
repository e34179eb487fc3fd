/** A new version of the application waits until it is asked to come, so that it never takes away what is open. */
import { createSignal } from "solid-js";
import type { Update } from "./context";

const LOOK_AGAIN_MS = 30 * 60_000;

export function registerWorker(address: string): Update {
  const [waiting, setWaiting] = createSignal<ServiceWorker | null>(null);
  let asked = false;
  const use = (): void => {
    const worker = waiting();
    if (worker === null) return;
    asked = true;
    worker.postMessage({ type: "SKIP_WAITING" });
  };
  if ("serviceWorker" in navigator) {
    navigator.serviceWorker.addEventListener("controllerchange", () => {
      if (asked) location.reload();
    });
    void register(address, setWaiting);
  }
  return { ready: () => waiting() !== null, use };
}

async function register(address: string, found: (worker: ServiceWorker | null) => void): Promise<void> {
  const registration = await navigator.serviceWorker.register(address, { scope: "/teren/" }).catch(() => null);
  if (registration === null) return;
  const look = (): void => {
    // The first one ever has nothing to replace.
    if (navigator.serviceWorker.controller !== null) found(registration.waiting);
  };
  look();
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", look);
  });
  setInterval(() => void registration.update().catch(() => undefined), LOOK_AGAIN_MS);
}
