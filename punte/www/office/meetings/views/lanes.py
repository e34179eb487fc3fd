"""Conferences of a household's cases on the line of time, and the meetings at which a person was."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from punte.accounts.enums import SEALED_COMPARTMENTS
from punte.accounts.guests import Lane, Mark, Whose
from punte.cases.models import Case
from punte.gatherings.content import reason_in_words
from punte.gatherings.enums import MeetingState
from punte.gatherings.models import Meeting
from punte.gatherings.queries import readable

_SHOWN = (MeetingState.PLANNED, MeetingState.HELD)


def lanes(whose: Whose) -> Iterable[Lane]:
    """The conferences that the account reads: of the household, or of the cases of one person."""
    cases = Case.objects.visible_to(whose.user)
    cases = (
        cases.filter(person=whose.person)
        if whose.person is not None
        else cases.filter(household=whose.household)
    )
    rows = Meeting.objects.filter(case__in=cases.order_by().values("pk"), state__in=_SHOWN)
    found = list(rows.select_related("case__household").order_by("day", "pk"))
    return [Lane(_("Conferences"), marks=[_mark(one) for one in readable(whose.user, found)])]


def _mark(meeting: Meeting) -> Mark:
    return Mark(
        _("conference: %(reason)s") % {"reason": reason_in_words(meeting.reason)},
        meeting.day,
        reverse("meeting", args=[meeting.pk]),
        "round",
        planned=meeting.is_planned,
        sensitive=meeting.compartment in SEALED_COMPARTMENTS,
    )
