"""`punte doctor`: what is amiss with this installation, each with what to do."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from punte.operations.doctor import LABELS, State, examine


class Command(BaseCommand):
    """Changes nothing; ends with an error where something has failed."""

    help = "Look at keys, database, migrations, disk, mail and clock, and try to write."
    requires_system_checks = ()

    def handle(self, **_options: Any) -> None:
        signs = {State.OK: "✓", State.ATTENTION: "!", State.FAILED: "✗"}
        examined = examine()
        for one in examined:
            self.stdout.write(f"{signs[one.state]} {LABELS[one.what]!s:<24} {one.says}".rstrip())
        failed = [str(LABELS[one.what]) for one in examined if one.state == State.FAILED]
        if failed:
            raise CommandError(_("Failed: %(what)s") % {"what": ", ".join(failed)})
