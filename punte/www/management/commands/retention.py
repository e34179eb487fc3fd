from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.retention import Over, erase_over, keepings, over
from punte.kernel.errors import DomainError
from punte.methodology.errors import PackError
from punte.organizations.models import Organization


class Command(BaseCommand):
    help = (
        "What names somebody and whose time to be kept is over: how much it is; --erase erases it, by the rules that"
        " the institution has set."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--erase", action="store_true", help="erase it; without this nothing is changed")

    def handle(self, *args: Any, **options: Any) -> None:
        """The rules and what is over by each; nothing is erased by a rule that is a proposal."""
        today = timezone.localdate()
        try:
            for keeping in keepings():
                state = _("in force") if keeping.is_on else _("a proposal, nothing is erased by it")
                self.stdout.write(f"{keeping.key}: {keeping.years} ({state}; {keeping.source})")
            counted = list(over(today))
            for one in counted:
                self.stdout.write(self._line(one))
            if not counted:
                self.stdout.write(_("Nothing is over."))
            if options["erase"]:
                self.stdout.write(_("%(rows)d rows were erased.") % {"rows": erase_over(today)})
        except PackError as error:
            said = _(error.message) % error.params if error.params else _(error.message)
            raise CommandError(f"{error.file}:{error.line}: {said}", returncode=2) from error
        except DomainError as refused:
            raise CommandError(str(refused.message), returncode=2) from refused

    def _line(self, one: Over) -> str:
        keeper = Organization.objects.get(pk=one.keeper)
        said = _("%(key)s, %(keeper)s: %(rows)d rows, ended before %(before)s")
        before = f"{one.keeping.before(timezone.localdate()):%d.%m.%Y}"
        return said % {"key": one.keeping.key, "keeper": keeper, "rows": one.rows, "before": before}
