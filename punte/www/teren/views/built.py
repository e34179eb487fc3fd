"""What the front end's build left for Teren: files whose names carry the digest of what is in them."""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

FOLDER = Path(settings.ROOT) / "punte" / "www" / "static" / "build" / "teren"
ADDRESS = f"{settings.STATIC_URL}build/teren/"


@dataclass(frozen=True)
class Built:
    """The addresses of the script and of the style sheet, and the text of the service worker."""

    script: str
    style: str
    worker: str


def built() -> Built:
    """The build as it is on the disk now; read again only when it was made anew."""
    return _read((FOLDER / "files.json").stat().st_mtime_ns, (FOLDER / "sw.js").stat().st_mtime_ns)


@lru_cache(maxsize=1)
def _read(_files: int, _worker: int) -> Built:
    names = json.loads((FOLDER / "files.json").read_text(encoding="utf-8"))
    return Built(
        script=ADDRESS + names["script"],
        style=ADDRESS + names["style"],
        worker=(FOLDER / "sw.js").read_text(encoding="utf-8"),
    )
