"""`punte statistics run`: every question of content, asked of an extract by one engine."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from punte.statistics.engines import ENGINES, NoSpark, run


class Command(BaseCommand):
    """Two engines agree where their two folders hold the same files: `diff -r`."""

    help = "Ask an extract every SQL text of content, by DuckDB or by Spark, and write the answers as CSV."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("deed", choices=["run"])
        parser.add_argument("--engine", choices=ENGINES, default=ENGINES[0])
        parser.add_argument(
            "--extract", metavar="NAME", help="of a folder in var/extracts; the newest unless given"
        )
        parser.add_argument("--to", type=Path, metavar="FOLDER", help="var/figures/NAME/ENGINE unless given")

    def handle(self, **options: Any) -> None:
        folder = self._extract(options["extract"])
        target = options["to"] or Path(settings.VAR) / "figures" / folder.name / options["engine"]
        try:
            for place, answered in run(options["engine"], folder, target):
                if isinstance(answered, list):
                    told = _("the extract has no table %(name)s") % {"name": ", ".join(answered)}
                else:
                    told = ngettext("%(n)s row", "%(n)s rows", answered) % {"n": answered}
                self.stdout.write(f"{place}: {told}")
        except NoSpark as absent:
            said = _("Spark is not here: it needs Java 17 and `pip install punte[spark]` (%(problem)s).")
            raise CommandError(said % {"problem": str(absent)[:200]}) from absent
        self.stdout.write(str(target))

    def _extract(self, name: str | None) -> Path:
        root = Path(settings.VAR) / "extracts"
        whole = sorted(file.parent for file in root.glob("*/manifest.json"))
        found = [one for one in whole if name in (None, one.name)]
        if not found:
            raise CommandError(_("There is no such extract: make one with `punte extract`."))
        return found[-1]
