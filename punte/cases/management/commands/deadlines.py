"""`punte deadlines check`: whether the file of terms holds together, and no rule waits for what nobody tells."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from punte.cases.content import checked_rulebook
from punte.deadlines.reading import RulesError
from punte.methodology.errors import PackError


class Command(BaseCommand):
    """Reads the rules of cases; says the file and the line of what cannot be."""

    help = "Terms: check their file."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("check", help="check content/deadlines.yaml")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rules = checked_rulebook().rules
        except (RulesError, PackError) as error:
            said = _(error.message) % error.params if error.params else _(error.message)
            raise CommandError(f"{error.file}:{error.line}: {said}", returncode=2) from error
        off = sum(not rule.is_on for rule in rules)
        self.stdout.write(
            ngettext("%(n)s rule, no error;", "%(n)s rules, no error;", len(rules)) % {"n": len(rules)}
            + " "
            + ngettext(
                "%(n)s is off until an institution switches it on.",
                "%(n)s are off until an institution switches them on.",
                off,
            )
            % {"n": off}
        )
