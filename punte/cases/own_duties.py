"""What the calendar asks of an institution, without a case: the terms of the section `institutions`."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from punte.cases.content import duties_rulebook
from punte.cases.models import DutyDone
from punte.cases.rules_on import rules_on
from punte.deadlines.calendar import plus_months
from punte.deadlines.model import Due, Event, Rule
from punte.deadlines.reading import DONE, YEAR
from punte.deadlines.terms import deadlines
from punte.organizations.models import Organization

_LOOKED_BACK = 12
"""For how many months what was not done is still asked for; never from before the institution was here."""


@dataclass(frozen=True)
class OwnDuty:
    """What an institution is to do by a day."""

    organization: Organization
    rule: Rule
    due: Due


def duties_of(organizations: Collection[Organization], today: dt.date) -> list[OwnDuty]:
    """What stands to be done by institutions, the soonest first (two queries)."""
    by_key = {one.pk: one for one in organizations}
    done: dict[tuple[UUID, str], list[Event]] = defaultdict(list)
    for row in DutyDone.objects.filter(organization__in=by_key):
        done[row.organization_id, row.rule].append(Event(DONE, _begins(row.on)))
    year_ago = plus_months(today.replace(day=1), -_LOOKED_BACK)
    began = {
        one.pk: Event(YEAR, _begins(max(year_ago, timezone.localdate(one.created_at))))
        for one in organizations
    }
    found = [
        OwnDuty(by_key[keeper], rule, due)
        for keeper, rules in rules_on(duties_rulebook(), by_key).items()
        for rule in rules
        for due in deadlines([began[keeper], *done[keeper, rule.key]], regime="", rules=[rule], today=today)
        if due.met_on is None
    ]
    return sorted(found, key=lambda one: (one.due.due_on, one.rule.key, str(one.organization)))


def _begins(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))
