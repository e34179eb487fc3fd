"""The terms of petitions, as `content/deadlines.yaml` gives them."""

import datetime as dt
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language

from punte.deadlines.calendar import due_date
from punte.deadlines.model import Rulebook
from punte.deadlines.reading import rules_in_force
from punte.petitions.enums import OPEN, PetitionKind
from punte.petitions.models import Petition

EVENTS = frozenset({"received", "extended", "redirected", "answered", "closed"})
ANSWER, REDIRECT, EXTENSION = "petition_answer", "petition_redirect", "petition_extension"
_OF_KIND = {PetitionKind.INFORMATION: "information_answer", PetitionKind.OWN_DATA: "own_data_answer"}
"""What is answered within a term of its own, where that is in use."""


def rulebook() -> Rulebook:
    """The rules, read anew when the file changes.

    Raises:
        punte.deadlines.reading.RulesError: the file does not hold together.
    """
    return rules_in_force(Path(settings.CONTENT) / "deadlines.yaml", events=EVENTS, section="petitions")


def term(key: str, since: dt.datetime) -> dt.date | None:
    """The day on which a term that runs since a moment falls; None where no rule of that day speaks of it."""
    local = timezone.localtime(since)
    rule = rulebook().rule(key, on=local.date())
    return due_date(local, rule.offset) if rule and rule.offset else None


def answer_rule(petition: Petition) -> str:
    """The rule by which a petition is answered: that of its kind, or where it is not in use that of all."""
    key = _OF_KIND.get(PetitionKind(petition.kind), ANSWER)
    rule = rulebook().rule(key, on=timezone.localdate(petition.received_at))
    return key if rule and rule.is_on else ANSWER


def longest_extension(on: dt.date) -> int:
    """How many days a term may be extended by at most; 0 where the law of the day knows no extension."""
    rule = rulebook().rule(EXTENSION, on=on)
    return rule.offset.amount if rule and rule.offset else 0


def sentence(key: str, petition: Petition) -> str:
    """What a person reads about a term."""
    day = timezone.localdate(petition.received_at)
    return rulebook().sentence(key, on=day, language=get_language() or "ro")


def set_terms(petition: Petition) -> None:
    """Put the terms that run now on the petition; it is not saved. What is anonymous has no term (art. 7)."""
    runs = petition.status in OPEN and not petition.anonymous
    due_on = term(answer_rule(petition), petition.received_at) if runs else None
    if due_on and petition.extended_days:
        due_on += dt.timedelta(days=petition.extended_days)
    petition.due_on = due_on
    petition.redirect_by = term(REDIRECT, petition.received_at) if runs else None
