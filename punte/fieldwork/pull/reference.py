"""The lists that a device offers to choose from, the same for everybody of a county."""

import csv
import datetime as dt
from collections.abc import Iterable
from functools import cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Choices, QuerySet
from django.utils import timezone
from django.utils.translation import override

from punte.accounts.guests import in_field
from punte.accounts.models import Appointment, User
from punte.cases.content import proposed_term
from punte.cases.enums import InterventionMode, Progress, Regime
from punte.kernel.marks import Unchanging
from punte.kernel.prepared import Prepared
from punte.people.enums import Relation
from punte.territory.models import Uat

_LANGUAGES = ("ro", "en")
_SEVERITIES = (1, 2, 3)


def reference_for(worker: User) -> dict[str, Any]:
    """`Reference` of wire.ts without its mark; one query, and those of guests."""
    return {
        "places": [{"siruta": siruta, "name": name} for siruta, name in _places(worker=worker.pk)],
        "interventions": _of_table("amc_services.csv"),
        "modes": _of_choices(InterventionMode),
        "regimes": _of_choices(Regime),
        "relations": _of_choices(Relation),
        "progress": _of_choices(Progress),
        "services": _of_table("nomenclator.csv"),
        "terms": _terms(timezone.localdate()),
        **{name: told for guest in in_field() for name, told in guest.reference(worker).items()},
    }


def _near(worker: UUID) -> QuerySet[Any, Any]:
    """The places of the counties where an account has work."""
    work = Appointment.objects.current().filter(user=worker)
    places = Uat.objects.filter(county__in=work.values("organization__uat__county"))
    return places.order_by("name", "siruta").values_list("siruta", "name")


_places = Prepared(_near)


def _terms(today: dt.date) -> dict[str, int]:
    terms = ((severity, proposed_term(severity, today)) for severity in _SEVERITIES)
    return {str(severity): (day - today).days for severity, day in terms if day is not None}


@cache
def _of_table(name: str) -> Unchanging:
    with (settings.CONTENT / "reference" / name).open(encoding="utf-8", newline="") as file:
        rows = [(row["code"], row["name_ro"].strip()) for row in csv.DictReader(file)]
    return Unchanging(_choice(code, [label, label]) for code, label in rows)


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
