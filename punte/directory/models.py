"""What help exists: social services, where they are given, how many places they have and how many are taken."""

from django.db import models

from punte.accounts.models import User
from punte.directory.enums import CapacityUnit, ServiceMode, ServiceStatus
from punte.directory.queries import ServiceQuerySet
from punte.kernel.models import Record
from punte.organizations.models import Organization
from punte.territory.models import Uat


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

    def __str__(self) -> str:
        return f"{self.address}, {self.uat}" if self.address else str(self.uat)


class Service(Record):
    """A social service of a provider; one row however many sources name it."""

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
    phone = models.CharField(max_length=40, blank=True)
    eligibility = models.TextField(blank=True)

    objects = ServiceQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


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


class Capacity(Record):
    """How many a service can serve, by a reference year and a source."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="capacities")
    year = models.PositiveSmallIntegerField()
    value = models.PositiveIntegerField()
    unit = models.CharField(max_length=20, choices=CapacityUnit)
    printed = models.CharField(max_length=120, blank=True)
    source = models.CharField(max_length=60)

    class Meta:
        ordering = ["service", "-year", "unit", "id"]


class OccupancySnapshot(Record):
    """How many places of a service were taken at a moment; never overwritten, the newest counts."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="occupancy")
    at = models.DateTimeField()
    taken = models.PositiveIntegerField()
    source = models.CharField(max_length=60)
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["service", "-at"], name="occupancy_newest_first")]
