"""What waits for who looks after people's data."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from punte.accounts.enums import Capability
from punte.accounts.guests import DayLine, Guest, Waiting, Work, cut, who_may
from punte.accounts.models import DataBreach, User
from punte.people.enums import RequestState
from punte.people.models import SubjectRequest
from punte.www.frame.addresses import reverse

_SHOWN = 10


def requests(user: User, today: dt.date) -> Waiting:
    """What people ask about their data, the soonest due first; whose it is stands on its page."""
    rows = SubjectRequest.objects.kept_by(user).filter(state=RequestState.OPEN).order_by("due_on", "pk")
    lines = [
        DayLine(
            what=str(_("Request about data: %(what)s")) % {"what": one.get_kind_display()},
            url=reverse("subject_request", args=[one.pk]),
            when=one.due_on,
        )
        for one in rows[: _SHOWN + 1]
    ]
    return cut(lines, at=_SHOWN, all_at=reverse("subject_requests"))


def breaches(user: User, today: dt.date) -> Waiting:
    """Breaches of which the authority has still to be told, by the hour."""
    kept = user.standing.organizations(Capability.KEEP_PRIVACY)
    rows = DataBreach.objects.filter(organization__in=kept, told_authority_at=None, closed_on=None)
    lines = [
        DayLine(
            what=str(_("Tell the authority of a breach of data")),
            url=reverse("breach", args=[one.pk]),
            when=timezone.localdate(one.due_at),
            hour=timezone.localtime(one.due_at).time(),
        )
        for one in rows.order_by("due_at", "pk")[: _SHOWN + 1]
        if one.is_running
    ]
    return cut(lines, at=_SHOWN, all_at=reverse("privacy"))


PRIVACY = Guest(
    "privacy",
    day=(
        Work(
            "subject_requests",
            who_may(Capability.KEEP_PRIVACY),
            requests,
            _("requests of people about their data"),
            "subject_requests",
            _("Requests about data"),
        ),
        Work(
            "breaches",
            who_may(Capability.KEEP_PRIVACY),
            breaches,
            _("breaches of data that the authority does not know of"),
            "privacy",
            _("People's data"),
        ),
    ),
)
