"""The nomenclature of interventions, as choices."""

import csv
from functools import cache

from django.conf import settings
from django.utils.translation import gettext as _


@cache
def interventions() -> dict[str, tuple[str, str]]:
    """Each intervention code with its name and category."""
    with (settings.CONTENT / "reference/amc_services.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["code"]: (row["name_ro"].strip(), row["category_ro"].strip()) for row in csv.DictReader(file)
        }


def intervention_name(code: str) -> str:
    """The name of an intervention code; the code itself where it is not known."""
    return interventions()[code][0] if code in interventions() else code


def intervention_choices() -> list[object]:
    """The codes by category, after an empty choice."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for code, (name, category) in interventions().items():
        groups.setdefault(category, []).append((code, name))
    return [("", _("Not said")), *groups.items()]
