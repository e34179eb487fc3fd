"""`punte restore FILE --key KEYFILE`: a backup into an empty installation."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from punte.kernel.errors import DomainError
from punte.operations.backup import restore
from punte.operations.disk import why


class Command(BaseCommand):
    """All of it or nothing; nothing that is here is ever written over."""

    help = "Put a backup into an empty database and an empty PUNTE_VAR."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--key", type=Path, required=True, help="the file that punte backup --make-key made"
        )

    def handle(self, *, file: Path, key: Path, **_options: Any) -> None:
        try:
            held = restore(file, identity=key)
        except DomainError as refused:
            raise CommandError(str(refused.message)) from refused
        except OSError as error:
            raise CommandError(_("Nothing was restored: %(why)s") % {"why": why(error)}) from error
        told = _(
            "Restored: the database as of %(moment)s and %(files)d files. Now run: punte migrate, punte doctor."
        )
        self.stdout.write(told % {"moment": held.made_at, "files": held.files})
