"""Which households and cases a device may hold offline."""

import datetime as dt
from collections.abc import Collection
from uuid import UUID

from django.db.models import Q, QuerySet

from punte.accounts.models import User
from punte.cases.models import Case, CaseTeamMember
from punte.devices.models import Device
from punte.fieldwork.enums import EntryKind
from punte.fieldwork.models import FieldEntry, FieldPermit
from punte.kernel.prepared import moment_of_asking
from punte.people.asked import Asked
from punte.people.models import Household
from punte.people.sight import hidden_from

MOST_HOUSEHOLDS = 2_000
"""What a cheap tablet still filters while one types."""

FRESH = dt.timedelta(days=30)
"""How long a household that began on the device stays there although no case of it was opened yet."""


def households_offline(device: Device) -> list[Household]:
    """The households of the open cases for which the worker answers or in whose team they are, by name.

    Those of sealed cases only where their team allows it; and those that began on the device a short while ago. None
    where a sealed person lives in whose circle the worker is not.
    """
    return households(device.owner, device=device.pk)


def _households(worker: User, device: UUID) -> QuerySet[Household]:
    member_of = CaseTeamMember.objects.current().filter(user=worker).values("case")
    mine = _permitted(_worker_cases(worker)).filter(Q(responsible=worker) | Q(pk__in=member_of))
    begun = FieldEntry.objects.filter(
        device=device, kind=EntryKind.HOUSEHOLD_NEW, created_at__gt=moment_of_asking() - FRESH
    )
    there = Q(pk__in=mine.filter(household__sealed=False).values("household"))
    there |= Q(pk__in=mine.filter(sealed=True).values("household"))
    there |= Q(pk__in=begun.values("household"), sealed=False)
    visible = Household.objects.visible_to(worker).filter(there).exclude(pk__in=hidden_from(worker).lodgings)
    return visible.select_related("uat").order_by("folded_name", "id")[:MOST_HOUSEHOLDS]


def _cases(worker: User, households: Collection[UUID]) -> QuerySet[Case]:
    found = _permitted(_worker_cases(worker)).filter(household__in=households)
    return found.order_by("year", "number", "id")


def _worker_cases(worker: User) -> QuerySet[Case]:
    """The open cases that the worker of a device sees in the office."""
    return Case.objects.visible_to(worker).filter(open=True)


def _permitted(cases: QuerySet[Case]) -> QuerySet[Case]:
    allowed = FieldPermit.objects.current().values("case")
    return cases.filter(Q(sealed=False) | Q(pk__in=allowed))


households = Asked(_households)
"""Those that a device may hold, for its worker."""

cases = Asked(_cases)
"""The open cases of households that the worker sees; sealed ones only where their team allows it."""
