"""`punte match people`: which files of a register may be of one person; for a timer, once a night."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from punte.organizations.models import Organization
from punte.people.matching.job import match_register
from punte.people.matching.register import Limits


class Command(BaseCommand):
    """Lists pairs for somebody to look at; nothing is joined by itself."""

    help = "Compare the files of each register and list those that may be of one person."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["people"])
        parser.add_argument(
            "--keeper", default="", help="the name of one institution; all, if it is not given"
        )
        parser.add_argument("--memory", default=Limits.memory, help="at most, such as 2GB")
        parser.add_argument("--threads", type=int, default=Limits.threads)

    def handle(self, *, keeper: str, memory: str, threads: int, **options: Any) -> None:
        kept = Organization.objects.filter(people__isnull=False).distinct().order_by("name", "pk")
        if keeper:
            kept = kept.filter(name=keeper)
            if not kept:
                raise CommandError(_("No institution of this name keeps people: %(name)s") % {"name": keeper})
        for one in kept:
            done = match_register(one, limits=Limits(memory, threads))
            if options["verbosity"]:
                self.stdout.write(
                    _("%(keeper)s: %(files)s files, %(pairs)s pairs to look at, %(sure)s of them almost sure")
                    % {"keeper": one, "files": done.files, "pairs": done.pairs, "sure": done.sure}
                )
