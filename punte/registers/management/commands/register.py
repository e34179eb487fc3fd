"""`punte register check`: whether the registers hold together; `punte register apply` puts new versions in force."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from punte.registers.applying import DoNotFit, put_in_force
from punte.registers.checking import checked, checked_facets


class Command(BaseCommand):
    """Reads every file, and says all that is wrong at once."""

    help = "Registers: check their files, put new versions in force."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser(
            "check",
            help="check the files of registers and facets, in content and in PUNTE_CONTENT",
        )

        verbs.add_parser(
            "apply",
            help="list and tell apart the entries of older versions by the new ones: all of them or none",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self._check()
        if options["verb"] == "apply":
            self._apply()

    def _apply(self) -> None:
        try:
            done = put_in_force()
        except DoNotFit as broken:
            raise CommandError("\n".join(broken.said), returncode=2) from broken
        if not done:
            self.stdout.write(_("Every register is in force as its file says."))
        for definition, count in done:
            self.stdout.write(
                ngettext(
                    "%(name)s %(version)s is in force: %(count)d entry is listed by it.",
                    "%(name)s %(version)s is in force: %(count)d entries are listed by it.",
                    count,
                )
                % {"name": definition.key, "version": definition.version, "count": count}
            )

    def _check(self) -> None:
        wrong = []
        for found in checked():
            if isinstance(found, str):
                wrong.append(found)
                continue
            self.stdout.write(
                _("%(name)s %(version)s: %(fields)s fields, %(moves)s steps, no error.")
                % {
                    "name": found.key,
                    "version": found.version,
                    "fields": len(found.fields),
                    "moves": len(found.moves),
                }
            )
        for facet in checked_facets():
            if isinstance(facet, str):
                wrong.append(facet)
                continue
            self.stdout.write(_("Field of work %(name)s: no error.") % {"name": facet.key})
        if wrong:
            raise CommandError("\n".join(wrong), returncode=2)
