"""What groups keep of somebody, and what a file for their own request tells of it."""

from collections.abc import Collection, Sequence

from django.utils.translation import pgettext, pgettext_lazy

from punte.accounts.enums import Compartment
from punte.accounts.guests import Told
from punte.accounts.models import User
from punte.gatherings.groups_content import kind_of
from punte.gatherings.models import DayNote, Enrolment, Handover, Series
from punte.gatherings.roll import as_known, presences_known
from punte.people.keeps import day, kept_with_file
from punte.people.models import Person
from punte.people.sight import hidden_from


def _told(series: Series | None) -> bool:
    """Whoever asks for a file may be the one who must not know: of sensitive groups nothing is told."""
    kind = kind_of(series.kind) if series is not None else None
    return kind is not None and not kind.has("sensitive")


def _enrolments(user: User, person: Person, compartments: Collection[str]) -> Sequence[Told]:
    if Compartment.GENERAL not in compartments:
        return []
    rows = Enrolment.objects.filter(person=person).select_related("series").order_by("start", "pk")
    return [
        {
            pgettext("own file", "Group"): one.series.title,
            pgettext("own file", "From"): day(one.start),
            pgettext("own file", "Until"): day(one.end),
            pgettext("own file", "How it ended"): str(one.get_ended_why_display()),
        }
        for one in as_known(user, rows)
        if _told(one.series)
    ]


def _presences(user: User, person: Person, compartments: Collection[str]) -> Sequence[Told]:
    if Compartment.GENERAL not in compartments:
        return []
    rows = presences_known(user).filter(person=person, meeting__series__isnull=False)
    return [
        {
            pgettext("own file", "Group"): one.meeting.series.title,
            pgettext("own file", "Day"): day(one.meeting.day),
            pgettext("own file", "State"): str(one.get_state_display()),
        }
        for one in rows.select_related("meeting__series").order_by("meeting__day", "pk")
        if one.meeting.series is not None and _told(one.meeting.series)
    ]


def _days(user: User, person: Person, compartments: Collection[str]) -> Sequence[Told]:
    if Compartment.GENERAL not in compartments:
        return []
    shown = hidden_from(user).people.get(person.pk)
    notes = DayNote.objects.filter(person=person).select_related("meeting").order_by("meeting__day", "pk")
    ways = Handover.objects.filter(person=person).select_related("meeting").order_by("meeting__day", "at")
    told = [
        {
            pgettext("own file", "Day"): day(one.meeting.day),
            pgettext("own file", "Arrived"): f"{one.arrived:%H:%M}" if one.arrived else "",
            pgettext("own file", "Left"): f"{one.left:%H:%M}" if one.left else "",
            pgettext("own file", "Spoken with a parent"): one.spoke_of,
        }
        for one in notes
        if shown is None or one.noted_at < shown.sealed_at
    ]
    return told + [
        {
            pgettext("own file", "Day"): day(one.meeting.day),
            pgettext("own file", "Handed over by"): one.handed_by,
            pgettext("own file", "Handed over to"): one.handed_to,
        }
        for one in ways
        if shown is None or one.created_at < shown.sealed_at
    ]


KEEPS = (
    kept_with_file(
        pgettext_lazy("own file", "Groups and courses"),
        "gatherings.Enrolment",
        told_to=_enrolments,
        tells_where=True,
    ),
    kept_with_file(
        pgettext_lazy("own file", "Attendance of meetings"),
        "gatherings.Presence",
        "gatherings.Contradiction",
        told_to=_presences,
        tells_where=True,
    ),
    kept_with_file(
        pgettext_lazy("own file", "Days in a day centre"),
        "gatherings.DayNote",
        "gatherings.Handover",
        told_to=_days,
        tells_where=True,
    ),
    kept_with_file(
        pgettext_lazy("own file", "What leaders of groups told the case"),
        "gatherings.Observation",
        why_not=pgettext_lazy("own file", "it is part of the case; who answers for the case decides"),
    ),
    kept_with_file(
        pgettext_lazy("own file", "Trainings, practice and volunteering"),
        "gatherings.TrainingPlace",
        "gatherings.Placement",
        "gatherings.PlacementDay",
        "gatherings.Opened",
        why_not=pgettext_lazy("own file", "it is about people who work here, not as residents"),
    ),
)
