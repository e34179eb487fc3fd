"""What groups bring to a day: meetings that the account leads and that are not noted yet, and what leaders saw."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from punte.accounts.enums import Capability as Can
from punte.accounts.guests import (
    DayLine,
    Guest,
    Lane,
    Mark,
    Press,
    Stretch,
    Waiting,
    Whose,
    Work,
    cut,
    who_may,
)
from punte.accounts.models import User
from punte.gatherings.enums import EnrolmentEnd
from punte.gatherings.groups_content import kind_of
from punte.gatherings.models import Enrolment, Observation, Series
from punte.gatherings.roll import as_known, meetings_in_dispute, meetings_to_note
from punte.people.asked import Asked
from punte.www.frame.addresses import reverse

_SHOWN = 15


def meetings(user: User, today: dt.date) -> Waiting:
    """The meetings of today, and those before of which nothing is written; of a sensitive group only that it is one."""
    lines = [
        DayLine(
            what=_("Take the attendance"),
            url=reverse("attendance", args=[one.pk]),
            whose=_title(one.series),
            why=_title(one.series),
            when=one.day,
            hour=one.hour,
            deed=Press(_("Attendance"), reverse("attendance", args=[one.pk])),
        )
        for one in meetings_to_note(user)[: _SHOWN + 1]
        if one.series is not None
    ]
    return cut([*_disputes(user), *lines], at=_SHOWN, all_at=reverse("groups"))


def _disputes(user: User) -> list[DayLine]:
    """Meetings of which two leaders wrote something else without a signal; never of whom."""
    return [
        DayLine(
            what=_("Choose between two marks"),
            url=reverse("attendance", args=[one.pk]),
            whose=_title(one.series),
            why=_title(one.series),
            when=one.day,
        )
        for one in meetings_in_dispute(user)[:_SHOWN]
    ]


def _title(series: Series | None) -> str:
    kind = kind_of(series.kind) if series else None
    if series is None or (kind is not None and kind.has("sensitive")):
        return _("A group that you lead")
    return series.title


def observations(user: User, today: dt.date) -> Waiting:
    """What leaders saw of people for whose cases the account answers, or who have none; never who, nor what."""
    lines = [
        DayLine(
            what=_("Read what a group leader saw"),
            url=reverse("observation", args=[one.pk]),
            whose=str(one.case) if one.case else _("no case yet"),
            why=str(one.case) if one.case else _("no case yet"),
        )
        for one in _unread(user)
    ]
    return cut(lines, at=_SHOWN, all_at=reverse("groups"))


_unread = Asked(
    lambda user: (
        Observation.objects.addressed_to(user)
        .filter(Q(case__responsible=user) | Q(case__responsible=None), read_at=None)
        .exclude(by=user)
        .select_related("case")
        .order_by("created_at", "pk")[: _SHOWN + 1]
    )
)


def lanes(whose: Whose) -> Iterable[Lane]:
    """The groups of a person, as far as the account may know of them."""
    if whose.person is None or not whose.user.standing.may(Can.MEET):
        return []
    rows = Enrolment.objects.filter(
        person=whose.person, series__in=Series.objects.visible_to(whose.user)
    ).exclude(ended_why__in=(EnrolmentEnd.MISTAKE, EnrolmentEnd.JOINED))
    known = as_known(whose.user, rows.select_related("series").order_by("start", "pk"))
    seen = Observation.objects.addressed_to(whose.user).filter(person=whose.person)
    told = [
        Mark(_("what a group leader saw"), timezone.localdate(at), reverse("observation", args=[key]))
        for key, at in seen.order_by("created_at", "pk").values_list("pk", "created_at")
    ]
    return [Lane(_("Groups"), [_stretch(row) for row in known], told)]


def _stretch(row: Enrolment) -> Stretch:
    kind = kind_of(row.series.kind)
    return Stretch(
        row.series.title,
        row.start,
        row.end,
        reverse("group", args=[row.series_id]),
        sensitive=kind is not None and kind.has("sensitive"),
    )


DAY = Guest(
    "group_work",
    day=(
        Work(
            "group_meetings",
            who_may(Can.MEET),
            meetings,
            gettext_lazy("meetings of groups that you lead, without attendance yet"),
            "groups",
            gettext_lazy("Groups"),
        ),
        Work(
            "observations",
            who_may(Can.MANAGE_CASE, Can.ASSIGN),
            observations,
            gettext_lazy("what leaders of groups saw and tell the case"),
            "groups",
            gettext_lazy("Groups"),
        ),
    ),
    lanes=lanes,
)
