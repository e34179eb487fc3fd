"""Sheets as their readers see them: numbers that may be seen, who has sent, who is late."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.organizations.enums import OrganizationKind
from punte.organizations.models import Organization
from punte.returns.enums import SheetState
from punte.returns.models import Sheet
from punte.territory.models import County, Uat

SENT = (SheetState.SENT, SheetState.FROZEN)


def reads_whole(user: User, sheet: Sheet) -> bool:
    """Whether an account sees the small numbers of a sheet too.

    Who answers for all cases where it was counted; who plans for the directorate to which it was sent, as the form asks
    it; and who plans for a directorate, of the sheet of the whole county.
    """
    standing = user.standing
    if standing.may(Capability.SEE_ALL_CASES, sheet.organization_id):
        return True
    if sheet.state in SENT and sheet.receiver_id and standing.may(Capability.PLAN, sheet.receiver_id):
        return True
    of_county = sheet.organization.kind == OrganizationKind.COUNTY_DIRECTORATE
    return of_county and standing.may(Capability.PLAN, sheet.organization_id)


def is_small(value: int | None) -> bool:
    """Whether a number is about too few people for who does not see all cases there."""
    return value is not None and 0 < value < settings.PUBLICATION_THRESHOLD


@dataclass(frozen=True)
class Sender:
    """How one institution stands with a form of a quarter."""

    sheet: Sheet
    late: int
    """How many days past the term; 0 where it was sent, or is not due yet."""


def senders(directorate: Organization, form: str, period: str, today: dt.date) -> list[Sender]:
    """The institutions that send a directorate a form of a quarter: who is late first, then who has not sent."""
    rows = Sheet.objects.filter(receiver=directorate, form=form, period=period).select_related(
        "organization__uat"
    )
    found = [
        Sender(one, 0 if one.state in SENT or one.due_on is None else max(0, (today - one.due_on).days))
        for one in rows.defer("counted", "values", "before_values")
    ]
    return sorted(found, key=lambda one: (-one.late, one.sheet.state in SENT, one.sheet.organization.name))


def without_institution(directorate: Organization, found: Sequence[Sender]) -> int:
    """How many UATs of the county work without Punte: their sheets come on paper."""
    if directorate.uat is None:
        return 0
    here = {uat for one in found if (uat := one.sheet.organization.uat_id)}
    return Uat.objects.filter(county=directorate.uat.county_id).exclude(pk__in=here).count()


def directorates(user: User) -> list[Organization]:
    """The directorates for which an account plans."""
    planning = user.standing.organizations(Capability.PLAN)
    rows = Organization.objects.filter(pk__in=planning, kind=OrganizationKind.COUNTY_DIRECTORATE)
    return list(rows.select_related("uat").order_by("name"))


def county_of(user: User) -> str:
    """The county of which an account reads the figures: that of its institutions; empty where none is known."""
    own = user.standing.organizations(Capability.SEE_TOTALS) | user.standing.organizations(Capability.PLAN)
    found = County.objects.filter(uats__organizations__in=own).order_by("code").values_list("code", flat=True)
    return found.first() or ""
