"""Programmes as they were loaded, what is reported of them, their figures, and who is enrolled.

The tree itself is content: a row keeps the file that is in force, whole, and every version of it. What people write,
reports, answers, figures, is added and never changed.
"""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from punte.accounts.enums import Capability, Compartment
from punte.accounts.models import User
from punte.annual_plans.models import PlanVersion
from punte.kernel.among import among
from punte.kernel.append_only import AppendOnly
from punte.kernel.constraints import NoOverlap
from punte.kernel.encryption import EncryptedTextField
from punte.kernel.models import Period, PeriodQuerySet, Record, during
from punte.organizations.models import Organization
from punte.people.models import Household, Person
from punte.people.sight import hidden_from
from punte.programmes.definition import Definition
from punte.programmes.enums import ActionState, FigureSource, ProgrammeKind
from punte.territory.models import County, Uat

READERS = (Capability.SEE_TOTALS, Capability.PLAN, Capability.SEE_PEOPLE)
"""Who reads of programmes; of people in them nobody reads by this."""


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    """Programmes, by who reads them. They hold no personal data."""

    def visible_to(self, user: User) -> Self:
        """Those of the account's institutions, those of its county, and national ones."""
        own = frozenset().union(*map(user.standing.organizations, READERS))
        counties = County.objects.filter(uats__organizations__in=own)
        shared = Q(county__in=counties) | Q(kind=ProgrammeKind.NATIONAL)
        return self.filter(Q(organization__in=own) | shared) if own else self.none()


class Programme(Record):
    """A project, a strategy or a register of projects, with the definition that is in force."""

    key = models.SlugField(unique=True)
    kind = models.CharField(max_length=10, choices=ProgrammeKind)
    title = models.CharField(max_length=300)
    short = models.CharField(max_length=80)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="programmes")
    county = models.ForeignKey(
        County, null=True, blank=True, on_delete=models.PROTECT, related_name="programmes"
    )
    plan_version = models.ForeignKey(
        PlanVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    start = models.DateField()
    end = models.DateField()
    version = models.PositiveIntegerField(default=1)
    digest = models.CharField(max_length=64)
    definition = models.JSONField()

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        ordering = ["-start", "short"]

    def __str__(self) -> str:
        return self.short

    @property
    def tree(self) -> Definition:
        """What it says, read once."""
        read: Definition | None = self.__dict__.get("_tree")
        if read is None:
            read = self.__dict__["_tree"] = Definition.from_json(self.definition)
        return read


class ProgrammeVersion(Record):
    """A definition as it was in force from a moment on."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    definition = models.JSONField()

    class Meta:
        ordering = ["programme", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="a_version_of_a_programme_once"),
            AppendOnly(name="programme_versions_are_append_only"),
        ]


class NodeReport(Record):
    """What an institution reports of an action or activity for a period: the newest counts, all stay.

    `percent` is how much of it is done; `spent` what it cost in the period, in lei.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="reports")
    node = models.CharField(max_length=40)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="programme_reports")
    period = models.CharField(max_length=10)
    start = models.DateField()
    end = models.DateField()
    state = models.CharField(max_length=10, choices=ActionState)
    percent = models.PositiveSmallIntegerField(null=True, blank=True)
    spent = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    narrative = EncryptedTextField()
    evidence = EncryptedTextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["programme", "node", "period"], name="reports_of_an_action")]
        constraints = [
            models.CheckConstraint(
                condition=Q(percent=None) | Q(percent__lte=100), name="no_more_done_than_all"
            ),
            AppendOnly(name="programme_reports_are_append_only"),
        ]


class ReportAnswer(Record):
    """What the institution of the programme answers to a report."""

    report = models.ForeignKey(NodeReport, on_delete=models.PROTECT, related_name="answers")
    text = EncryptedTextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [AppendOnly(name="answers_to_reports_are_append_only")]


