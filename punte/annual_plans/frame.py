"""The frame of the plan: headings, columns and set phrases of the model of Ordin 1086/2018, as content."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from punte.organizations.models import Organization

_FILE = Path("templates") / "annual_plan" / "frame.yaml"
_PLACE = {
    "comună": "comunei",
    "oraș": "orașului",
    "municipiu": "municipiului",
    "municipiu reședință de județ": "municipiului",
    "sector": "sectorului",
}


@lru_cache(maxsize=1)
def frame() -> Mapping[str, Any]:
    """What every plan says, whoever writes it."""
    read: Mapping[str, Any] = yaml.safe_load((Path(settings.CONTENT) / _FILE).read_text(encoding="utf-8"))
    return read


def title_of(organization: Organization, year: int) -> str:
    """The title of an organisation's plan."""
    return str(frame()["title"]).format(place=place_of(organization), year=year)


def place_of(organization: Organization) -> str:
    """Whose budget it is, in the genitive: „municipiului Cluj-Napoca”."""
    uat = organization.uat
    return f"{_PLACE.get(uat.kind, 'localității')} {uat.name}" if uat else organization.name
