"""Which facets a case has: who may know of one, who may set it, and the dated rows of an extract."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from django.db.models import Q

from punte.accounts.enums import SEALED_COMPARTMENTS, Capability
from punte.accounts.models import User
from punte.cases.facets import Facet, facets
from punte.cases.models import Case, CaseFacet
from punte.kernel.extracts import PORTION, Pseudonyms, Table, month_of
from punte.kernel.prepared import Prepared
from punte.people.compartments import compartments_of, in_case_team
from punte.people.sight import households_in_sight


class HeldFacet(NamedTuple):
    """A facet that a case has, since `row.start`; whether the account may end it."""

    row: CaseFacet
    facet: Facet
    may_set: bool


def facets_of(user: User, case: Case) -> list[HeldFacet]:
    """The facets that a case has today and of which the account may know, in the order in which they were given."""
    known, read = facets(), compartments_of(user, case.household)
    return [
        HeldFacet(row, known[row.facet], may_set(user, case, known[row.facet]))
        for row in _held(case=case.pk)
        if row.facet in known and known[row.facet].compartment in read
    ]


_held = Prepared(
    lambda case: CaseFacet.objects.current().filter(case=case).order_by("start", "created_at", "pk")
)


def may_set(user: User, case: Case, facet: Facet) -> bool:
    """Whether an account that manages the case may give it a facet, and end it.

    Of violence and abuse the team of the case alone, whether a seal stands or not: what is offered else would tell that
    one was put.
    """
    if facet.compartment not in compartments_of(user, case.household):
        return False
    if facet.compartment not in SEALED_COMPARTMENTS:
        return True
    return case.responsible_id == user.pk or in_case_team(user, case.household)


def listed_facets(user: User) -> list[Facet]:
    """The facets by which an account may narrow a list of cases: none of violence or abuse, which no list tells."""
    read = user.standing.every_compartment() - SEALED_COMPARTMENTS
    return [one for one in facets().values() if one.compartment in read]


def has_facet(user: User, facet: Facet) -> Q:
    """The condition that a case has a facet today and the account may know of it."""
    if facet.compartment in SEALED_COMPARTMENTS:
        return Q(pk__in=())
    standing = user.standing
    seen = {
        keeper
        for capability in (Capability.SEE_PEOPLE, Capability.SEE_TEAM_CASES, Capability.SEE_ALL_CASES)
        for keeper in standing.organizations(capability)
    }
    reads = Q(household__keeper__in=[one for one in seen if facet.compartment in standing.compartments(one)])
    if facet.compartment in standing.every_compartment():
        reads |= Q(household__in=households_in_sight(user))
    return reads & Q(pk__in=CaseFacet.objects.current().filter(facet=facet.key).values("case"))


def tables(as_of: dt.date | None) -> Sequence[Table]:
    """Which facets cases had and when; none of violence or abuse.

    Args:
        as_of: a day on which a case must have had it to be in it.
    """

    def rows(pseudonyms: Pseudonyms, _moment: dt.datetime) -> Iterator[tuple[Any, ...]]:
        told = [one.key for one in facets().values() if one.compartment not in SEALED_COMPARTMENTS]
        known = CaseFacet.objects.filter(facet__in=told).order_by("pk")
        if as_of:
            known = known.on(as_of)
        read = ("case", "case__household", "case__keeper", "facet", "start", "end")
        for case, home, keeper, facet, start, end in known.values_list(*read).iterator(PORTION):
            yield (
                pseudonyms.of("case", case),
                pseudonyms.of("household", home),
                pseudonyms.of("organization", keeper),
                facet,
                month_of(start),
                month_of(end - dt.timedelta(days=1) if end else None),
            )

    return [
        Table(
            "case_facets",
            dict.fromkeys(("case", "household", "kept_by", "facet", "start", "end"), "VARCHAR"),
            rows,
        )
    ]
