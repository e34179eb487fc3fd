"""The nomenclature of interventions, as choices."""

import csv
from collections.abc import Iterable
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


def intervention_choices(first: Iterable[str] = ()) -> list[object]:
    """The codes by category, after an empty choice and those that stand first."""
    near = dict.fromkeys(first)
    groups: dict[str, list[tuple[str, str]]] = {}
    if near:
        of_case = _("In the fields of work of the case")
        groups[of_case] = [(code, intervention_name(code)) for code in near]
    for code, (name, category) in interventions().items():
        if code not in near:
            groups.setdefault(category, []).append((code, name))
    return [("", _("Not said")), *groups.items()]
