"""The nomenclature of interventions, as choices."""

import csv
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from django.conf import settings
from django.utils.choices import BaseChoiceIterator
from django.utils.translation import get_language
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


class Codes(BaseChoiceIterator):
    """Choices that are in order: a form takes them as they are."""

    def __init__(self, choices: tuple[tuple[str, object], ...]) -> None:
        self._choices = choices

    def __iter__(self) -> Iterator[tuple[str, object]]:
        return iter(self._choices)


def intervention_choices(first: Iterable[str] = ()) -> Codes:
    """The codes by category, after an empty choice and those that stand first."""
    return _choices(tuple(dict.fromkeys(first)), get_language())


@lru_cache(maxsize=200)
def _choices(near: tuple[str, ...], _language: str | None) -> Codes:
    groups: dict[str, list[tuple[str, str]]] = {}
    if near:
        of_case = _("In the fields of work of the case")
        groups[of_case] = [(code, intervention_name(code)) for code in near]
    for code, (name, category) in interventions().items():
        if code not in near:
            groups.setdefault(category, []).append((code, name))
    return Codes((("", _("Not said")), *((title, tuple(of)) for title, of in groups.items())))
