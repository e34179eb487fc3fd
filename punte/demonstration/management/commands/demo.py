"""`punte demo`: fill the demonstration, or list its accounts."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.files.storage import Storage, default_storage
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Role
from punte.demonstration.build import accounts, build, is_filled
from punte.demonstration.programmes import count_what_is_counted
from punte.demonstration.returns import send_sheets
from punte.statistics.actions import make_extract


class Command(BaseCommand):
    help = "Fill an empty installation with invented families, or list the accounts of the demonstration."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", nargs="?", choices=["build", "accounts", "ready"], default="build")
        parser.add_argument("--households", type=int, default=400)
        parser.add_argument("--seed", type=int, default=2026)
        parser.add_argument(
            "--once", action="store_true", help="do nothing where there are households already"
        )
        parser.add_argument("--format", choices=["text", "csv"], default="text")

    def handle(
        self, *, what: str, households: int, seed: int, once: bool, format: str, **options: Any
    ) -> None:  # noqa: A002
        if not settings.DEMONSTRATION:
            raise CommandError(
                _(
                    "This is a real installation: nothing is invented here. For a demonstration set"
                    " PUNTE_DEMONSTRATION=1 and a PUNTE_VAR or DATABASE_URL of its own; a real installation begins"
                    " with: punte start"
                )
            )
        if households < 1:
            raise CommandError(_("A demonstration has at least one household."))
        if what == "ready":
            call_command("migrate", verbosity=0)
            self._build(households, seed, quiet=False)
            self._text()
        elif what == "accounts":
            self._csv() if format == "csv" else self._text()
        elif is_filled() and not once:
            raise CommandError(
                _("There are households here already; the demonstration wants an empty installation.")
            )
        else:
            self._build(households, seed, quiet=options["verbosity"] == 0)

    def _build(self, households: int, seed: int, *, quiet: bool) -> None:
        if is_filled():
            return
        with transaction.atomic(), _no_files_left():
            call_command("reference", "load", "--quiet")
            build(households=households, seed=seed, say=(lambda _line: None) if quiet else self.stderr.write)
        make_extract()
        count_what_is_counted(timezone.localdate())
        send_sheets(timezone.localdate())

    def _csv(self) -> None:
        writer = csv.writer(self.stdout)
        writer.writerow(["email", "role", "organisation", "password"])
        writer.writerows(accounts())

    def _text(self) -> None:
        """One account of each role, which is enough to look around."""
        shown: dict[str, tuple[str, str, str, str]] = {}
        for account in accounts():
            shown.setdefault(account[1], account)
        for email, role, organization, password in shown.values():
            self.stdout.write(f"{Role(role).label:<32} {email:<44} {password}   {organization}")


@contextmanager
def _no_files_left() -> Iterator[None]:
    """Where it ends in an error, the files that were stored meanwhile go with the rows."""
    before = set(_files(default_storage))
    try:
        yield
    except BaseException:
        for path in set(_files(default_storage)) - before:
            default_storage.delete(path)
        raise


def _files(storage: Storage, folder: str = "") -> Iterator[str]:
    if not storage.exists(folder):
        return
    folders, files = storage.listdir(folder)
    yield from (f"{folder}{name}" for name in files)
    for inner in folders:
        yield from _files(storage, f"{folder}{inner}/")
