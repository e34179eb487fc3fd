"""`punte programme check|load|count`: programmes as files, taken in whole, their indicators counted."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from punte.kernel.errors import DomainError
from punte.kernel.text import fold
from punte.methodology.errors import MethodologyError, PackError
from punte.organizations.models import Organization
from punte.programmes.actions import count_indicators, load_programme
from punte.programmes.counting import extracts
from punte.programmes.models import Programme
from punte.programmes.reading import programme_folders, read_programme


class Command(BaseCommand):
    """Reads every folder, and says all that is wrong at once."""

    help = "Programmes: check their files, take them in, count their indicators."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("check", help="check the folders of content/programmes, the product's and your own")
        load = verbs.add_parser("load", help="take one in, or its changed files as a new version")
        load.add_argument("key")
        load.add_argument(
            "--organization", required=True, help="the name of the institution that answers for it"
        )
        counting = verbs.add_parser(
            "count", help="count the indicators that have a query on the newest extract"
        )
        counting.add_argument("key")
        counting.add_argument("--extract", default="", help="the name of an extract")

    def handle(self, *args: Any, **options: Any) -> None:
        getattr(self, f"_{options['verb']}")(**options)

    def _check(self, **_options: Any) -> None:
        wrong = []
        for folder in programme_folders().values():
            try:
                found = read_programme(folder)
            except PackError as error:
                wrong.append(_said(error, f"{error.file}:{error.line}: "))
                continue
            words = _("%(name)s: %(nodes)s places, %(indicators)s indicators, no error.")
            self.stdout.write(
                words % {"name": found.key, "nodes": len(found.nodes), "indicators": len(found.indicators)}
            )
        if wrong:
            raise CommandError("\n".join(wrong), returncode=2)

    def _load(self, key: str, organization: str, **_options: Any) -> None:
        folder = programme_folders().get(key)
        if folder is None:
            raise CommandError(_("There is no programme %(key)s.") % {"key": key}, returncode=2)
        keepers = list(Organization.objects.filter(folded_name=fold(organization))[:2])
        if len(keepers) != 1:
            words = _("There is not one institution called %(name)s.")
            raise CommandError(words % {"name": organization}, returncode=2)
        try:
            made, changed = load_programme(read_programme(folder), organization=keepers[0])
        except PackError as error:
            raise CommandError(_said(error, f"{error.file}:{error.line}: "), returncode=2) from error
        except DomainError as refused:
            raise CommandError(str(refused.message), returncode=2) from refused
        words = (
            _("%(name)s is in force, version %(version)s.")
            if changed
            else _("%(name)s: nothing has changed.")
        )
        self.stdout.write(words % {"name": made.key, "version": made.version})

    def _count(self, key: str, extract: str, **_options: Any) -> None:
        programme = Programme.objects.filter(key=key).first()
        folder = next((one for one in extracts() if extract in ("", one.name)), None)
        if programme is None or folder is None:
            raise CommandError(_("There is no such programme, or no extract."), returncode=2)
        try:
            made = count_indicators(programme, folder, today=timezone.localdate())
        except MethodologyError as error:
            raise CommandError(_said(error), returncode=2) from error
        for one in made:
            self.stdout.write(f"{one.indicator} {one.part} {one.value.normalize():f} ({one.extract})")


def _said(error: MethodologyError, place: str = "") -> str:
    return place + (_(error.message) % error.params if error.params else _(error.message))
