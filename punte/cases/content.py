"""What the methodology says about cases: the terms, and the codes of interventions."""

import datetime as dt
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language

from punte.cases.enums import Regime
from punte.deadlines.calendar import due_date
from punte.deadlines.model import Rulebook
from punte.deadlines.reading import rules_in_force
from punte.methodology.package_reader import reference_codes

EVENTS = frozenset(
    {
        "opened",
        "opened_without_assessment",
        "regime_set",
        "regime_changed",
        "assessment",
        "plan_adopted",
        "contact",
        "referral_sent",
        "referral_answered",
        "referral_withdrawn",
        "closed",
    }
)
"""What happens in a case, as the rules of `content/deadlines.yaml` name it."""
_REGIMES = frozenset(Regime.values)


def rulebook() -> Rulebook:
    """The terms in `content/deadlines.yaml`; read anew when the file changes.

    Raises:
        punte.deadlines.reading.RulesError: the file does not hold together.
    """
    return rules_in_force(Path(settings.CONTENT) / "deadlines.yaml", events=EVENTS, regimes=_REGIMES)


def sentence(rule: str, since: dt.datetime | dt.date) -> str:
    """What the worker reads about a term, in the language of the screen."""
    day = since.date() if isinstance(since, dt.datetime) else since
    return rulebook().sentence(rule, on=day, language=get_language() or "ro")


def deed(rule: str, since: dt.datetime | dt.date) -> str:
    """What a term asks for, in two or three words of the language of the screen."""
    day = since.date() if isinstance(since, dt.datetime) else since
    return rulebook().deed(rule, on=day, language=get_language() or "ro")


def proposed_term(severity: int, today: dt.date) -> dt.date | None:
    """The day proposed for an objective whose worst finding has this severity; None where no rule speaks of it."""
    term = rulebook().objective_terms.get(severity)
    return due_date(dt.datetime.combine(today, dt.time.min), term.offset) if term else None


def intervention_codes() -> frozenset[str]:
    """The codes that an intervention may have."""
    return reference_codes("amc_services.csv")
