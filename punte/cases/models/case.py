"""A case: who keeps it, who answers for it and works on it, under which regime; who may see it."""

import datetime as dt
from collections.abc import Collection
from typing import Any, Self, TypeVar

from django.db import models

from punte.accounts.enums import Capability
from punte.accounts.models import Appointment, Team, User
from punte.accounts.policy import POWERS
from punte.assessments.models import Assessment
from punte.cases.enums import Outcome, Regime
from punte.kernel.among import among
from punte.kernel.constraints import NoOverlap
from punte.kernel.encryption import EncryptedTextField
from punte.kernel.models import Period, PeriodQuerySet, Record
from punte.organizations.models import Organization
from punte.people.models import Household, Person
from punte.people.sight import hidden_from, households_in_sight

Row = TypeVar("Row", bound=models.Model)


class CaseNumber(models.Model):
    """The last case number that an organisation gave in a year."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "year"], name="one_case_numbering_per_year")
        ]


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, user: User) -> Self:
        """Cases whose work the account shares.

        A sealed case is seen by its responsible worker, the last one when it is closed, and its case team alone. Any
        other is seen also by the team that holds it, by those who see all cases of the keeper, and by who opened the
        household in an emergency. Who no longer works on cases with the keeper sees none of its cases as responsible
        worker, and who no longer works on cases anywhere sees none at all, whatever is still in their name.
        """
        works_for = user.standing.organizations(Capability.SEE_TEAM_CASES)
        if not works_for:
            return self.none()
        shared = (
            models.Q(team__in=user.standing.teams(Capability.SEE_TEAM_CASES))
            | models.Q(keeper__in=user.standing.organizations(Capability.SEE_ALL_CASES))
            | models.Q(household__in=households_in_sight(user))
        )
        # Of a household where only sealed people live nobody outside their circle sees a case either.
        seen = models.Q(sealed=False) & ~models.Q(household__in=hidden_from(user).households)
        return self.filter(_worked_on_by(user) | (shared & seen))

    def worked_on_by(self, user: User) -> Self:
        """Cases for which the account answers, or in whose team it is: as few as would see it if it were sealed."""
        if not user.standing.organizations(Capability.SEE_TEAM_CASES):
            return self.none()
        return self.filter(_worked_on_by(user))

    def numbered(self, user: User, number: int, years: Collection[int]) -> Self:
        """Of those that the account sees, the ones of a number in some years, the newest first.

        Identifiers are asked for first, by the index of numbers: who sees a case is read of those few alone.
        """
        works_for = user.standing.organizations(Capability.SEE_TEAM_CASES)
        of_number = Case.objects.filter(year__in=years, number=number).order_by()
        kept = of_number.filter(keeper__in=works_for).values("pk")
        # A household in sight may have a case of another keeper.
        given = of_number.filter(household__in=households_in_sight(user)).values("pk")
        return self.visible_to(user).filter(pk__in=kept.union(given)).order_by("-year", "keeper")

    def known_to(self, user: User) -> Self:
        """Cases that the account may know to exist without reading them: a colleague's, never a sealed one.

        Nor one of a household where a sealed person lives in whose circle the account is not: what follows from it
        would tell so.
        """
        keepers = user.standing.organizations(Capability.SEE_PEOPLE)
        known = self.exclude(household__in=hidden_from(user).lodgings)
        return known.filter(sealed=False, keeper__in=keepers)

    def without_team(self, user: User) -> Self:
        """Open sealed cases, of keepers for whom the account assigns, on which nobody works any more.

        Their number is all that may be shown of them.
        """
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

    def of_worker(self, user: User) -> Self:
        """Open cases for which the account answers today, of organisations where it still works."""
        return self.filter(
            open=True,
            responsible=user,
            keeper__in=user.standing.organizations(Capability.SEE_TEAM_CASES),
        )

    def caseload(self, user: User) -> models.QuerySet[Any, Any]:
        """The open cases of a worker, counted by regime and severity."""
        rows = self.of_worker(user).order_by().values("regime", "severity")
        return rows.annotate(cases=models.Count("*")).order_by("regime", "-severity")


def _worked_on_by(user: User) -> models.Q:
    works_for = user.standing.organizations(Capability.SEE_TEAM_CASES)
    answered_for = models.Q(pk__in=Responsibility.objects.current().filter(user=user).values("case"))
    return models.Q(pk__in=CaseTeamMember.objects.current().filter(user=user).values("case")) | (
        models.Q(keeper__in=works_for) & (answered_for | models.Q(responsible=user, open=False))
    )


class Case(Record):
    """The work of an organisation with a household, or with one person of it."""

    keeper = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="cases")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="cases")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="cases")
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="cases")
    # Whether a seal stands, as `refresh_seals` copies it from the CaseSeal rows: lists ask one index.
    sealed = models.BooleanField(default=False)
    open = models.BooleanField(default=True)
    regime = models.CharField(max_length=12, choices=Regime)
    severity = models.PositiveSmallIntegerField(default=0)
    severe_child = models.BooleanField(default=False)
    # The soonest of its terms that are not met, as `refresh_deadlines` copies it: lists sort by one index.
    due_on = models.DateField(null=True, blank=True)
    # Who answers for the case today, beside its history in Responsibility: workload is counted from one index.
    responsible = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="cases_answered_for"
    )

    # Since when nothing that was written in it is left: number, regimes, days and outcome stay, and still count.
    erased_on = models.DateField(null=True, blank=True, editable=False)

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["keeper", "year", "number"], name="one_case_of_a_number"),
            models.UniqueConstraint(
                fields=["household"],
                condition=models.Q(person=None, open=True),
                name="one_open_case_per_household",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(open=True, person__isnull=False),
                name="one_open_case_per_person",
            ),
        ]
        indexes = [
            models.Index(fields=["team", "open", "regime"], name="cases_of_team"),
            models.Index(fields=["keeper", "open", "-year", "-number"], name="cases_of_keeper_newest_first"),
            models.Index(fields=["keeper", "open", "due_on"], name="cases_of_keeper_soonest_first"),
            models.Index(
                fields=["responsible", "open", "regime", "severity", "keeper"], name="workload_of_worker"
            ),
            models.Index(
                fields=["due_on", "id"], condition=models.Q(open=True), name="open_cases_soonest_first"
            ),
            models.Index(
                fields=["keeper", "open", "team", "responsible", "regime"], name="workload_of_teams"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}/{self.number:04d}"


class CaseEpisode(Period):
    """From an opening to a closing, each with its reason; a reopened case has several."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="episodes")
    assessment = models.ForeignKey(
        Assessment, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opening_reason = EncryptedTextField()
    closed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    closing_reason = EncryptedTextField()
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)

    class Meta(Period.Meta):
        constraints = [*Period.Meta.constraints, NoOverlap(name="one_open_episode_per_case", key=["case"])]


