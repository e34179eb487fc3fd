"""A device in the hand: a browser profile that survives being killed, and what lies in its storage."""

import json
import os
import signal
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from tests.journeys.browser import Watch
from tests.journeys.teren_walk import TABLET

_KILL_WAIT_SECONDS = 10
# Everything that the origin keeps, as text: strings as they are, bytes in two readings.
_STORED = """async () => {
  const said = [];
  const tell = (value) => {
    if (value === null || value === undefined) return;
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
      said.push(new TextDecoder('utf-8').decode(value), new TextDecoder('utf-16le').decode(value));
    } else if (typeof value === 'object') {
      for (const [name, inner] of Object.entries(value)) { said.push(name); tell(inner); }
    } else said.push(String(value));
  };
  const asked = (request) => new Promise((yes, no) => {
    request.onsuccess = () => yes(request.result); request.onerror = () => no(request.error);
  });
  const databases = await indexedDB.databases();
  let rows = 0;
  for (const { name } of databases) {
    said.push(name);
    const database = await asked(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const kept = database.transaction(store).objectStore(store);
      const [keys, values] = await Promise.all([asked(kept.getAllKeys()), asked(kept.getAll())]);
      rows += values.length;
      keys.forEach(tell); values.forEach(tell);
    }
    database.close();
  }
  const addresses = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      addresses.push(new URL(request.url).pathname);
      said.push(request.url, await (await cache.match(request)).text());
    }
  }
  tell({ ...localStorage }); tell({ ...sessionStorage });
  return { said, rows, databases: databases.map(({ name }) => name), addresses,
           shelves: [localStorage.length, sessionStorage.length] };
}"""


class Device:
    """One tablet: a folder with a browser's profile, and the browser while it runs."""

    def __init__(self, chromium: Browser, folder: Path) -> None:
        self._type = chromium.browser_type
        self.folder = folder
        self.watches: list[Watch] = []
        self.context: BrowserContext | None = None

    def start(self, executable: str, arguments: list[str]) -> Page:
        """Open the browser on the same profile as before."""
        self.context = self._type.launch_persistent_context(
            self.folder,
            executable_path=executable,
            args=arguments,
            locale="ro-RO",
            timezone_id="Europe/Bucharest",
            viewport=TABLET,  # type: ignore[arg-type]
            has_touch=True,
            accept_downloads=True,
            reduced_motion="reduce",
        )
        self.context.set_default_timeout(20_000)
        watch = Watch(self.context)
        # Without a signal a browser says so each time that something is asked of it; who is not signed in, once.
        watch.allow("ERR_INTERNET_DISCONNECTED", "401")
        self.watches.append(watch)
        return self.context.pages[0]

    def kill(self) -> None:
        """End the browser as a phone without power does."""
        for pid in self._processes():
            os.kill(pid, signal.SIGKILL)
        until = time.monotonic() + _KILL_WAIT_SECONDS
        while list(self._processes()) and time.monotonic() < until:
            time.sleep(0.05)
        (self.folder / "SingletonLock").unlink(missing_ok=True)
        self.context = None

    def stop(self) -> None:
        """Close the browser in good order."""
        if self.context is not None:
            self.context.close()
            self.context = None

    def _processes(self) -> Iterable[int]:
        mark = f"--user-data-dir={self.folder}".encode()
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit():
                continue
            try:
                said = (entry / "cmdline").read_bytes()
                state = (entry / "stat").read_text().rsplit(") ", 1)[1][0]
            except (OSError, IndexError):
                continue
            if mark in said and state != "Z":
                yield int(entry.name)

    def on_disk(self, secrets: Iterable[str]) -> list[str]:
        """Which of the secrets lie in clear in any file of the profile, with the file."""
        readings = {secret: [secret.encode("utf-8"), secret.encode("utf-16-le")] for secret in secrets}
        found = []
        for path in sorted(self.folder.rglob("*")):
            if not path.is_file() or path.is_symlink():
                continue
            held = path.read_bytes()
            found += [
                f"{secret!r} in {path.relative_to(self.folder)}"
                for secret, ways in readings.items()
                if any(way in held for way in ways)
            ]
        return found


def stored(page: Page) -> dict[str, Any]:
    """What the origin keeps: `said` (every text), `rows`, `databases`, `addresses` of caches, `shelves`."""
    kept: dict[str, Any] = page.evaluate(_STORED)
    return kept


def in_clear(page: Page, secrets: Iterable[str]) -> list[str]:
    """Which of the secrets the storage of the origin says in clear."""
    everything = json.dumps(stored(page)["said"], ensure_ascii=False)
    return [secret for secret in secrets if secret in everything]
