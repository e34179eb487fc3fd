"""What petitions bring to a day: those given to the account, and those given to nobody yet."""

import datetime as dt

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from punte.accounts.enums import Capability as Can
from punte.accounts.guests import DayLine, Guest, Press, Waiting, Work, who_may
from punte.accounts.models import User
from punte.people.asked import Asked
from punte.petitions.models import Petition
from punte.www.frame.addresses import reverse

_SHOWN = 15


def petitions(user: User, today: dt.date) -> Waiting:
    """The petitions that wait for the account, the soonest term first; what they say stands on their pages alone."""
    lines = [_line(user, one) for one in _first_of_them(user)]
    more = _found(user).count() - len(lines) if len(lines) == _SHOWN else 0
    return Waiting(lines, more, reverse("petitions"))


def _found(user: User) -> QuerySet[Petition]:
    waiting = Petition.objects.visible_to(user).waiting()
    return waiting.filter(Q(assigned_to=user) | Q(assigned_to=None))


_first_of_them = Asked(
    lambda user: _found(user).order_by(F("due_on").asc(nulls_last=True), "-year", "-number")[:_SHOWN]
)


def _line(user: User, petition: Petition) -> DayLine:
    mine = petition.assigned_to_id == user.pk
    what = _("Answer to petition %(number)s") if mine else _("Petition %(number)s, nobody's yet")
    return DayLine(
        what=what % {"number": petition},
        url=reverse("petition", args=[petition.pk]),
        whose=str(petition),
        why=petition.get_kind_display(),
        when=petition.due_on,
        deed=Press(_("Answer"), reverse("petition_answer", args=[petition.pk])) if mine else None,
    )


DAY = Guest(
    "petitions",
    day=(
        Work(
            "petitions",
            who_may(Can.ANSWER_PETITIONS),
            petitions,
            gettext_lazy("petitions given to you, and those that are nobody's yet"),
            "petitions",
            gettext_lazy("Petitions"),
        ),
    ),
)
