"""The families with an attestation that one institution keeps, and for whom one is looked; without a name."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from punte.accounts.models import User
from punte.people.models import Kinship, Membership
from punte.people.sight import hidden_from
from punte.protection.criteria import criteria
from punte.protection.matching import Family, Fit, Point, Wanted, ranked
from punte.protection.models import FamilySearch, holding
from punte.registers.catalogue import register_named
from punte.registers.definition import Field
from punte.registers.models import Entry
from punte.territory.models import Uat


def attested(user: User, keeper: UUID, *, today: dt.date | None = None) -> QuerySet[Entry]:
    """The attestations of an institution that hold today, of people of whom nothing is hidden from the account."""
    day, named = today or timezone.localdate(), criteria().registers
    return Entry.objects.filter(
        Q(end=None) | Q(end__gt=day),
        register=named.attestation,
        keeper=keeper,
        state__in=named.taking,
        start__lte=day,
        person__died_on=None,
    ).exclude(person__in=list(hidden_from(user).people))


def needs_offered() -> Field:
    """The field of an attestation that says what a family can care for."""
    return register_named(criteria().registers.attestation).fields["needs"]


def free_in(entry: Entry, held: int) -> int:
    """How many places are free in a family where `held` are held; never below none."""
    places, already = (entry.values.get(name) or 0 for name in ("places", "already"))
    return max(int(places) - int(already) - held, 0)


def held_in(attestations: Sequence[UUID]) -> dict[UUID, int]:
    """How many places measures hold today in each of some families."""
    rows = holding().filter(attestation__in=attestations).order_by()
    return dict(rows.values_list("attestation").annotate(many=Count("pk")))


def fits_of(user: User, search: FamilySearch) -> list[Fit]:
    """The families that fit a search, the best first, as of now; a number of queries that does not grow."""
    children = list(search.children.all())
    kin = Kinship.objects.filter(Q(person__in=children) | Q(relative__in=children)).values_list(
        "person", "relative"
    )
    related = {one for pair in kin for one in pair}
    housemates = Membership.objects.current().filter(household=search.case.household_id)
    entries = list(
        attested(user, search.case.keeper_id)
        .exclude(person__in=related)
        .exclude(person__in=housemates.values("person"))
        .select_related("version")
        .order_by("pk")
    )
    held = held_in([entry.pk for entry in entries])
    homes = _homes([entry.person_id for entry in entries])
    families = [_family(entry, held.get(entry.pk, 0), homes.get(entry.person_id)) for entry in entries]
    return ranked(wanted_of(search, children), families, criteria(), wider=search.wider)


def wanted_of(search: FamilySearch, children: Sequence[Any]) -> Wanted:
    """For whom a search is."""
    uat = search.case.household.uat
    ages = [child.age_on() for child in children]
    return Wanted(
        ages=[age for age in ages if age is not None],
        sexes=frozenset(child.sex for child in children if child.sex),
        needs=frozenset(search.needs),
        together=len(children),
        place=str(uat.pk),
        point=_point(uat),
    )


def code_of(search: FamilySearch, attestation: UUID) -> str:
    """By what a family is called within one search, so that nobody is known by it elsewhere."""
    return salted_hmac(f"punte.protection.{search.pk}", str(attestation)).hexdigest()[:6].upper()


def _family(entry: Entry, held: int, uat: Uat | None) -> Family:
    said = entry.values
    return Family(
        key=entry.pk,
        free=free_in(entry, held),
        age_from=said.get("age_from"),
        age_to=said.get("age_to"),
        sex=said.get("sex") or "",
        needs=frozenset(said.get("needs") or ()),
        siblings=said.get("siblings"),
        place=str(uat.pk) if uat else "",
        point=_point(uat) if uat else None,
    )


def _homes(people: Sequence[UUID | None]) -> dict[UUID | None, Uat]:
    rows = Membership.objects.current().filter(person__in=people).select_related("household__uat")
    return {row.person_id: row.household.uat for row in rows.order_by("start", "pk")}


def _point(uat: Uat) -> Point | None:
    if uat.latitude is None or uat.longitude is None:
        return None
    return uat.latitude, uat.longitude
