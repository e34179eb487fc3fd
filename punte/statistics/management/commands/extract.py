"""`punte extract`: freeze the data behind published figures."""

import datetime as dt
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from punte.kernel.errors import DomainError
from punte.statistics.actions import make_extract, make_extract_of_day


class Command(BaseCommand):
    """Each run makes a new extract; the pages of needs show the figures of the newest."""

    help = "Write a pseudonymised extract (Parquet) and publish its figures."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--as-of",
            type=_day,
            metavar="YYYY-MM-DD",
            help="only the dated tables, with what was true on this day; publishes nothing",
        )

    def handle(self, **options: Any) -> None:
        day: dt.date | None = options["as_of"]
        try:
            if day is not None:
                name, files = make_extract_of_day(day)
                self._told(files, options)
                self.stdout.write(_("Extract %(name)s: nothing is published from it.") % {"name": name})
                return
            made = make_extract()
        except DomainError as refused:
            raise CommandError(str(refused.message)) from refused
        if options["verbosity"] == 0:
            return
        self._told(made.files, options)
        shown = made.counts.exclude(households=None).count()
        held = made.counts.filter(households=None).count()
        self.stdout.write(
            _("Extract %(name)s: %(shown)s figures published, %(held)s held back (fewer than %(threshold)s).")
            % {"name": made.name, "shown": shown, "held": held, "threshold": made.threshold}
        )

    def _told(self, files: dict[str, Any], options: dict[str, Any]) -> None:
        if options["verbosity"] == 0:
            return
        for name, file in files.items():
            self.stdout.write(_("%(name)s: %(rows)s rows") % {"name": name, "rows": file["rows"]})


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as wrong:
        raise ArgumentTypeError(_("“%(text)s” is not a day: write 2026-12-31.") % {"text": text}) from wrong
