"""How fast help is found among the services of the environment, and what the map page weighs. Run by `tests.bench`.

Prints one JSON object: milliseconds and queries by question, and kilobytes of the map page as a browser receives them.
"""

import datetime as dt
import gzip
import json
import os
import re
import statistics
import sys
import time
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "punte.settings")

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from punte.directory.help.gazetteer import gazetteer  # noqa: E402
from punte.directory.help.need import read_need  # noqa: E402
from punte.directory.help.search import Search, page_of, search_services  # noqa: E402

WARMING, ROUNDS = 5, 41
MONDAY = dt.datetime(2026, 11, 23, 10, 30)
STATIC = Path(__file__).resolve().parents[2] / "punte" / "www"
WORDS = "copilul meu nu are unde sta după școală"
_LINKED = re.compile(r'(?:src|href)="/static/([^"]+\.(?:js|css|svg))"')


def questions() -> dict[str, Search]:
    """What is asked, with three filters and more."""
    near, need, now = gazetteer().find("Mănăștur"), read_need(WORDS), MONDAY
    return {
        "need, near, free places": Search(reading=need, near=near, free=True),
        "need, near, open now, without steps": Search(reading=need, near=near, open_at=now, step_free=True),
        "near, free places, without steps": Search(near=near, free=True, step_free=True),
        "whom, near, free places": Search(for_whom=("older",), near=near, free=True),
        "whom, within 25 km, open now": Search(for_whom=("child",), near=near, within_km=25, open_at=now),
    }


def measure() -> dict[str, dict[str, float]]:
    """By question the median of the search itself and with the records of a page of twenty."""
    figures = {}
    for name, search in questions().items():
        found = lambda search=search: search_services(search)  # noqa: E731
        figures[name] = _timed(found)
        figures[f"{name}; with the page's records"] = _timed(lambda found=found: page_of(found().matches))
    return figures


def _timed(act) -> dict[str, float]:  # type: ignore[no-untyped-def]
    times = []
    for turn in range(WARMING + ROUNDS):
        began = time.perf_counter()
        act()
        if turn >= WARMING:
            times.append((time.perf_counter() - began) * 1000)
    with CaptureQueriesContext(connection) as asked:
        act()
    return {"ms": statistics.median(times), "queries": len(asked)}


def weight() -> float:
    """Kilobytes of the map page and all it loads at first, compressed."""
    answer = Client().get("/ajutor/harta/", {"q": WORDS, "loc": "Cluj-Napoca"})
    page = answer.content.decode()
    parts = [answer.content, Client().get("/ajutor/contururi.json").content]
    parts += [_static(name) for name in dict.fromkeys(_LINKED.findall(page))]
    return sum(len(gzip.compress(part, 9)) for part in parts) / 1024


def _static(name: str) -> bytes:
    plain = re.sub(r"\.[0-9a-f]{12}(?=\.\w+$)", "", name)
    for folder in (STATIC / "static", *STATIC.glob("*/static"), Path(settings.STATIC_ROOT)):
        if (folder / plain).is_file():
            return (folder / plain).read_bytes()
    raise FileNotFoundError(name)


if __name__ == "__main__":
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    json.dump({"search": measure(), "map page": weight()}, sys.stdout)
