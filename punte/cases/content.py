"""What the methodology says about cases: the terms, and the codes of interventions."""

import datetime as dt
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language

from punte.accounts.guests import happenings
from punte.cases.enums import Regime
from punte.deadlines.calendar import due_date
from punte.deadlines.model import Rulebook
from punte.deadlines.nodes import RulesError, gettext_noop
from punte.deadlines.reading import rules_in_force
from punte.kernel.own_content import looked_for_once
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

    Whether somebody tells the events that a rule waits for is asked by `checked_rulebook`: where nobody does, the rule
    makes no term, and no work on a case stops for it.

    Raises:
        punte.deadlines.reading.RulesError: the file does not hold together.
    """
    return looked_for_once("rules of cases", lambda: rules_in_force(_file(), events=None))


def checked_rulebook() -> Rulebook:
    """The same, where every event that a rule waits for is one that somebody tells.

    Raises:
        punte.deadlines.reading.RulesError: the file does not hold together, a rule could never run, or one that waits
            for what is told of somebody's row does not run for each: nobody could be told of it.
    """
    told = happenings().values()
    of_rows = frozenset[str]().union(*(one.kinds() for one in told))
    read = rules_in_force(
        _file(),
        events=EVENTS | of_rows,
        dates=frozenset[tuple[str, str]]().union(*(one.dates() for one in told)),
        regimes=_REGIMES,
    )
    for rule in read.rules:
        if rule.since & of_rows and not rule.per_subject:
            line = _file().read_text().partition(f"key: {rule.key}\n")[0].count("\n") + 1
            raise RulesError(
                gettext_noop("%(key)s waits for what is told of an entry: write per_subject: true"),
                str(_file()),
                line,
                key=rule.key,
            )
    return read


def duties_rulebook() -> Rulebook:
    """What the calendar asks of institutions, without a case.

    Raises:
        punte.deadlines.reading.RulesError: the file does not hold together.
    """
    return rules_in_force(_file(), events=None, section="institutions")


def bodies_rulebook() -> Rulebook:
    """By when the bodies of institutions report what they held.

    Raises:
        punte.deadlines.reading.RulesError: the file does not hold together.
    """
    return rules_in_force(_file(), events=None, section="bodies")


def rulebooks() -> tuple[Rulebook, ...]:
    """The rules of cases, those of institutions and those of their bodies."""
    return rulebook(), duties_rulebook(), bodies_rulebook()


def _file() -> Path:
    return Path(settings.CONTENT) / "deadlines.yaml"


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
