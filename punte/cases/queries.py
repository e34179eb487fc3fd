"""Who may see which cases, and what hangs on them."""

import datetime as dt
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models

from punte.accounts.enums import Capability
from punte.accounts.policy import POWERS
from punte.people.sight import households_in_sight

if TYPE_CHECKING:
    from punte.accounts.models import User
    from punte.cases.models import Case, CaseDeadline, Intervention, Plan, Referral  # noqa: F401

Row = TypeVar("Row", bound=models.Model)


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, user: "User") -> Self:
        """Cases whose work the account shares.

        A sealed case is seen by its responsible worker, the last one when it is closed, and its case team alone. Any
        other is seen also by the team that holds it, by those who see all cases of the keeper, and by who opened the
        household in an emergency. Who no longer works on cases with the keeper sees none of its cases as responsible
        worker, and who no longer works on cases anywhere sees none at all, whatever is still in their name.
        """
        from punte.cases.models import CaseTeamMember, Responsibility

        works_for = user.standing.organizations(Capability.SEE_TEAM_CASES)
        if not works_for:
            return self.none()
        answered_for = models.Q(pk__in=Responsibility.objects.current().filter(user=user).values("case"))
        mine = models.Q(pk__in=CaseTeamMember.objects.current().filter(user=user).values("case")) | (
            models.Q(keeper__in=works_for) & (answered_for | models.Q(responsible=user, open=False))
        )
        shared = (
            models.Q(team__in=user.standing.teams(Capability.SEE_TEAM_CASES))
            | models.Q(keeper__in=user.standing.organizations(Capability.SEE_ALL_CASES))
            | models.Q(household__in=households_in_sight(user))
        )
        return self.filter(mine | (shared & models.Q(sealed=False)))

    def known_to(self, user: "User") -> Self:
        """Cases that the account may know to exist without reading them: a colleague's, never a sealed one."""
        return self.filter(sealed=False, keeper__in=user.standing.organizations(Capability.SEE_PEOPLE))

    def without_team(self, user: "User") -> Self:
        """Open sealed cases, of keepers for whom the account assigns, on which nobody works any more.

        Their number is all that may be shown of them.
        """
        from punte.accounts.models import Appointment
        from punte.cases.models import CaseTeamMember

        roles = [role for role, powers in POWERS.items() if Capability.SEE_TEAM_CASES in powers.capabilities]
        at_work = Appointment.objects.current().filter(role__in=roles, user__is_active=True)
        answering = at_work.filter(
            user=models.OuterRef("responsible"), organization=models.OuterRef("keeper")
        )
        members = CaseTeamMember.objects.current().filter(
            case=models.OuterRef("pk"), user__in=at_work.values("user")
        )
        keepers = user.standing.organizations(Capability.ASSIGN)
        alone = self.filter(~models.Exists(answering), ~models.Exists(members))
        return alone.filter(open=True, sealed=True, keeper__in=keepers)

    def of_worker(self, user: "User") -> Self:
        """Open cases for which the account answers today, of organisations where it still works."""
        return self.filter(
            open=True,
            responsible=user,
            keeper__in=user.standing.organizations(Capability.SEE_TEAM_CASES),
        )

    def caseload(self, user: "User") -> list[dict[str, Any]]:
        """The open cases of a worker, counted by regime and severity."""
        rows = self.of_worker(user).order_by().values("regime", "severity")
        return list(rows.annotate(cases=models.Count("*")).order_by("regime", "-severity"))


class _OfVisibleCases(models.QuerySet[Row]):
    def visible_to(self, user: "User") -> Self:
        """Those of cases that the account sees."""
        from punte.cases.models import Case

        return self.filter(case__in=Case.objects.visible_to(user))


class PlanQuerySet(_OfVisibleCases["Plan"]):
    """Versions of plans."""


class InterventionQuerySet(_OfVisibleCases["Intervention"]):
    """What was done."""


class ReferralQuerySet(_OfVisibleCases["Referral"]):
    def visible_to(self, user: "User") -> Self:
        """Referrals of the cases that the account sees, and those its organisation received."""
        from punte.cases.models import Case

        received = models.Q(organization__in=user.standing.organizations(Capability.ANSWER_REFERRALS))
        return self.filter(received | models.Q(case__in=Case.objects.visible_to(user)))

    def received_by(self, user: "User") -> Self:
        """Referrals that the account may answer."""
        return self.filter(organization__in=user.standing.organizations(Capability.ANSWER_REFERRALS))


class DeadlineQuerySet(_OfVisibleCases["CaseDeadline"]):
    def not_met(self) -> Self:
        """Terms that still stand: those of open cases, and the follow-up of closed ones."""
        return self.filter(met_on=None)

    def for_worker(self, user: "User") -> Self:
        """Terms of the cases that the account answers for, and of those that it answered for to the end."""
        return self.filter(worker=user, keeper__in=user.standing.organizations(Capability.SEE_TEAM_CASES))

    def overdue(self, day: dt.date) -> Self:
        """Terms that stood before `day` and were not met."""
        return self.not_met().filter(due_on__lt=day)
