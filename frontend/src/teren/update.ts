/** A new version of the application waits until it is asked to come, so that it never takes away what is open. */
import { createSignal } from "solid-js";
import type { Update } from "./context";

const LOOK_AGAIN_MS = 30 * 60_000;
const TRY_AGAIN_MS = 10_000;

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
  const again = (): void => void setTimeout(() => void register(address, found), TRY_AGAIN_MS);
  const registration = await navigator.serviceWorker.register(address, { scope: "/teren/" }).catch(() => null);
  if (registration === null || !(registration.installing ?? registration.waiting ?? registration.active)) {
    again();
    return;
  }
  const look = (): void => {
    // The first one ever has nothing to replace.
    if (navigator.serviceWorker.controller !== null) found(registration.waiting);
  };
  const follow = (worker: ServiceWorker | null): void => {
    worker?.addEventListener("statechange", () => {
      look();
      // The line broke while the application was fetched, and none is there yet: without this the device would have
      // nothing to open where there is no signal.
      if (worker.state === "redundant" && registration.active === null) again();
    });
  };
  look();
  // A page that was on its way when the worker began is not the worker's: what it asks for would not be kept.
  if (navigator.serviceWorker.controller === null) registration.active?.postMessage({ type: "CLAIM" });
  follow(registration.installing);
  registration.addEventListener("updatefound", () => {
    if (registration.active !== null) follow(registration.installing);
  });
  setInterval(() => void registration.update().catch(() => undefined), LOOK_AGAIN_MS);
}
