"""Social services, where they are given and when; what is proposed to change in them."""

import datetime as dt
from collections.abc import Collection
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from punte.accounts.models import User
from punte.directory.enums import (
    CapacityUnit,
    ProposalKind,
    ProposalStatus,
    ServiceMode,
    ServiceStatus,
    Weekday,
)
from punte.directory.rules import closing
from punte.kernel.constraints import NoOverlap
from punte.kernel.encryption import EncryptedTextField
from punte.kernel.models import Period, Record
from punte.kernel.text import fold
from punte.organizations.models import Organization
from punte.territory.models import Uat

MIDNIGHT = dt.time(0)


class NomenclatureCode(models.Model):
    """A code of the Nomenclature of social services (HG 867/2015)."""

    code = models.CharField(max_length=20, primary_key=True)
    name = models.CharField(max_length=250)
    beneficiaries = models.CharField(max_length=250)
    mode = models.CharField(max_length=20, choices=ServiceMode)
    note = models.CharField(max_length=250, blank=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class EligibleCode(Record):
    """A code whose services the local budget of a UAT may subsidise in a year."""

    code = models.ForeignKey(NomenclatureCode, on_delete=models.PROTECT, related_name="eligibility")
    uat = models.ForeignKey(Uat, on_delete=models.PROTECT, related_name="eligible_codes")
    year = models.PositiveSmallIntegerField()
    line = models.CharField(max_length=20)

    class Meta:
        ordering = ["year", "code"]
        constraints = [
            models.UniqueConstraint(fields=["code", "uat", "year"], name="a_code_is_eligible_once_a_year")
        ]


class Location(Record):
    """Where a service is given."""

    uat = models.ForeignKey(Uat, on_delete=models.PROTECT, related_name="locations")
    address = models.CharField(max_length=250, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    exact = models.BooleanField(default=False)

    class Meta:
        ordering = ["uat", "address"]
        indexes = [models.Index(fields=["latitude", "longitude"], name="locations_by_place")]

    def __str__(self) -> str:
        return f"{self.address}, {self.uat}" if self.address else str(self.uat)


class ServiceQuerySet(models.QuerySet["Service"]):
    """Services with their places."""

    def active(self) -> Self:
        """Those that receive people now."""
        return self.filter(status=ServiceStatus.ACTIVE)

    def with_free_places(self) -> Self:
        """Those known to have a free place."""
        return self.filter(free__gt=0)

    def named(self, text: str) -> Self:
        """Those whose name or provider has every word of `text`, whatever its diacritics."""
        return self.of_words(fold(text).split())

    def of_words(self, words: Collection[str]) -> Self:
        """As `named`, of words that are folded."""
        found = self
        for word in words:
            found = found.filter(
                Q(folded_name__contains=word)
                | Q(provider__folded_name__contains=word)
                | Q(provider__short_name__icontains=word)
            )
        return found

    def in_uat(self, siruta: int) -> Self:
        """Those given in a UAT."""
        return self.filter(
            pk__in=Location.services.through.objects.filter(location__uat=siruta).values("service")
        )


class Service(Record):
    """A social service of a provider; one row however many sources name it.

    Of its capacities and counts it bears what the newest say (kept by `places`), each None where it is not known:
    `places` is the newest capacity that says what may be free today, which is places where the service counts them,
    else persons per day, else per month (`places_unit` says which); `last_taken` is the newest count and `counted_at`
    when it was true, `free` what is left of the places (never below 0), `waiting` the newest known number of people
    who wait.
    """

    provider = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="services")
    name = models.CharField(max_length=300)
    folded_name = models.CharField(max_length=300, db_index=True, editable=False)
    code = models.ForeignKey(
        NomenclatureCode, null=True, blank=True, on_delete=models.PROTECT, related_name="services"
    )
    segment = models.CharField(max_length=10, blank=True)
    status = models.CharField(max_length=10, choices=ServiceStatus, default=ServiceStatus.ACTIVE)
    locations = models.ManyToManyField(Location, related_name="services")
    units = models.PositiveSmallIntegerField(default=1)
    status_since = models.DateField(null=True, blank=True)
    description = models.TextField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    website = models.URLField(blank=True)
    eligibility = models.TextField(blank=True)
    min_age = models.PositiveSmallIntegerField(null=True, blank=True)
    max_age = models.PositiveSmallIntegerField(null=True, blank=True)
    free_of_charge = models.BooleanField(null=True, blank=True)
    price = models.TextField(blank=True)
    required_papers = models.TextField(blank=True, help_text="one a line")
    languages = models.JSONField(default=list, blank=True, help_text="codes of ISO 639-1")
    step_free = models.BooleanField(null=True, blank=True)
    accessibility = models.TextField(blank=True)
    always_open = models.BooleanField(default=False)
    hours_note = models.CharField(max_length=250, blank=True)
    staff = models.PositiveSmallIntegerField(null=True, blank=True)
    claimed_on = models.DateField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    modified_at = models.DateTimeField(default=timezone.now, db_index=True)
    places = models.PositiveIntegerField(null=True, editable=False)
    places_unit = models.CharField(max_length=20, choices=CapacityUnit, blank=True, editable=False)
    last_taken = models.PositiveIntegerField(null=True, editable=False)
    counted_at = models.DateTimeField(null=True, editable=False)
    free = models.PositiveIntegerField(null=True, editable=False)
    waiting = models.PositiveIntegerField(null=True, editable=False)

    objects = ServiceQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        indexes = [
            # All that a search asks of a service, so that it reads this alone and not every row.
            models.Index(
                fields=["code", "modified_at", "provider", "folded_name", "id"], name="services_searched"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(min_age=None)
                | models.Q(max_age=None)
                | models.Q(max_age__gte=models.F("min_age")),
                name="a_service_is_for_ages_in_order",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def taken(self) -> int | None:
        """How many of its places are taken, where both are known."""
        return None if self.places is None else self.last_taken

    @property
    def is_active(self) -> bool:
        """Whether it receives people now."""
        return self.status == ServiceStatus.ACTIVE

    @property
    def is_suspended(self) -> bool:
        """Whether it is shut for a while."""
        return self.status == ServiceStatus.SUSPENDED

    @property
    def is_closed(self) -> bool:
        """Whether it is shut for good."""
        return self.status == ServiceStatus.CLOSED


class ServiceSource(Record):
    """Where a service was named, as printed there."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="sources")
    dataset = models.CharField(max_length=60)
    line = models.CharField(max_length=20)
    printed = models.CharField(max_length=400)

    class Meta:
        ordering = ["dataset", "line"]
        constraints = [
            models.UniqueConstraint(
                fields=["dataset", "line", "printed"], name="a_line_of_a_source_names_one_service"
            )
        ]


class OpeningHours(Record):
    """When a service receives people on a day of the week; a day may have several such times.

    It closes on the next day where it closes no later than it opens: 20:00 to 08:00, 20:00 to 00:00 which is midnight,
    and 00:00 to 00:00 which is the whole day.
    """

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField(choices=Weekday)
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        ordering = ["weekday", "opens"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(closes=models.F("opens")) | models.Q(closes=MIDNIGHT),
                name="a_service_is_open_for_some_time",
            ),
            models.UniqueConstraint(fields=["service", "weekday", "opens"], name="opening_hours_once"),
        ]

    @property
    def over_midnight(self) -> bool:
        """Whether it closes on the day after it opens."""
        return self.closes <= self.opens

    @property
    def closes_in_words(self) -> str:
        """The hour at which it closes; midnight is the 24th of its day."""
        return closing(f"{self.closes:%H:%M}")


class Licence(Period):
    """The licence by which a service may work; it ends on the day written in it."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="licences")
    number = models.CharField(max_length=60)
    issued_by = models.CharField(max_length=200, blank=True)

    class Meta(Period.Meta):
        ordering = ["-start", "-id"]
        constraints = [
            *Period.Meta.constraints,
            NoOverlap(name="one_licence_of_a_service_at_a_time", key=["service"]),
        ]


class StatusPeriod(Period):
    """Since when a service receives people, is suspended or closed, and why; `Service.status` is the newest.

    `expected_until` is the day on which a suspended service means to open again.
    """

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="statuses")
    status = models.CharField(max_length=10, choices=ServiceStatus)
    reason = models.CharField(max_length=300, blank=True)
    expected_until = models.DateField(null=True, blank=True)
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta(Period.Meta):
        ordering = ["-start", "-id"]
        constraints = [
            *Period.Meta.constraints,
            NoOverlap(name="one_status_of_a_service_at_a_time", key=["service"]),
        ]


class Proposal(Record):
    """What a provider says of a service, until those who keep the directory publish it or say why not.

    `values` holds the fields as they would be, `before` the same fields as they were when it was written, and `base`
    the service's `modified_at` then, so that a change made meanwhile is seen. `uat` is where a new service would be.
    """

    kind = models.CharField(max_length=10, choices=ProposalKind)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="proposals")
    service = models.ForeignKey(
        Service, null=True, blank=True, on_delete=models.PROTECT, related_name="proposals"
    )
    values = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    uat = models.ForeignKey(Uat, null=True, blank=True, on_delete=models.PROTECT, related_name="proposals")
    base = models.DateTimeField(null=True, blank=True)
    words = EncryptedTextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=ProposalStatus, default=ProposalStatus.WAITING)
    answer = EncryptedTextField()
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "organization", "kind"],
                condition=models.Q(status=ProposalStatus.WAITING, service__isnull=False),
                name="one_waiting_proposal_of_a_kind_per_service",
            )
        ]


class Confirmation(Record):
    """Somebody who answers for a service says that what is published about it is still true."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="confirmations")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-created_at"]
