"""Planned visits as pages of several areas show them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.cases.models import Visit
from punte.cases.visits import is_discreet, may_settle
from punte.kernel.today import today
from punte.www.frame.addresses import reverse


@dataclass(frozen=True)
class VisitShown:
    """A visit in a list that is read over the shoulder: of a sealed case or of violence only its number.

    Attributes:
        what: the deed and whose it is.
        whose: whom it is about, for who hears a button and does not see its line.
        record: where it is noted what was done; empty for who may not.
        called: what is done there.
        settles: whether the account may move it and say that it did not take place.
    """

    visit: Visit
    what: str
    whose: str
    url: str
    place: str
    purpose: str
    record: str
    called: str
    settles: bool

    @property
    def may_be_held(self) -> bool:
        """Whether a button may say that it took place: without a case there is no intervention to note."""
        return self.settles and self.visit.case is None and self.visit.day <= today()


def shown(user: User, visits: Iterable[Visit]) -> list[VisitShown]:
    """Visits that the account reads, in words."""
    return [_shown(user, visit) for visit in visits]


def _shown(user: User, visit: Visit) -> VisitShown:
    case, home, discreet = visit.case, visit.household, is_discreet(visit)
    settles = visit.is_planned and may_settle(user, visit)
    if discreet:
        whose = _("case %(number)s") % {"number": case} if case else ""
        what = _("Visit, case %(number)s") % {"number": case} if case else _("Visit")
    else:
        whose = home.name
        what = _("Visit to the %(name)s household") % {"name": home.name}
    record, called = _record_of(user, visit) if settles else ("", "")
    return VisitShown(
        visit=visit,
        what=what,
        whose=whose,
        url=reverse("case", args=[case.pk]) if case else reverse("household", args=[home.pk]),
        place="" if discreet else home.locality,
        purpose="" if discreet else visit.purpose,
        record=record,
        called=called,
        settles=settles,
    )


def _record_of(user: User, visit: Visit) -> tuple[str, str]:
    if visit.case:
        address = reverse("case_interventions", args=[visit.case.pk])
        return f"{address}?visit={visit.pk}", _("Note it")
    if user.standing.may(Capability.ASSESS, visit.keeper_id):
        return reverse("assess", args=[visit.household_id]), _("Assess")
    return "", ""
