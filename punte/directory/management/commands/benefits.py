"""`punte benefits check`: whether the rights of `content/benefits` hold together, as `punte methodology check` does."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from punte.directory.help.need import benefits
from punte.methodology.errors import PackError


class Command(BaseCommand):
    """The first wrong file is named with its line, and nothing is changed."""

    help = "Rights and benefits of the search for help: check."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("check", help="check content/benefits")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = benefits()
        except PackError as error:
            words = _(error.message) % error.params if error.params else _(error.message)
            raise CommandError(f"{error.file}:{error.line}: {words}", returncode=2) from error
        proposed = sum(one.proposed for one in found.values())
        self.stdout.write(
            _("Rights: %(count)s, no error. With parts still to be confirmed: %(proposed)s.")
            % {"count": len(found), "proposed": proposed}
        )
