"""`punte backup FILE`: database and files in one encrypted file; with `--make-key` the key that opens such files."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from punte.kernel.errors import DomainError
from punte.operations.backup import back_up, new_key
from punte.operations.disk import why


class Command(BaseCommand):
    """People may write meanwhile; the keys of the data are never in it."""

    help = "Write the database and the files into one file, encrypted to a key of the operator's."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--to",
            default=os.environ.get("PUNTE_BACKUP_KEY", ""),
            help="age1…; PUNTE_BACKUP_KEY unless given",
        )
        parser.add_argument(
            "--make-key",
            action="store_true",
            help="make a key that opens backups, in FILE, and print what writes them",
        )

    def handle(self, *, file: Path, to: str, make_key: bool, **_options: Any) -> None:
        try:
            if make_key:
                self._make_key(file)
            elif not to:
                raise CommandError(
                    _(
                        "A backup is encrypted to a key of yours. Make one, once, on another machine: punte backup"
                        " KEYFILE --make-key. Then set PUNTE_BACKUP_KEY to what it prints."
                    )
                )
            else:
                held = back_up(file, to=to)
                told = _("%(file)s: the database as of %(moment)s and %(files)d files, %(size)d bytes.")
                self.stdout.write(
                    told % {"file": file, "moment": held.made_at, "files": held.files, "size": held.size}
                )
        except DomainError as refused:
            raise CommandError(str(refused.message)) from refused
        except OSError as error:
            raise CommandError(_("No backup was written: %(why)s") % {"why": why(error)}) from error

    def _make_key(self, file: Path) -> None:
        public = new_key(file)
        self.stdout.write(f"PUNTE_BACKUP_KEY={public}")
        self.stderr.write(
            _("%(file)s opens the backups. Keep it away from this machine, with the keys of the data.")
            % {"file": file}
        )
