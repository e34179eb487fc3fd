"""A town with a case, its people, a school and the police beside it."""

import datetime as dt
from typing import Any

from django.utils import timezone

from punte.accounts.enums import Role
from punte.accounts.models import User
from punte.cases.actions import add_team_member, open_case
from punte.cases.enums import Regime
from punte.cases.models import Case
from punte.gatherings.actions import Invitee, call_conference
from punte.gatherings.enums import InvitedAs
from punte.gatherings.models import Meeting
from tests.factories import HouseholdFactory, OrganizationFactory, family, worker


class Town:
    """Its manager called Elena, a nurse in the case team, a child of 12, a school and the police with accounts."""

    def __init__(self) -> None:
        self.house = OrganizationFactory()
        self.manager = worker(Role.CASE_MANAGER, organization=self.house)
        self.nurse = worker(Role.COMMUNITY_NURSE, organization=self.house)
        self.stranger = worker(Role.SOCIAL_WORKER, organization=self.house)
        self.home = HouseholdFactory(keeper=self.house, name="Exemplescu")
        self.mother, self.child = family(34, 12, household=self.home)
        self.case = open_case(
            by=self.manager, household=self.home, regime=Regime.INTENSIVE, reason="Absențe la școală"
        )
        add_team_member(by=self.manager, case=self.case, user=self.nurse)
        self.school = OrganizationFactory(name="Școala Exemplu", kind="school", brought_by=self.house)
        self.police = OrganizationFactory(name="Poliția Exemplu", kind="police", brought_by=self.house)
        self.teacher = worker(Role.PARTNER, organization=self.school)
        self.officer = worker(Role.PARTNER, organization=self.police)

    def conference(self, *, invite: Any = None, **said: Any) -> Meeting:
        """A conference of the case: the nurse, the school and the police, the mother and the child are invited."""
        usual = [
            Invitee(InvitedAs.COLLEAGUE, user=self.nurse),
            Invitee(InvitedAs.PARTNER, organization=self.school, mandatory=True, brings="Situația școlară"),
            Invitee(InvitedAs.PARTNER, organization=self.police, mandatory=True),
            Invitee(InvitedAs.FAMILY, person=self.mother),
            Invitee(InvitedAs.CHILD, person=self.child),
        ]
        about = {
            "reason": "review",
            "day": timezone.localdate(),
            "hour": dt.time(10),
            "subject": "Absențele",
            **said,
        }
        return call_conference(
            by=self.manager, case=self.case, invite=usual if invite is None else invite, **about
        )


def again(user: User) -> User:
    """The account as a new request reads it."""
    return User.objects.get(pk=user.pk)


def fresh(case: Case) -> Case:
    """The case as it is now."""
    return Case.objects.get(pk=case.pk)


def this_half_year() -> str:
    """The half-year that runs, as the address of a report names it."""
    today = timezone.localdate()
    return f"{today.year}-{1 if today.month < 7 else 7:02}-01"
