"""A day centre's register, with everything that its pages open."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from punte.accounts.models import User
from punte.gatherings.actions.attendance import take_attendance
from punte.gatherings.actions.observations import tell_case
from punte.gatherings.actions.series import create_series, enrol, plan_meetings
from punte.gatherings.actions.staff import begin_placement
from punte.gatherings.models import Enrolment, Observation, Presence, Series
from punte.organizations.models import Organization
from punte.people.models import Person


def a_group(house: Organization, people: Sequence[Person], *, by: User) -> dict[str, Any]:
    """The last of the people is of a sealed case; `by` answers for both cases and leads the group."""
    today = timezone.localdate()
    series = create_series(
        by=by, keeper=house, kind="day_centre", title="Centrul de zi", start=today, list_kind="open"
    )
    enrol(by=by, series=series, people=people, start=today)
    [meeting] = plan_meetings(by=by, series=series, days=[today])
    take_attendance(by=by, meeting=meeting, marks={people[0].pk: "present"}, walk_ins=["Vecina de sus"])
    told = [tell_case(by=by, meeting=meeting, person=one, words="E tăcut.") for one in people[1:]]
    return {
        "series": Series.objects.get(pk=series.pk),
        "group_meeting": meeting,
        "series_child": people[0],
        "walked_in": Presence.objects.get(meeting=meeting, person=None),
        "enrolment": Enrolment.objects.get(series=series, person=people[0]),
        "observation": Observation.objects.get(pk=told[0].pk),
        "sealed_observation": Observation.objects.get(pk=told[1].pk),
        "placement": begin_placement(
            by=by, keeper=house, kind="student", supervisor=by, start=today, name="Student Exemplu"
        ),
    }
