"""`punte report check`: whether the files of reports hold together."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from punte.methodology.errors import PackError
from punte.reports.reading import report_kinds


class Command(BaseCommand):
    """Reads every file, and says the first that is wrong, with its line."""

    help = "Reports: check their files."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("check", help="check the files of content/reports, the product's and your own")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            kinds = report_kinds()
        except PackError as wrong:
            raise CommandError(str(wrong), returncode=2) from wrong
        for kind in kinds.values():
            self.stdout.write(_("Report %(name)s: no fault.") % {"name": kind.key})
