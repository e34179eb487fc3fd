"""How severe what was found of a household or a person was, on the line of time."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from punte.accounts.guests import Guest, Lane, Stretch, Whose
from punte.assessments.models import Assessment, Finding, FindingSet
from punte.people.compartments import compartments_of_each
from punte.people.models import Household

_STEPS = {
    3: ("severe", gettext_lazy("severe")),
    2: ("moderate", gettext_lazy("moderate")),
    1: ("watch", gettext_lazy("to watch")),
    0: ("calm", gettext_lazy("nothing severe was found")),
}


def lanes(whose: Whose) -> Iterable[Lane]:
    """From each assessment to the next, the worst of what it found that the account reads."""
    made = Assessment.objects.visible_to(whose.user).setting_severity()
    if whose.person is not None:
        made = made.filter(members__person=whose.person)
    else:
        made = made.filter(household=whose.household)
    rows = list(made.order_by("visited_on", "submitted_at").values_list("pk", "visited_on", "household"))
    worst = _worst(whose, rows)
    ends = [*(day for _pk, day, _home in rows[1:]), None]
    return [
        Lane(
            _("Assessments"),
            [
                Stretch(
                    str(_STEPS[worst[pk]][1]),
                    day,
                    end,
                    reverse("assessment", args=[pk]),
                    _STEPS[worst[pk]][0],
                )
                for (pk, day, _home), end in zip(rows, ends, strict=False)
                if end != day
            ],
        )
    ]


def _worst(whose: Whose, rows: list[tuple[UUID, dt.date, UUID]]) -> dict[UUID, int]:
    """The worst severity of each assessment by its newest findings; 0 where none is read."""
    worst = dict.fromkeys((pk for pk, _day, _home in rows), 0)
    sets: dict[UUID, UUID] = {}
    made = FindingSet.objects.filter(assessment__in=list(worst)).order_by("created_at", "pk")
    for key, assessment in made.values_list("pk", "assessment"):
        sets[assessment] = key
    homes = Household.objects.filter(pk__in={home for _pk, _day, home in rows})
    read = compartments_of_each(whose.user, list(homes.order_by("pk")))
    for home, compartments in read.items():
        of_home: Any = Finding.objects.filter(
            finding_set__in=[sets[pk] for pk, _day, at in rows if at == home and pk in sets]
        )
        told = of_home.within(compartments).known_to(whose.user, home)
        if whose.person is not None:
            told = told.filter(person=whose.person)
        for assessment, severity in told.order_by("pk").values_list("finding_set__assessment", "severity"):
            worst[assessment] = max(worst[assessment], severity)
    return worst


LANES = Guest("assessments", lanes=lanes)
