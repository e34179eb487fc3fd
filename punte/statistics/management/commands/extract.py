"""`punte extract`: freeze the data behind published figures."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from punte.kernel.errors import DomainError
from punte.statistics.actions import make_extract


class Command(BaseCommand):
    """Each run makes a new extract; the pages of needs show the figures of the newest."""

    help = "Write a pseudonymised extract (Parquet) and publish its figures."

    def handle(self, **options: Any) -> None:
        try:
            made = make_extract()
        except DomainError as refused:
            raise CommandError(str(refused.message)) from refused
        if options["verbosity"] == 0:
            return
        for name, file in made.files.items():
            self.stdout.write(_("%(name)s: %(rows)s rows") % {"name": name, "rows": file["rows"]})
        shown = made.counts.exclude(households=None).count()
        held = made.counts.filter(households=None).count()
        self.stdout.write(
            _("Extract %(name)s: %(shown)s figures published, %(held)s held back (fewer than %(threshold)s).")
            % {"name": made.name, "shown": shown, "held": held, "threshold": made.threshold}
        )
