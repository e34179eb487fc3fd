"""Names as people have them: one, several, or none yet. What is not known is empty, and only shown in words."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.kernel.text import fold
from punte.people.rules import completed_years

_SAY_NOTHING = frozenset(
    (
        "", "fara nume", "fara nume inca", "fara prenume", "fara prenume inca", "n n", "necunoscut", "necunoscuta",
        "nn", "no name", "nou nascut", "nou nascuta", "nounascut", "nounascuta", "nume necunoscut",
        "nume necunoscut inca", "not known", "prenume necunoscut", "unknown",
    )
)  # fmt: skip


def known_name(text: str) -> str:
    """A name as given; empty where only a mark or words stand in its place: „-”, „(nou-născut)”, „necunoscut”."""
    return "" if fold(text) in _SAY_NOTHING else text


def shown_name(family_name: str, given_name: str, *, born: dt.date | None = None) -> str:
    """A name in words, also of somebody whose name is not known yet."""
    if not family_name and not given_name:
        return _("Name not known yet")
    if not given_name and born and completed_years(born, on=timezone.localdate()) < 1:
        return _("%(family)s (no given name yet)") % {"family": family_name}
    return f"{family_name} {given_name}".strip()
