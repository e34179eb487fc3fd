"""Checks that several verbs share."""

import datetime as dt
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from punte.kernel.encryption import EncryptedTextField
from punte.kernel.errors import DomainError

LONGEST_NOTE = 4_000


def tidy(text: str) -> str:
    """Text without spaces around it, with one space between words and the Romanian letters with comma below."""
    return " ".join(text.translate(_COMMA_BELOW).split())


_COMMA_BELOW = str.maketrans("şţŞŢ", "șțȘȚ")


def check_lengths(model: type[models.Model], **texts: str) -> None:
    """Refuse a text longer than its column, or than a note may be.

    Raises:
        DomainError: on the field, with both lengths.
    """
    for name, text in texts.items():
        column = model._meta.get_field(name)
        longest = LONGEST_NOTE if isinstance(column, EncryptedTextField) else column.max_length  # type: ignore[union-attr]
        if longest is not None and len(text) > longest:
            raise DomainError(
                _("This text has %(length)d characters; at most %(most)d fit. Shorten it.")
                % {"length": len(text), "most": longest},
                field=name,
            )


def check_choice(model: type[models.Model], name: str, value: str) -> None:
    """Refuse a value that its column does not list.

    Raises:
        DomainError: on the field.
    """
    choices: Any = model._meta.get_field(name).choices  # type: ignore[union-attr]
    if value not in {key for key, _label in choices}:
        raise DomainError(_("Choose one of the values in the list."), field=name)


def check_present(name: str, text: str) -> None:
    """Refuse an empty text.

    Raises:
        DomainError: on the field.
    """
    if not text:
        raise DomainError(_("This cannot be left empty."), field=name)


def check_not_future(name: str, day: dt.date | None) -> None:
    """Refuse a day after today.

    Raises:
        DomainError: on the field.
    """
    if day and day > timezone.localdate():
        raise DomainError(_("This date is in the future. Check the year."), field=name)


def changed(row: models.Model, fields: dict[str, Any]) -> list[str]:
    """Set fields on a row that is not yet saved; the names of those whose value changed."""
    names = [name for name, value in fields.items() if getattr(row, name) != value]
    for name in names:
        setattr(row, name, fields[name])
    return names
