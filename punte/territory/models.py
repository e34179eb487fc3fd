"""Where people live and services stand: counties, UATs by SIRUTA, marginalised communities."""

from django.db import models

from punte.kernel.models import Record


class County(models.Model):
    """A county (județ), or the municipality of Bucharest."""

    code = models.CharField(max_length=2, primary_key=True)
    siruta = models.PositiveIntegerField(unique=True)
    name = models.CharField(max_length=60)
    region = models.CharField(max_length=60)
    latitude = models.FloatField()
    longitude = models.FloatField()
    population = models.PositiveIntegerField()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Uat(models.Model):
    """A territorial administrative unit (commune, town, municipality), at the coordinates of its seat."""

    siruta = models.PositiveIntegerField(primary_key=True)
    county = models.ForeignKey(County, on_delete=models.PROTECT, related_name="uats")
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=40)
    urban = models.BooleanField()
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    population = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Community(Record):
    """A marginalised community within a UAT, as the local plan names it (R170)."""

    uat = models.ForeignKey(Uat, on_delete=models.PROTECT, related_name="communities")
    name = models.CharField(max_length=120)
    source = models.CharField(max_length=200)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["uat", "name"], name="one_community_of_a_name_per_uat")
        ]

    def __str__(self) -> str:
        return self.name


class Outline(Record):
    """The outline of a county or of a UAT, simplified, as the operator imported it."""

    county = models.OneToOneField(
        County, null=True, blank=True, on_delete=models.CASCADE, related_name="outline"
    )
    uat = models.OneToOneField(Uat, null=True, blank=True, on_delete=models.CASCADE, related_name="outline")
    geometry = models.TextField(help_text="GeoJSON geometry in WGS 84, as text")
    source = models.CharField(max_length=200)

    class Meta:
        ordering = ["county", "uat"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(county__isnull=True, uat__isnull=False)
                | models.Q(county__isnull=False, uat__isnull=True),
                name="an_outline_is_of_a_county_or_a_uat",
            )
        ]
