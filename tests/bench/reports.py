"""How long a report of thirty pages takes as PDF, from its rows on. Run by `tests.bench`.

The report of a project of the environment, with as much written in each of its parts as fills so many pages. Prints
one JSON object: its pages, and of the calmest of three turns seconds by the clock and of the processor. Nothing of it
stays.
"""

import io
import json
import os
import time
from itertools import cycle, islice

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "punte.settings")

import django  # noqa: E402

django.setup()

import pikepdf  # noqa: E402
from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from punte.accounts.models import User  # noqa: E402
from punte.reports.composing import Composed  # noqa: E402
from punte.reports.files import draft_file  # noqa: E402
from punte.reports.models import Report, ReportDraft  # noqa: E402
from punte.reports.reading import report_kinds  # noqa: E402

_PAGES, _WORDS = 30, 120
_SAID = "Echipa a mers la familii și a notat ce s-a făcut, cu cine și ce urmează"
_TURNS = 3


def main() -> None:
    """The report, longer by a paragraph a part until it is long enough; then its turns, each with other words."""
    with transaction.atomic():
        report = Report.objects.filter(kind="project_report").select_related("programme")[0]
        user = report.drafts.select_related("by")[0].by
        places = [place.key for place in _opened(report, user).places if place.writes]
        paragraphs, pages = 4, 0
        while pages < _PAGES:
            paragraphs += 1
            _write(report, user, places, paragraphs, turn=0)
            pages = len(pikepdf.open(io.BytesIO(_made(report, user))).pages)
        turns = [_timed(report, user, places, paragraphs, turn) for turn in range(1, _TURNS + 1)]
        transaction.set_rollback(True)
    seconds, used = min(turns)
    print(json.dumps({"pages": pages, "seconds": seconds, "processor": used}))


def _opened(report: Report, user: User) -> Composed:
    return Composed.of(Report.objects.get(pk=report.pk), report_kinds()[report.kind], user)


def _made(report: Report, user: User) -> bytes:
    return draft_file(_opened(report, user), "pdf", timezone.now())


def _write(report: Report, user: User, places: list[str], paragraphs: int, turn: int) -> None:
    report.drafts.all().delete()
    for number, place in enumerate(places):
        lines = [
            " ".join(islice(cycle([*_SAID.split(), str(number), str(turn)]), line, line + _WORDS))
            for line in range(paragraphs)
        ]
        ReportDraft.objects.create(report=report, part=place, text="\n".join(lines), by=user)


def _timed(report: Report, user: User, places: list[str], paragraphs: int, turn: int) -> tuple[float, float]:
    _write(report, user, places, paragraphs, turn)
    began, before = time.perf_counter(), time.process_time()
    _made(report, user)
    return time.perf_counter() - began, time.process_time() - before


if __name__ == "__main__":
    main()
