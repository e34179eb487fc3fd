/**
 * The service worker of Teren: the application itself and the packs are kept, nothing else ever is. What the device
 * and the server say to each other (`/teren/api/`) passes by untouched.
 */
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from "workbox-precaching";
import { NavigationRoute, registerRoute } from "workbox-routing";
import { CacheFirst } from "workbox-strategies";

/** What is used of a service worker's scope; its own library of types would rename those of pages. */
interface Scope {
  readonly __WB_MANIFEST: { readonly all: readonly string[] };
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: "message", listener: (event: MessageEvent) => void): void;
  addEventListener(type: "activate", listener: (event: { waitUntil(done: Promise<unknown>): void }) => void): void;
}
declare const self: Scope;

/** Put in by the server when it hands this file out: the shell, the icons and the folder of the rest. */
interface Served {
  readonly folder: string;
  readonly others: readonly { readonly url: string; readonly revision: string }[];
}
const served = JSON.parse('{"__SERVED__":0}') as unknown as Served;

const SHELL = "/teren/";
const { all } = self.__WB_MANIFEST;
precacheAndRoute(
  [...all.map((name) => ({ url: served.folder + name, revision: null })), ...served.others],
  { cleanURLs: false, directoryIndex: null as unknown as string },
);
cleanupOutdatedCaches();
registerRoute(new NavigationRoute(createHandlerBoundToURL(SHELL), { allowlist: [/^\/teren\/(?:\?.*)?$/] }));
registerRoute(
  ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith("/teren/pachete/"),
  new CacheFirst({ cacheName: "teren-packs", matchOptions: { ignoreVary: true } }),
);

// A new version takes over only when the page says that nothing is open.
self.addEventListener("message", (event) => {
  const { type } = (event.data as { type?: string } | null) ?? {};
  if (type === "SKIP_WAITING") void self.skipWaiting();
  if (type === "CLAIM") void self.clients.claim();
});
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
