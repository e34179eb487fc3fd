"""What the record of a household shows, gathered from the rooms that know it."""

import datetime as dt
from typing import Any

from django.utils import timezone

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.cases.models import Case
from punte.cases.visits import planned_with
from punte.fieldwork.files_in_sight import files_of
from punte.fieldwork.left_behind import left_of
from punte.kernel.prepared import Prepared
from punte.people.asked import Asked
from punte.people.compartments import compartments_of
from punte.people.enums import Relation
from punte.people.models import Household, HouseholdSight, IdentityDocument, Membership, Residence
from punte.people.sight import hidden_from
from punte.www.frame.case_page import sensitive
from punte.www.frame.consents import consents_of_household
from punte.www.frame.findings import Findings, Reader
from punte.www.frame.keeping import keeping_of
from punte.www.frame.other_questionnaires import other_questionnaires
from punte.www.frame.visits import shown

_EXPIRES_SOON = dt.timedelta(days=60)


def household_record(user: User, household: Household) -> dict[str, Any]:
    """The context of the household page, within what the account reads."""
    today = timezone.localdate()
    hidden = hidden_from(user)
    lived = hidden.as_seen(_lived(user, household=household.pk))
    now = [one for one in lived if one.holds_on(today)]
    may = user.standing.may
    keeper = household.keeper_id
    findings = _findings(user, household)
    return {
        "household": household,
        "members": sorted(now, key=_reference_first),
        "past": [one for one in lived if not one.holds_on(today)],
        "other_questionnaires": other_questionnaires(user, household, [None, *(one.person for one in now)]),
        "expiring": _expiring(now, today),
        "findings": findings,
        "fresh": (),
        "sensitive": sensitive(findings.shown) if findings else False,
        **_where(user, household, today),
        "cases": _cases(user, household=household.pk),
        "colleagues_case": colleagues_case(user, household),
        "emergency": _own_emergency(user, household),
        "keeping": keeping_of(user, household, [one.person.cnp_index for one in now]),
        "consents": consents_of_household(user, household, [one.person_id for one in now]),
        "files": files_of(user, household),
        "left_behind": left_of(user, household),
        "may_change": may(Capability.EDIT_PEOPLE, keeper),
        "may_assess": may(Capability.ASSESS, keeper),
        "may_open_case": may(Capability.MANAGE_CASE, keeper),
        "may_see_trail": may_see_trail(user, keeper),
        "visits": shown(user, planned_with(user, household)),
        "today": today,
    }


def _where(user: User, household: Household, today: dt.date) -> dict[str, Any]:
    """Where it lives and lived, the newest first; the dwelling is the keeper's to open."""
    rows = _residences(household=household.pk)
    now = next((one for one in rows if one.holds_on(today)), None)
    opens = now is not None and user.standing.may(Capability.SEE_PEOPLE, household.keeper_id)
    return {
        "dwelling": now.dwelling_id if now and opens else None,
        "lived_before": [one for one in rows if one is not now],
    }


def may_see_trail(user: User, keeper: Any) -> bool:
    """Whether the account may read who saw a record that an organisation keeps."""
    return any(
        user.standing.may(capability, keeper)
        for capability in (Capability.SEE_AUDIT, Capability.MANAGE_CASE, Capability.SEE_ALL_CASES)
    )


def _reference_first(lived: Membership) -> tuple[bool, dt.date, Any]:
    return lived.relation != Relation.REFERENCE, lived.person.birth_date or dt.date.max, lived.pk


def _expiring(now: list[Membership], today: dt.date) -> list[IdentityDocument]:
    return _papers(people=[lived.person_id for lived in now], until=today + _EXPIRES_SOON)


def _findings(user: User, household: Household) -> Findings | None:
    return Reader(user, household.pk, compartments_of(user, household)).newest()


def colleagues_case(user: User, household: Household) -> Case | None:
    """An open case of the household that the account may know to exist without reading it."""
    return next(iter(_of_colleagues(user, household=household.pk)), None)


def _own_emergency(user: User, household: Household) -> HouseholdSight | None:
    sights = _sights(user=user.pk, household=household.pk, now=timezone.now())
    return next(iter(sights), None)


_lived = Asked(
    lambda user, household: (
        hidden_from(user)
        .beyond(Membership.objects.filter(household=household))
        .select_related("person")
        .defer("person__cnp", "person__ethnicity")
        .order_by("start", "pk")
    )
)
_cases = Asked(lambda user, household: Case.objects.visible_to(user).filter(household=household))
_of_colleagues = Asked(
    lambda user, household: (
        Case.objects.known_to(user)
        .filter(household=household, open=True)
        .exclude(pk__in=Case.objects.visible_to(user).filter(household=household))[:1]
    )
)
_residences = Prepared(
    lambda household: Residence.objects.filter(household=household).select_related("uat").order_by("-start")
)
_papers = Prepared(
    lambda people, until: (
        IdentityDocument.objects.filter(person__in=people, expires_on__lte=until)
        .select_related("person")
        .defer("number", "person__cnp", "person__ethnicity")
        .order_by("expires_on")
    )
)
_sights = Prepared(
    lambda user, household, now: HouseholdSight.objects.filter(
        user=user, household=household, expires_at__gt=now
    ).order_by("-expires_at")[:1]
)
