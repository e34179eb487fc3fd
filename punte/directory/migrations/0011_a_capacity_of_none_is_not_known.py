"""Services bore 0 places where a source prints 0 or nobody knew: how many is then not known."""

from typing import Any

from django.db import migrations

_PLACES = ("places", "residential_places", "day_places", "persons")


def forget(apps: Any, _schema_editor: Any) -> None:
    """Write on such services what the newest capacity above 0 says, or that none is known."""
    Service, Capacity = apps.get_model("directory", "Service"), apps.get_model("directory", "Capacity")
    for service in Service.objects.filter(places=0).only("pk", "last_taken").order_by("pk"):
        stated = Capacity.objects.filter(
            service=service.pk, value__gt=0, unit__in=(*_PLACES, "per_day", "per_month")
        )
        newest = sorted(stated, key=_newest_first)[:1]
        places = newest[0].value if newest else None
        counted = places is not None and service.last_taken is not None
        Service.objects.filter(pk=service.pk).update(
            places=places,
            places_unit=newest[0].unit if newest else "",
            free=max(places - service.last_taken, 0) if counted else None,
        )


def _newest_first(capacity: Any) -> tuple[int, int, int]:
    kind = 0 if capacity.unit in _PLACES else 1 if capacity.unit == "per_day" else 2
    return kind, -capacity.year, -capacity.pk.int


class Migration(migrations.Migration):
    dependencies = [("directory", "0010_what_is_said_of_a_proposal_is_encrypted")]

    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
