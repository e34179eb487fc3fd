"""`punte reference load`: bring in counties, UATs, nomenclature, organisations and services."""

import csv
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from punte.directory.actions import Loaded, load_reference
from punte.directory.reference.reconcile import Remark
from punte.directory.signals import reference_loaded

_COLUMNS = ("kind", "dataset", "line", "printed", "candidates", "why")


class Command(BaseCommand):
    """Doing it again changes nothing; what the import is not certain of is written to a report."""

    help = "Load the reference data of content/reference; safe to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("step", choices=["load"])
        parser.add_argument("--quiet", action="store_true", help="print nothing")
        parser.add_argument(
            "--report", type=Path, default=settings.VAR / "import-report.csv", help="where the report goes"
        )

    def handle(self, *, quiet: bool, report: Path, **_options: Any) -> None:
        folder = settings.CONTENT / "reference"
        loaded = load_reference(folder)
        told = [line for _room, line in reference_loaded.send(type(self), folder=folder) if line]
        _write(report, loaded.remarks)
        if not quiet:
            for line in [*told, *_summary(loaded, report)]:
                self.stdout.write(line)


def _write(report: Path, remarks: list[Remark] | Any) -> None:
    report.parent.mkdir(parents=True, exist_ok=True)
    with report.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(_COLUMNS)
        table.writerows([getattr(remark, column) for column in _COLUMNS] for remark in remarks)


def _summary(loaded: Loaded, report: Path) -> list[str]:
    labels = {
        "County": _("counties"),
        "Uat": _("UATs"),
        "Community": _("marginalised communities"),
        "NomenclatureCode": _("nomenclature codes"),
        "Organization": _("organisations"),
        "Service": _("services"),
        "Location": _("locations"),
        "Capacity": _("capacities"),
    }
    rows = [
        _("%(label)s: %(there)s (%(made)s new)")
        % {"label": label, "there": loaded.there[name], "made": loaded.made.get(name, 0)}
        for name, label in labels.items()
    ]
    kinds = Counter(remark.kind for remark in loaded.remarks)
    return [
        *rows,
        _("%(lines)s printed lines name %(services)s services.")
        % {"lines": loaded.lines, "services": loaded.services},
        _("To look at: %(kinds)s.")
        % {"kinds": ", ".join(f"{kind} {number}" for kind, number in sorted(kinds.items()))},
        _("Report: %(path)s") % {"path": report},
    ]
