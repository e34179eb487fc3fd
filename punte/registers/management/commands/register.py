"""`punte register check`: whether the registers hold together, and follow on what was written by them before."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils.translation import gettext as _

from punte.accounts.enums import Compartment
from punte.methodology.errors import PackError
from punte.registers.catalogue import definition_files, definitions
from punte.registers.following import refuse_what_does_not_follow
from punte.registers.models import RegisterVersion
from punte.registers.reading import read_definition


class Command(BaseCommand):
    """Reads every file, and says all that is wrong at once."""

    help = "Registers: check their files."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("check", help="check the files of content/registers and of PUNTE_CONTENT")

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = []
        for path, own in definition_files():
            try:
                found = read_definition(path, compartments=Compartment.values, own=own)
                if _has_table():
                    refuse_what_does_not_follow(found, str(path))
            except PackError as error:
                wrong.append(f"{error.file}:{error.line}: {_said(error)}")
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
        if not wrong:
            try:
                definitions()
            except PackError as error:
                wrong.append(f"{error.file}:{error.line}: {_said(error)}")
        if wrong:
            raise CommandError("\n".join(wrong), returncode=2)


def _has_table() -> bool:
    return RegisterVersion._meta.db_table in connection.introspection.table_names()


def _said(error: PackError) -> str:
    return _(error.message) % error.params if error.params else _(error.message)
