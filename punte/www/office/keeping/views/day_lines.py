"""What others ask for comes to the day of who answers for the case."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from punte.accounts.enums import Capability
from punte.accounts.guests import DayLine, Guest, Waiting, Work, cut, who_may
from punte.accounts.models import User
from punte.cases.models import Transfer
from punte.cases.sharings import sharings_to_answer
from punte.cases.transfers import transfers_to_answer
from punte.gatherings.models import Opened
from punte.people.asked import Asked
from punte.people.models import Sharing
from punte.www.frame.addresses import reverse
from punte.www.office.keeping.views.lanes import lanes

_SHOWN = 10
_NEW = dt.timedelta(days=7)


def sharings(user: User, today: dt.date) -> Waiting:
    """Who asks to read a record, the oldest first."""
    lines = [_asked(one, today) for one in sharings_to_answer(user)]
    return cut(lines, at=_SHOWN, all_at=reverse("my_day"))


def shared(user: User, today: dt.date) -> Waiting:
    """What others let us read since a few days without having been asked: nothing else leads there."""
    return cut([_shared(one) for one in _newly_read(user)], at=_SHOWN, all_at=reverse("shared_records"))


_newly_read = Asked(
    lambda user: (
        Sharing.objects.read_by(user)
        .filter(own_household=None, start__gt=timezone.localdate() - _NEW)
        .select_related("household__keeper")
        .defer("household__safe_contact")
        .order_by("-start", "-pk")[: _SHOWN + 1]
    )
)


def opened(user: User, _today: dt.date) -> Waiting:
    """What a supervisor opened to a student or a volunteer."""
    lines = [
        DayLine(
            what=_("The %(name)s household") % {"name": one.case.household.name},
            url=reverse("opened_record", args=[one.pk]),
            whose=one.case.household.name,
            why=one.why,
            when=one.until,
        )
        for one in Opened.objects.read_by(user)
    ]
    return cut(lines, at=_SHOWN, all_at=reverse("opened_records"))


def _shared(one: Sharing) -> DayLine:
    return DayLine(
        what=_("%(who)s lets us read the record of the %(name)s household")
        % {"who": one.household.keeper, "name": one.household.name},
        url=reverse("shared_record", args=[one.pk]),
        whose=one.household.name,
        why=", ".join(one.parts_named),
    )


def transfers(user: User, today: dt.date) -> Waiting:
    """Cases that others offer, the oldest first."""
    lines = [_offered(one, today) for one in transfers_to_answer(user)]
    return cut(lines, at=_SHOWN, all_at=reverse("my_day"))


def _offered(one: Transfer, today: dt.date) -> DayLine:
    return DayLine(
        what=_("%(who)s offers a case: the %(name)s household")
        % {"who": one.case.keeper, "name": one.case.household.name},
        url=reverse("transfer_answer", args=[one.pk]),
        whose=one.case.household.name,
        when=today,
    )


def _asked(one: Sharing, today: dt.date) -> DayLine:
    return DayLine(
        what=_("%(who)s asks to read the record of the %(name)s household")
        % {"who": one.organization, "name": one.household.name},
        url=reverse("sharing_answer", args=[one.pk]),
        whose=one.household.name,
        why=", ".join(one.parts_named),
        when=today,
    )


KEEPING = Guest(
    "keeping",
    lanes=lanes,
    day=(
        Work(
            "sharings",
            who_may(Capability.MANAGE_CASE),
            sharings,
            gettext_lazy("Requests of other institutions"),
            "households",
            gettext_lazy("Households"),
        ),
        Work(
            "shared",
            who_may(Capability.MANAGE_CASE),
            shared,
            gettext_lazy("Records that others let us read"),
            "shared_records",
            gettext_lazy("Shared with us"),
        ),
        Work(
            "opened",
            who_may(Capability.READ_OPENED),
            opened,
            gettext_lazy("What your supervisor opened to you"),
            "opened_records",
            gettext_lazy("Open to me"),
        ),
        Work(
            "transfers",
            who_may(Capability.MANAGE_CASE),
            transfers,
            gettext_lazy("Cases that others offer"),
            "cases",
            gettext_lazy("Cases"),
        ),
    ),
)
