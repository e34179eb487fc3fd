"""Two institutions that work with the same woman, each with its own record and case."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from punte.accounts.enums import Role
from punte.accounts.models import User
from punte.cases.actions import open_case
from punte.cases.models import Case
from punte.kernel.encryption import blind_index
from punte.people.models import Consent, Household
from tests.factories import (
    ConsentFactory,
    HouseholdFactory,
    OrganizationFactory,
    TeamFactory,
    family,
    invented_cnp,
    worker,
)

BORN = dt.date(1990, 5, 7)
CNP = invented_cnp(BORN, sex="f")
WHAT = {"parts": ["members", "plan"], "what_for": "Să nu facem același lucru de două ori"}


@dataclass
class Keepers:
    """`kept` is the record that is read; `own` that of who asks. Each has a worker who answers for its case."""

    keeper: User
    asker: User
    kept: Household
    own: Household
    case: Case
    own_case: Case
    consent: Consent


def two_keepers() -> Keepers:
    """Both institutions at work, and a consent of the household to what the asker asks for."""
    made = []
    for name in ("Dinu", "Dinu-Pop"):
        team = TeamFactory(organization=OrganizationFactory())
        home = HouseholdFactory(keeper=team.organization, name=name)
        mother, _child = family(34, 6, household=home)
        mother.cnp, mother.cnp_index, mother.birth_date = CNP, blind_index(CNP), BORN
        mother.save()
        user = worker(Role.CASE_MANAGER, team=team)
        made.append((user, home, open_case(by=user, household=home, regime="standard", reason="Vizită")))
    (keeper, kept, case), (asker, own, own_case) = made
    consent = ConsentFactory(
        person=None, household=own, purpose="share_with_institution", organization=kept.keeper, by=asker
    )
    return Keepers(again(keeper), again(asker), kept, own, case, own_case, consent)


def again(user: User) -> User:
    return User.objects.get(pk=user.pk)


def in_days(days: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)
