"""`punte returns check|fill`: official tables, sheets and rules as files; the sheets filled in from an extract."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from punte.methodology.errors import MethodologyError, PackError
from punte.programmes.counting import extracts
from punte.returns.actions import fill_sheets
from punte.returns.reading import official_tables, rules, sheet_forms, views


class Command(BaseCommand):
    """Reads every file of content/returns, the product's and your own."""

    help = "Official figures: check their files, fill in the quarterly sheets."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("verb", choices=["check", "fill"])

    def handle(self, *, verb: str, **options: Any) -> None:
        try:
            tables, forms, known = official_tables(), sheet_forms(), rules()
            views()
        except PackError as error:
            words = _(error.message) % error.params if error.params else _(error.message)
            raise CommandError(f"{error.file}:{error.line}: {words}", returncode=2) from error
        if verb == "check":
            words = _("%(tables)s tables, %(forms)s sheets, %(rules)s rules, no error.")
            self.stdout.write(words % {"tables": len(tables), "forms": len(forms), "rules": len(known)})
            return
        folder = next(extracts(), None)
        if folder is None:
            raise CommandError(_("There is no extract yet."), returncode=2)
        try:
            made = fill_sheets(folder, today=timezone.localdate())
        except MethodologyError as error:
            raise CommandError(_(error.message) % error.params, returncode=2) from error
        for sheet in made:
            self.stdout.write(f"{sheet.form} {sheet.period} {sheet.organization}: {len(sheet.unanswered)}")
