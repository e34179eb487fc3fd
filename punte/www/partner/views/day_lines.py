"""What a provider finds on its day: referrals to answer, and what must be said anew of its services."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from punte.accounts.enums import Capability as Can
from punte.accounts.guests import DayLine, Guest, Waiting, Work, cut, who_may
from punte.accounts.models import User
from punte.cases.content import rulebook
from punte.cases.enums import ReferralStatus
from punte.cases.models import Referral
from punte.deadlines.calendar import due_date
from punte.directory.services.reminders import own_to_do
from punte.gatherings.enums import InvitationState, MeetingState
from punte.gatherings.models import Invitation, Task
from punte.notifications.enums import EventKind
from punte.notifications.models import Notification
from punte.www.templatetags.dates import short_day

_SHOWN = 15
_APART, _NAMED = 3, 2
"""So many services that owe the same have a line each; of more, so many are named."""
_NEWS_DAYS = 7
_NEWS = (EventKind.ASSIGNED, EventKind.DECIDED)
_ANSWER_WITHIN = "referral_unanswered"
_DEEDS = {
    "places": gettext_lazy("Places taken"),
    "details": gettext_lazy("What is published, to confirm"),
    "capacity": gettext_lazy("Capacity of the year"),
    "licence": gettext_lazy("A new licence"),
    "reopening": gettext_lazy("Opening again"),
    "proposal": gettext_lazy("Proposal to check"),
}


def referrals(user: User, today: dt.date) -> Waiting:
    """Referrals that wait for an answer, the oldest first; of a sealed case nobody is named."""
    waiting = Referral.objects.received_by(user).filter(status=ReferralStatus.SENT)
    found = waiting.select_related("person", "service", "case__keeper").order_by("sent_at", "id")
    lines = [_referral(one, today) for one in found[:_SHOWN]]
    more = waiting.count() - len(lines) if len(lines) == _SHOWN else 0
    return Waiting(lines, more, reverse("referrals_received"))


def _referral(referral: Referral, today: dt.date) -> DayLine:
    """Somebody waits, however far the last day for an answer is: it is work of today."""
    last = _answer_by(referral.sent_at)
    named = _("Answer to the referral of %(name)s") % {"name": referral.person}
    what = _("Answer to a referral") if referral.case.sealed else named
    until = _("answer by %(day)s") % {"day": short_day(last)} if last and last > today else ""
    return DayLine(
        what=what,
        url=reverse("referral_received", args=[referral.pk]),
        why=" · ".join(str(part) for part in (referral.service, referral.case.keeper, until) if part),
        when=min(last, today) if last else None,
    )


def _answer_by(sent_at: dt.datetime) -> dt.date | None:
    """The day after which the sender is told that the referral stayed without an answer."""
    rule = rulebook().rule(_ANSWER_WITHIN, on=timezone.localdate(sent_at))
    return due_date(sent_at, rule.offset) if rule and rule.offset else None


def services(user: User, today: dt.date) -> Waiting:
    """What must be said anew of the services that the account keeps, the latest first: a service a line; where many owe
    the same, that is one line."""
    by_duty: dict[str, list[DayLine]] = defaultdict(list)
    for row in own_to_do(user):
        owed = [one for one, _late in row.to_do]
        by_duty[owed[0].duty.key].append(
            DayLine(
                what=f"{_DEEDS[owed[0].duty.key]}: {row.service}",
                url=reverse("own_service", args=[row.service.pk]),
                whose=str(row.service),
                why=" · ".join(one.sentence() for one in owed),
                when=owed[0].due_on,
            )
        )
    lines: list[DayLine] = []
    for key, owing in by_duty.items():
        owing.sort(key=_in_order)
        lines += owing if len(owing) <= _APART else [_together(key, owing)]
    lines.sort(key=_in_order)
    return cut(lines, at=_SHOWN, all_at=reverse("own_services"))


def _in_order(line: DayLine) -> tuple[dt.date, str]:
    return line.when or dt.date.max, line.whose


def _together(duty: str, owing: Sequence[DayLine]) -> DayLine:
    """One line for many services that owe the same, until the first of their days."""
    many = ngettext("%(number)s service", "%(number)s services", len(owing)) % {"number": len(owing)}
    named = ", ".join(line.whose for line in owing[:_NAMED])
    return DayLine(
        what=f"{_DEEDS[duty]}: {many}",
        url=reverse("own_services"),
        whose=many,
        why=_("%(names)s and %(more)s more") % {"names": named, "more": len(owing) - _NAMED},
        when=owing[0].when,
    )


def meetings(user: User, today: dt.date) -> Waiting:
    """Invitations that wait for an answer, and what is to be done, as far as the words for a partner say."""
    asked = Invitation.objects.of_partner(user).filter(
        state=InvitationState.ASKED, meeting__state=MeetingState.PLANNED, meeting__day__gte=today
    )
    lines = [
        DayLine(
            what=_("Answer to an invitation"),
            url=reverse("partner_invitation", args=[one.pk]),
            why=str(one.meeting.keeper),
            when=one.meeting.day,
            hour=one.meeting.hour,
        )
        for one in asked.select_related("meeting__keeper").order_by("meeting__day", "pk")[:_SHOWN]
    ]
    tasks = Task.objects.of_partner(user).waiting().select_related("keeper")
    lines += [
        DayLine(
            what=one.words, url=reverse("partner_task", args=[one.pk]), why=str(one.keeper), when=one.due_on
        )
        for one in tasks[:_SHOWN]
    ]
    return cut(lines, at=_SHOWN, all_at=reverse("partner_meetings"))


def notifications(user: User, today: dt.date) -> Waiting:
    """What became lately of those that the institution told of, in the words for who told; never what was found."""
    since = timezone.now() - dt.timedelta(days=_NEWS_DAYS)
    told = Notification.objects.sent_by(user).filter(events__created_at__gte=since, events__kind__in=_NEWS)
    rows = told.select_related("keeper").distinct().order_by("-received_at", "pk")
    lines = [
        DayLine(
            what=_("Notification %(number)s: %(state)s") % {"number": one, "state": one.told_state},
            url=reverse("notification_sent", args=[one.pk]),
            whose=_("notification %(number)s") % {"number": one},
            why=str(one.keeper),
        )
        for one in rows[: _SHOWN + 1]
    ]
    return cut(lines, at=_SHOWN, all_at=reverse("notifications_sent"))


DAY = Guest(
    "partner",
    day=(
        Work(
            "referrals",
            who_may(Can.ANSWER_REFERRALS),
            referrals,
            gettext_lazy("referrals that wait for your answer"),
            "referrals_received",
            gettext_lazy("Referrals received"),
        ),
        Work(
            "invitations",
            who_may(Can.ANSWER_REFERRALS),
            meetings,
            gettext_lazy("invitations to meetings, and tasks"),
            "partner_meetings",
            gettext_lazy("Meetings and tasks"),
        ),
        Work(
            "own_notifications",
            who_may(Can.ANSWER_REFERRALS),
            notifications,
            gettext_lazy("news of what your institution told of"),
            "notifications_sent",
            gettext_lazy("Our notifications"),
        ),
        Work(
            "own_services",
            who_may(Can.KEEP_SERVICES),
            services,
            gettext_lazy("what must be said anew of your services: places, hours, capacity, licence"),
            "own_services",
            gettext_lazy("Our services"),
        ),
    ),
)
