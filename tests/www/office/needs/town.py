"""What the pages of needs show in the town at work."""

from typing import Any

from punte.statistics.models import Extract, PublishedCount, StatedNeed
from punte.territory.models import Outline, Uat
from tests.factories import UatFactory

_SQUARE = '{"type":"Polygon","coordinates":[[[23.4,46.7],[23.6,46.7],[23.6,46.9],[23.4,46.9],[23.4,46.7]]]}'


def needs_of(uat: Uat) -> dict[str, Any]:
    """Needs of a UAT and of a farther one, its outline, and an extract with a figure told and one held back."""
    far = UatFactory(county=uat.county, name="Comuna de Sus", latitude=47.3, longitude=23.9)
    said = (
        (uat, "Copii", "Centru de zi pentru copii"),
        (far, "Persoane vârstnice", "Serviciu de îngrijire la domiciliu"),
        (far, "Persoane vârstnice", "Servicii de amenajare a locuinței"),
        (far, "Persoane vârstnice", "Ceva nemaicerut"),
        (None, "Copii", "Identificare a nevoilor sociale"),
    )
    for order, (place, group, need) in enumerate(said, start=1):
        StatedNeed.objects.create(
            county=uat.county,
            uat=place,
            dataset="proba",
            order=order,
            line=order,
            component="Componenta",
            beneficiaries=group,
            service_kind="Servicii de specialitate",
            vulnerability="Copii în risc",
            need=need,
        )
    Outline.objects.create(uat=uat, geometry=_SQUARE, source="proba")
    extract = Extract.objects.create(
        name="2026-06-01T09-30-00Z",
        threshold=5,
        files={"extras": {"rows": 40, "sha256": "0" * 64}},
        queries={"numar": "SELECT 1"},
    )
    for place, code, households in (
        (None, "", 40),
        (uat, "", 40),
        (uat, "VGS_02", 12),
        (uat, "VGS_01", None),
    ):
        PublishedCount.objects.create(
            extract=extract, county=uat.county, uat=place, code=code, households=households
        )
    return {"extract": extract, "commune": uat, "far": far}
