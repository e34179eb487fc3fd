"""The term of the first check, as `content/deadlines.yaml` gives it: to the hour, since the registration."""

import datetime as dt
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language

from punte.cases.rules_on import rules_on
from punte.deadlines.calendar import due_date, due_moment
from punte.deadlines.model import Rule, Rulebook
from punte.deadlines.reading import rules_in_force

EVENTS = frozenset({"received", "visited", "merged", "sent_on", "decided"})
CHECK = "notification_check"


def rulebook() -> Rulebook:
    """The rules, read anew when the file changes.

    Raises:
        punte.deadlines.reading.RulesError: the file does not hold together.
    """
    return rules_in_force(Path(settings.CONTENT) / "deadlines.yaml", events=EVENTS, section="notifications")


def check_by(keeper: Any, received_at: dt.datetime) -> dt.datetime | None:
    """The moment by which somebody is to have been there; None where the institution has no such rule on."""
    local = timezone.localtime(received_at)
    [on] = rules_on(rulebook(), [keeper]).values()
    rule = next((one for one in on if one.key == CHECK and one.validity.holds_on(local.date())), None)
    return _moment(rule, local) if rule and rule.offset else None


def _moment(rule: Rule, since: dt.datetime) -> dt.datetime:
    assert rule.offset is not None
    hour = due_moment(since, rule.offset)
    if hour is not None:
        return hour
    end_of_day = dt.datetime.combine(due_date(since, rule.offset), dt.time(23, 59))
    return timezone.make_aware(end_of_day)


def sentence(received_at: dt.datetime) -> str:
    """What a person reads about the term."""
    day = timezone.localdate(received_at)
    return rulebook().sentence(CHECK, on=day, language=get_language() or "ro")