class RegimePeriod(Period):
    """The regime of a case for a while, with the assessment and the reason that set it (R1-R3)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="regimes")
    regime = models.CharField(max_length=12, choices=Regime)
    assessment = models.ForeignKey(
        Assessment, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = EncryptedTextField()

    class Meta(Period.Meta):
        constraints = [*Period.Meta.constraints, NoOverlap(name="one_open_regime_per_case", key=["case"])]


class ResponsibilityQuerySet(PeriodQuerySet["Responsibility"]):
    def end_on(self, day: dt.date) -> None:
        """End what holds on `day`, and drop what was to begin after it."""
        self.filter(start__gt=day).delete()
        self.filter(models.Q(end=None) | models.Q(end__gt=day)).update(end=day)

    def not_taken_over(self) -> Self:
        """Those of today in open cases that still stand in the name of somebody else."""
        return self.current().filter(case__open=True).exclude(case__responsible=models.F("user"))


class Responsibility(Period):
    """The worker who answers for a case, for a while; of a leave that is covered, the while is known beforehand."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="responsibilities")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="responsibilities")

    objects = ResponsibilityQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Period.Meta):
        constraints = [
            *Period.Meta.constraints,
            NoOverlap(name="one_responsible_worker_per_case", key=["case"]),
        ]
        indexes = [models.Index(fields=["user", "end"], name="cases_of_worker")]


class CaseTeamMember(Period):
    """A professional who works on a case with its responsible worker, from this or another organisation."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="case_memberships")
    part = EncryptedTextField()

    class Meta(Period.Meta):
        constraints = [
            *Period.Meta.constraints,
            NoOverlap(name="once_in_a_case_team_at_a_time", key=["case", "user"]),
        ]
        indexes = [models.Index(fields=["user", "end"], name="case_teams_of_worker")]


class CaseSeal(Period):
    """A case is seen by its team alone, for a while: since when, by whom, why, and how that ended.

    `by` is empty only for a seal of which nothing is known but that it stands.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="seals")
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    reason = EncryptedTextField()
    ended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_reason = EncryptedTextField()

    class Meta(Period.Meta):
        constraints = [*Period.Meta.constraints, NoOverlap(name="one_seal_of_a_case_at_a_time", key=["case"])]


class CaseFacet(Period):
    """A case is worked on in a field for a while: `facet` is the key of one of `content/facets`."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="facets")
    facet = models.CharField(max_length=40)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta(Period.Meta):
        constraints = [
            *Period.Meta.constraints,
            NoOverlap(name="one_facet_of_a_kind_at_a_time", key=["case", "facet"]),
        ]
        indexes = [models.Index(fields=["facet", "end"], name="cases_of_facet")]


class SeverityPeriod(Period):
    """How severe a case is, since the visit that found it; beside the case stands what holds today."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="severities")
    severity = models.PositiveSmallIntegerField()
    severe_child = models.BooleanField(default=False)

    class Meta(Period.Meta):
        constraints = [
            *Period.Meta.constraints,
            NoOverlap(name="one_severity_of_a_case_at_a_time", key=["case"]),
        ]


class SevereChild(models.Model):
    """A household whose latest findings name a child at severe risk, and whether a case is open for it.

    Kept in step by the verbs, so that a coordinator's list of children without a case costs what it shows.
    """

    household = models.OneToOneField(
        Household, primary_key=True, on_delete=models.CASCADE, related_name="severe_child"
    )
    keeper = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    since = models.DateField()
    covered = models.BooleanField(default=False)

    class Meta:
        ordering = ["since", "household"]
        indexes = [
            models.Index(
                fields=["keeper", "since"],
                condition=models.Q(covered=False),
                name="severe_children_without_case",
            )
        ]


class OfVisibleCases(models.QuerySet[Row]):
    def visible_to(self, user: User) -> Self:
        """Those of cases that the account sees."""
        return self.filter(among(Case.objects.visible_to(user), "case"))
