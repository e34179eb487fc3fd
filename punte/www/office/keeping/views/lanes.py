"""What people agreed to, who else reads and to whom a case was handed over, on the line of time."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.guests import Lane, Mark, Stretch, Whose
from punte.cases.models import Case, Transfer
from punte.people.compartments import compartments_of, compartments_of_people
from punte.people.models import Consent, Sharing


def lanes(whose: Whose) -> Iterable[Lane]:
    """The consents of a person, or those of a household with what other institutions read and took over."""
    if whose.person is not None:
        read = compartments_of_people(whose.user, [whose.person])[whose.person.pk]
        return [_consents(whose, Q(person=whose.person), read)]
    read = compartments_of(whose.user, whose.household)
    return [_consents(whose, Q(household=whose.household), read), _others(whose)]


def _consents(whose: Whose, about: Q, read: Iterable[str]) -> Lane:
    rows = Consent.objects.known_to(whose.user).filter(about, compartment__in=[str(one) for one in read])
    shown = [
        Stretch(_called(one), one.start, _end(one))
        for one in rows.select_related("organization").order_by("start", "pk")
    ]
    return Lane(_("Consents"), shown)


def _called(one: Consent) -> str:
    receiver = one.organization or one.receiver
    return f"{one.purpose_named}, {receiver}" if receiver else one.purpose_named


def _end(one: Consent) -> dt.date | None:
    ends = [day for day in (one.end, one.withdrawn_on) if day]
    return min(ends) if ends else None


def _others(whose: Whose) -> Lane:
    """What stands of sharing, and the offers of cases that the account sees."""
    today = timezone.localdate()
    reads = Sharing.objects.standing(today).filter(household=whose.household).select_related("organization")
    seen = Case.objects.visible_to(whose.user).filter(household=whose.household)
    offers = Transfer.objects.filter(case__in=seen).select_related("organization")
    return Lane(
        _("Other institutions"),
        [
            Stretch(
                _("%(who)s reads") % {"who": one.organization}, one.start, one.until + dt.timedelta(days=1)
            )
            for one in reads.order_by("start", "pk")
            if one.start
        ],
        [
            Mark(
                _("offered to %(who)s") % {"who": one.organization},
                one.created_at.date(),
                reverse("transfer", args=[one.pk]),
            )
            for one in offers.order_by("created_at", "pk")
        ],
    )
