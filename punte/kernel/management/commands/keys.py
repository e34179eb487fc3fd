"""`punte keys new`, `punte keys rotate`: the ring of keys that encrypts what identifies a person."""

import os
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from punte.kernel.encryption import newest_key
from punte.kernel.keyring import forget_retired_keys, require_own_keys
from punte.kernel.rotation import encrypted_columns, rotate_column, rotating
from punte.secrets import add_data_key


class Command(BaseCommand):
    help = "Add a data key, or re-encrypt everything with the newest one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("step", choices=["new", "rotate"])

    def handle(self, *, step: str, **_options: Any) -> None:
        if step == "new":
            self._new()
        else:
            self._rotate()

    def _new(self) -> None:
        require_own_keys()
        if "PUNTE_DATA_KEYS" in os.environ:
            raise CommandError(_("The data keys come from PUNTE_DATA_KEYS; add the new key there."))
        number = add_data_key(settings.VAR / "secrets.json")
        self.stdout.write(
            _("Key %(number)s was added. Restart Punte, then run: punte keys rotate") % {"number": number}
        )

    def _rotate(self) -> None:
        total = 0
        for model, column in encrypted_columns():
            rewritten = rotate_column(model, column)
            total += rewritten
            if rewritten:
                self.stdout.write(f"{model._meta.label}.{column}: {rewritten}")
        total += sum(int(rewritten or 0) for _receiver, rewritten in rotating.send(sender=type(self)))
        forget_retired_keys()
        self.stdout.write(
            _("%(total)s values now carry key %(number)s.") % {"total": total, "number": newest_key()}
        )
