"""Passwords that somebody would guess first, in Romanian."""

import re
import string
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from punte.kernel.text import fold
from punte.territory.models import County, Uat

_AROUND = string.digits + "!?.,;:-_+*#%&/ "
_MEANT = str.maketrans("@$0134578", "asoieastb")


class NotOnlyCommonWords:
    """Refuses a password that is nothing but common words and names of places, with figures and signs.

    The words are those of `content/passwords/ro.txt`; the places are counties, communes, towns and municipalities.
    """

    def validate(self, password: str, user: Any = None) -> None:  # noqa: ARG002
        """Raises: ValidationError."""
        guessed = _common() | _places()
        if any(_is_made_of(guessed, text) for text in (password, password.strip(_AROUND).translate(_MEANT))):
            raise ValidationError(
                _(
                    "This password is among the first that somebody would try: only common words or names of"
                    " places. Choose several words that nobody expects together."
                ),
                code="password_too_common",
            )

    def get_help_text(self) -> str:
        """What is asked of a password."""
        return _("Not only common words or names of places, with figures.")


def _is_made_of(words: frozenset[str], text: str) -> bool:
    """Whether the letters of a text are words of these alone, one after the other."""
    if any(mark.isalpha() and not _letters(mark) for mark in text):
        return False
    letters = _letters(text)
    longest = max(map(len, words))
    ends = {0}
    for end in range(1, len(letters) + 1):
        if any(begin in ends and letters[begin:end] in words for begin in range(max(0, end - longest), end)):
            ends.add(end)
    return len(letters) in ends


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    lines = (settings.CONTENT / "passwords" / "ro.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def _places() -> frozenset[str]:
    names = [*County.objects.values_list("name", flat=True), *Uat.objects.values_list("name", flat=True)]
    return frozenset(_letters(name) for name in names)


def _letters(text: str) -> str:
    return re.sub("[^a-z]", "", fold(text))