class IndicatorFigure(Record):
    """A value of an indicator for a period: the newest of a source counts, all stay.

    `part` is what it is told apart by, empty for the whole; `bound` says that no exact number is known. Counted from an
    extract it carries the name of it and the query; else `said` tells where it comes from.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="figures")
    indicator = models.CharField(max_length=40)
    part = models.CharField(max_length=60, blank=True)
    start = models.DateField()
    end = models.DateField()
    value = models.DecimalField(max_digits=16, decimal_places=4)
    bound = models.CharField(max_length=2, blank=True)
    source = models.CharField(max_length=8, choices=FigureSource)
    said = EncryptedTextField()
    extract = models.CharField(max_length=40, blank=True)
    query = models.TextField(blank=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["programme", "indicator"], name="figures_of_an_indicator")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(source="sql") | (~Q(extract="") & ~Q(query="")),
                name="a_counted_figure_names_its_extract_and_query",
            ),
            AppendOnly(name="figures_of_programmes_are_append_only"),
        ]


class ParticipationQuerySet(PeriodQuerySet["Participation"]):
    """Who is enrolled, by who may know of it."""

    def in_force(self) -> Self:
        """Those true today, of the living; of a programme that is over, those true on its last day."""
        today = timezone.localdate()
        at_its_end = Q(start__lte=F("programme__end")) & (Q(end=None) | Q(end__gt=F("programme__end")))
        over = Q(programme__end__lt=today)
        alive = Q(person=None) | Q(person__died_on=None)
        return self.filter((~over & during(today) & alive) | (over & at_its_end))

    def visible_to(self, user: User) -> Self:
        """Those of households that the account sees, in a part that it may read of; behind a seal what it knew."""
        seen = self.filter(among(Household.objects.visible_to(user), "household"))
        seen = seen.filter(compartment__in=user.standing.every_compartment())
        return seen.exclude(hidden_from(user).since(), aside=False)


class Participation(Period):
    """A household, or one person of it, takes part in a programme, or in one part of it, for a while.

    What somebody outside the circle of a sealed person writes is `aside`: it is in the way of nothing that the circle
    wrote, so that no refusal tells of it.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="participations")
    part = models.CharField(max_length=40, blank=True)
    compartment = models.CharField(max_length=10, choices=Compartment, default=Compartment.GENERAL)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="participations")
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="participations"
    )
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    # Of a whole household only: what the database must not see twice at a time.
    whole = models.ForeignKey(
        Household, null=True, on_delete=models.PROTECT, related_name="+", db_index=False, editable=False
    )

    aside = models.BooleanField(default=False, editable=False)

    objects = ParticipationQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Period.Meta):
        ordering = ["-start", "id"]
        constraints = [
            *Period.Meta.constraints,
            NoOverlap(
                name="a_person_takes_part_once_at_a_time", key=["programme", "part", "person", "aside"]
            ),
            NoOverlap(name="a_household_takes_part_once_at_a_time", key=["programme", "part", "whole"]),
        ]


class NeedsRound(Record):
    """A year in which a county asks its UATs what they need (R132, R218)."""

    county = models.ForeignKey(County, on_delete=models.PROTECT, related_name="needs_rounds")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    until = models.DateField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-year"]
        constraints = [models.UniqueConstraint(fields=["county", "year"], name="one_round_of_needs_a_year")]


class UatNeed(Record):
    """What a UAT says it needs in a round, what the county recommends, what the UAT answers."""

    round = models.ForeignKey(NeedsRound, on_delete=models.PROTECT, related_name="needs")
    uat = models.ForeignKey(Uat, on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    people = models.PositiveIntegerField(null=True, blank=True)
    why = EncryptedTextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recommendation = EncryptedTextField()
    recommended_at = models.DateTimeField(null=True, editable=False)
    answer = EncryptedTextField()
    answered_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["uat", "created_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["round", "uat", "kind"], name="a_need_of_a_uat_once_a_round"),
            models.CheckConstraint(
                condition=Q(answered_at=None) | Q(recommended_at__isnull=False),
                name="an_answer_follows_a_recommendation",
            ),
        ]
