from django.db import migrations, models
from django.db.models import Case, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

_UNITS = [
    ("places", "places"),
    ("residential_places", "residential places"),
    ("day_places", "day places"),
    ("persons", "persons"),
    ("per_day", "persons per day"),
    ("per_month", "persons per month"),
    ("per_year", "persons per year"),
    ("other", "other"),
]
_PLACE_UNITS = ["places", "residential_places", "day_places", "persons"]


def write(apps, schema_editor):
    """What the newest capacity and the newest count of each service say, on the service."""
    Service, Capacity, Count = (
        apps.get_model("directory", name) for name in ("Service", "Capacity", "OccupancySnapshot")
    )
    kind = Case(
        When(unit__in=_PLACE_UNITS, then=Value(0)),
        When(unit="per_day", then=Value(1)),
        default=Value(2),
        output_field=models.IntegerField(),
    )
    capacity = (
        Capacity.objects.filter(service=OuterRef("pk"), unit__in=[*_PLACE_UNITS, "per_day", "per_month"])
        .alias(kind=kind)
        .order_by("kind", "-year", "-id")
    )
    count = Count.objects.filter(service=OuterRef("pk")).order_by("-at", "-id")
    Service.objects.update(
        places=Subquery(capacity.values("value")[:1]),
        places_unit=Coalesce(Subquery(capacity.values("unit")[:1]), Value("")),
        last_taken=Subquery(count.values("taken")[:1]),
        counted_at=Subquery(count.values("at")[:1]),
        waiting=Subquery(count.filter(waiting__isnull=False).values("waiting")[:1]),
    )
    known = Service.objects.filter(places__isnull=False, last_taken__isnull=False)
    known.update(free=Value(0))
    known.filter(places__gt=F("last_taken")).update(free=F("places") - F("last_taken"))


class Migration(migrations.Migration):
    dependencies = [("directory", "0005_locations_by_place")]

    operations = [
        migrations.AddField("service", "places", models.PositiveIntegerField(editable=False, null=True)),
        migrations.AddField("service", "places_unit", models.CharField(blank=True, choices=_UNITS, editable=False, max_length=20)),
        migrations.AddField("service", "last_taken", models.PositiveIntegerField(editable=False, null=True)),
        migrations.AddField("service", "counted_at", models.DateTimeField(editable=False, null=True)),
        migrations.AddField("service", "free", models.PositiveIntegerField(editable=False, null=True)),
        migrations.AddField("service", "waiting", models.PositiveIntegerField(editable=False, null=True)),
        migrations.RunPython(write, migrations.RunPython.noop, elidable=True),
    ]
