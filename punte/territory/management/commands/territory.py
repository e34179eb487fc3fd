"""`punte territory outlines FILE`: take in the outlines of counties and UATs."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from punte.territory.outlines import MAX_BYTES, DamagedOutlines, import_outlines


class Command(BaseCommand):
    """A damaged file changes nothing; what matches no county or UAT is listed."""

    help = (
        "Take in the outlines of counties and UATs from a GeoJSON file (WGS 84, SIRUTA in natcode or siruta)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["outlines"])
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", default="", help="where the file comes from; its name unless given")

    def handle(self, *, file: Path, source: str, **_options: Any) -> None:
        try:
            with file.open("rb") as content:
                imported = import_outlines(content.read(MAX_BYTES + 1), source=(source or file.name)[:200])
        except OSError as error:
            raise CommandError(_("The file cannot be read: %(path)s") % {"path": file}) from error
        except DamagedOutlines as damaged:
            refused = _("The outlines were not taken in; nothing was changed.")
            raise CommandError("\n".join([refused, *str(damaged.message).splitlines()])) from damaged
        told = _("Outlines taken in: %(counties)s counties, %(uats)s UATs.")
        self.stdout.write(told % {"counties": imported.counties, "uats": imported.uats})
        if imported.unmatched:
            self.stdout.write(
                _("Not a county or UAT known here: %(number)s") % {"number": len(imported.unmatched)}
            )
            for label in imported.unmatched:
                self.stdout.write(f"  {label}")
