"""What is drawn on a provider's first page: referrals by week, places taken at the end of each week."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from punte.accounts.enums import Capability as Can
from punte.accounts.guests import who_may
from punte.accounts.models import User
from punte.accounts.pictures import Drawn, Picture, Series
from punte.cases.enums import ReferralStatus
from punte.cases.models import Referral
from punte.directory.models import OccupancySnapshot, Service
from punte.directory.services.keepers import kept_by
from punte.www.frame.addresses import reverse
from punte.www.frame.pictures import by_week, since, week_of, weeks

_TAKEN_IN = (ReferralStatus.ACCEPTED, ReferralStatus.DONE)


def referrals(user: User, today: dt.date) -> Drawn:
    """Referrals received, by the week in which they were sent."""
    sent = Referral.objects.received_by(user).filter(sent_at__gte=since(today))
    rows = sent.exclude(status=ReferralStatus.WITHDRAWN).order_by().values_list("sent_at", "status")
    return by_week(
        today,
        [(at, "taken_in" if status in _TAKEN_IN else status) for at, status in rows],
        [
            ("taken_in", pgettext("picture", "taken in"), "done"),
            (ReferralStatus.REFUSED, pgettext("picture", "refused"), "second"),
            (ReferralStatus.SENT, _("waiting for your answer"), "open"),
        ],
        url=reverse("referrals_received"),
        leads=_("Referrals received"),
    )


def places(user: User, today: dt.date) -> Drawn | None:
    """Places taken in the account's own services at the end of each week, by the last count before it."""
    own = {
        one.pk: one.places
        for one in Service.objects.active().filter(kept_by(user)).only("places")
        if one.places
    }
    rows = OccupancySnapshot.objects.filter(service__in=own).order_by("at", "pk")
    counts = [
        (service, timezone.localdate(at), taken)
        for service, at, taken in rows.values_list("service", "at", "taken")
    ]
    if not counts:
        return None
    mondays = weeks(today)
    ends = [*mondays[1:], today + dt.timedelta(days=1)]
    taken = [{service: number for service, day, number in counts if day < end} for end in ends]
    free = [sum(max(0, own[key] - number) for key, number in last.items()) for last in taken]
    return Drawn(
        [week_of(one) for one in mondays],
        [
            Series(pgettext("picture", "taken"), "done", [sum(last.values()) for last in taken]),
            Series(pgettext("picture", "free"), "open", free),
        ],
        url=reverse("own_services"),
        leads=_("Our services"),
        of_whole=True,
        note=_("Of the services whose places were counted, by the last count until the end of each week."),
    )


PICTURES = (
    Picture(
        "referrals",
        gettext_lazy("Referrals received, by week"),
        who_may(Can.ANSWER_REFERRALS),
        referrals,
        "weeks",
    ),
    Picture("places", gettext_lazy("Places taken, by week"), who_may(Can.KEEP_SERVICES), places, "weeks"),
)
