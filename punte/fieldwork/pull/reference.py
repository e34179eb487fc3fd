"""The lists that a device offers to choose from, the same for everybody of a county."""

import csv
import datetime as dt
from collections.abc import Iterable
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import Choices
from django.utils import timezone
from django.utils.translation import override

from punte.accounts.guests import in_field
from punte.accounts.models import User
from punte.cases.content import proposed_term
from punte.cases.enums import InterventionMode, Progress, Regime
from punte.people.enums import Relation
from punte.territory.models import Uat

_LANGUAGES = ("ro", "en")
_SEVERITIES = (1, 2, 3)


def reference_for(worker: User) -> dict[str, Any]:
    """`Reference` of wire.ts without its mark; one query, and those of guests."""
    counties = worker.appointments.current().values("organization__uat__county")
    places = Uat.objects.filter(county__in=counties).order_by("name", "siruta")
    return {
        "places": [{"siruta": siruta, "name": name} for siruta, name in places.values_list("siruta", "name")],
        "interventions": _of_table("amc_services.csv"),
        "modes": _of_choices(InterventionMode),
        "regimes": _of_choices(Regime),
        "relations": _of_choices(Relation),
        "progress": _of_choices(Progress),
        "services": _of_table("nomenclator.csv"),
        "terms": _terms(timezone.localdate()),
        **{name: told for guest in in_field() for name, told in guest.reference(worker).items()},
    }


def _terms(today: dt.date) -> dict[str, int]:
    terms = ((severity, proposed_term(severity, today)) for severity in _SEVERITIES)
    return {str(severity): (day - today).days for severity, day in terms if day is not None}


@cache
def _of_table(name: str) -> list[dict[str, Any]]:
    with (settings.CONTENT / "reference" / name).open(encoding="utf-8", newline="") as file:
        rows = [(row["code"], row["name_ro"].strip()) for row in csv.DictReader(file)]
    return [_choice(code, [label, label]) for code, label in rows]


@cache
def _of_choices(choices: type[Choices]) -> list[dict[str, Any]]:
    return [
        _choice(value, [_labelled(label, language) for language in _LANGUAGES])
        for value, label in choices.choices
    ]


def _labelled(label: object, language: str) -> str:
    with override(language):
        return str(label)


def _choice(code: str, labels: Iterable[str]) -> dict[str, Any]:
    return {"code": code, "label": dict(zip(_LANGUAGES, labels, strict=True))}
