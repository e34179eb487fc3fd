"""A partner's first page: what waits, and the four things that they otherwise come for."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from punte.accounts.enums import Capability as Can
from punte.accounts.guests import DayLine, work_of
from punte.accounts.models import Appointment
from punte.accounts.standing import Standing
from punte.organizations.models import Organization
from punte.people.models import Sharing
from punte.www.frame.access import SignedIn, needs
from punte.www.frame.context import address
from punte.www.frame.pictures import pictures_of

_LINES_SHOWN = 4
_SHARED_SHOWN = 5
_UPKEEP = "own_services"


@dataclass(frozen=True)
class Way:
    """A page that a partner comes for, and what is found there; one that is not there is not shown."""

    page: str
    label: str | Promise
    why: str | Promise
    needs: Can = Can.ANSWER_REFERRALS


# The first that is there: a notification where they are taken in, else a letter to the town hall.
_TELL = (
    Way(
        "notification_send",
        _("Tell of a family or a child"),
        _("The town hall answers you what became of it."),
    ),
    Way("petition_send", _("Write to the town hall"), _("About a family that needs help, or anything else.")),
)
_FURTHER = (
    Way("own_services", _("Our services"), _("Free places, hours, what is published."), Can.KEEP_SERVICES),
    Way("partner_people", _("Our people"), _("Who of us has an account, and who makes them.")),
)


@require_safe
@needs(Can.ANSWER_REFERRALS)
def partner_home(request: SignedIn) -> HttpResponse:
    """What waits for the account, from whatever room, and the ways to tell, to read, to keep services and accounts."""
    today = timezone.localdate()
    answers: list[DayLine] = []
    upkeep: list[DayLine] = []
    more = 0
    for work in work_of(request.user):
        waiting = work.waits(request.user, today)
        more += waiting.more
        (upkeep if work.name == _UPKEEP else answers).extend(waiting.lines)
    # Somebody waits for an answer; what must be said anew of a service waits for nobody.
    lines = [*sorted(answers, key=_in_order), *sorted(upkeep, key=_in_order)]
    read = Sharing.objects.read_by(request.user).select_related("household__keeper")
    shared = list(read.defer("household__safe_contact").order_by("until", "pk")[: _SHARED_SHOWN + 1])
    context = {
        "lines": lines[:_LINES_SHOWN],
        "more": max(len(lines) - _LINES_SHOWN, 0) + more,
        "shared": shared[:_SHARED_SHOWN],
        "more_shared": len(shared) > _SHARED_SHOWN,
        "tell": _there(_TELL, request.user.standing)[:1],
        "pictures": pictures_of(request.user),
        "further": _there(_FURTHER, request.user.standing),
    }
    return render(request, "partner/home.html", context)


def _in_order(line: DayLine) -> tuple[dt.date, bool, dt.time]:
    return line.when or dt.date.max, line.hour is None, line.hour or dt.time.max


def _there(ways: tuple[Way, ...], standing: Standing) -> list[dict[str, Any]]:
    return [
        {"url": url, "label": way.label, "why": way.why}
        for way in ways
        if (url := address(way.page)) and standing.may(way.needs)
    ]


@require_safe
@needs(Can.ANSWER_REFERRALS)
def partner_people(request: SignedIn) -> HttpResponse:
    """Who of the partner's institution has an account; its administrator makes them."""
    standing = request.user.standing
    own = Organization.objects.filter(pk__in=standing.organizations(Can.ANSWER_REFERRALS))
    appointed = Appointment.objects.current().filter(organization__in=own, user__is_active=True)
    people = appointed.select_related("user", "organization").order_by("organization", "user__name", "pk")
    makes = standing.organizations(Can.MANAGE_ACCOUNTS)
    return render(
        request,
        "partner/people.html",
        {
            "people": [(one, one.organization_id in makes) for one in people],
            "makes": bool(makes),
            "several": len(own) > 1,
        },
    )
