"""The parts of a household's record that are shared, as a page of another institution shows them."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db.models import Q

from punte.accounts.models import User
from punte.cases.enums import PlanStatus
from punte.cases.models import Objective, Referral
from punte.cases.sharings import compartments_shared
from punte.people.enums import SharedPart
from punte.people.models import Membership, Sharing
from punte.www.frame.findings import Findings, Reader


def shared_parts(user: User, sharing: Sharing) -> dict[str, Any]:
    """What of the record is shown: None for a part that was not granted."""
    return parts_of(user, sharing.household_id, sharing.parts, compartments_shared(user, sharing))


def parts_of(user: User, home: UUID, parts: Collection[str], within: Any) -> dict[str, Any]:
    """Some parts of a record, within some compartments: None for a part that is not among them."""
    lives = Membership.objects.current().filter(household=home).select_related("person")
    members = list(lives.defer("person__cnp", "person__ethnicity").order_by("person__birth_date", "pk"))
    people = {one.person_id for one in members}
    granted = set(parts)
    return {
        "members": members if SharedPart.MEMBERS in granted else None,
        "findings": _findings(user, home, within, people) if SharedPart.FINDINGS in granted else None,
        "objectives": _objectives(home, within, people) if SharedPart.PLAN in granted else None,
        "referrals": _referrals(home, people) if SharedPart.REFERRALS in granted else None,
        "fresh": (),
        "granted": granted,
    }


def _findings(user: User, home: UUID, within: Any, people: Any) -> Findings | None:
    """What the newest assessment found of the household and of who lives there today."""
    found = Reader(user, home, within).newest()
    if found is None:
        return None
    here = [one for one in found.shown if one.person is None or one.person.pk in people]
    return replace(found, shown=here, gaps=(), described=())


def _objectives(home: UUID, within: Any, people: Any) -> list[Objective]:
    rows = Objective.objects.filter(
        Q(person=None) | Q(person__in=people),
        plan__case__household=home,
        plan__case__open=True,
        plan__status=PlanStatus.ADOPTED,
        compartment__in=within,
        later=False,
    )
    return list(rows.select_related("person").prefetch_related("steps").order_by("plan", "position", "pk"))


def _referrals(home: UUID, people: Any) -> list[Referral]:
    rows = Referral.objects.filter(case__household=home, person__in=people)
    found = rows.select_related("person", "service", "organization", "step__objective").order_by(
        "-sent_at", "-pk"
    )
    return [one for one in found.defer("need", "answer") if not one.tells_of_violence]
