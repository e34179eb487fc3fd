"""Django's way to a first account makes one that may do nothing here; whoever tries it is told the right one."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _


class Command(BaseCommand):
    help = "Not used here: see `punte start`."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what Django's command takes, so that the answer is ours."""
        parser.add_argument("--email")
        parser.add_argument("--name")
        parser.add_argument("--noinput", "--no-input", action="store_false", dest="interactive")

    def handle(self, *_args: Any, **_options: Any) -> None:
        raise CommandError(
            _("Punte has no superuser. Make the first institution and its administrator with: punte start")
        )
