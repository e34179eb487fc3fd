"""`punte entitlements check`: whether the entitlements hold together; `reckon` makes the lists anew."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from punte.benefits.catalogue import rulebook
from punte.benefits.lists import reckon_all
from punte.methodology.errors import PackError


class Command(BaseCommand):
    """Names the first wrong file and its line."""

    help = "Entitlements: check their files, reckon them for every household."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("check", help="check content/entitlements and the operator's own")
        verbs.add_parser("reckon", help="reckon anew who seems entitled to what, as every night does")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            book = rulebook()
        except PackError as error:
            said = _(error.message) % error.params if error.params else _(error.message)
            raise CommandError(f"{error.file}:{error.line}: {said}", returncode=2) from error
        if options["verb"] == "reckon":
            self.stdout.write(_("%(count)s entitlements that seem not to be had.") % {"count": reckon_all()})
            return
        for one in book.entitlements.values():
            off = _("off until an institution confirms it") if one.is_from_memory else _("no error")
            self.stdout.write(f"{one.key}: {off}.")
        counted = {"facts": len(book.facts), "parameters": len(book.parameters)}
        self.stdout.write(_("%(facts)s facts, %(parameters)s parameters, no error.") % counted)
