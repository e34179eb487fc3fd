"""Invented dwellings of the town, who lives there since when, and what is agreed about them."""

import datetime as dt
from decimal import Decimal

from punte.cases.models import Case
from punte.demonstration.staff import Keeper
from punte.people.actions import change_household, record_dwelling
from punte.registers.actions import add_entry

_KINDS = ("social", "social", "necessity", "private", "informal", "social")
_RIGHTS = {"social": "social", "necessity": "necessity", "private": "market", "informal": "tolerated"}
_FIVE_YEARS = 5 * 365


def write_dwellings(*, city: Keeper, today: dt.date) -> None:
    """Write them by the same verbs that people use: of cases that are not sealed, each where the family lives."""
    cases = Case.objects.filter(
        keeper=city.organization, open=True, sealed=False, responsible__isnull=False, person=None
    ).exclude(household__memberships__person__seals__isnull=False)
    chosen = cases.select_related("responsible", "household__uat").order_by("year", "number")
    for number, (kind, case) in enumerate(zip(_KINDS, chosen[: len(_KINDS)], strict=False)):
        worker, home = case.responsible, case.household
        assert worker is not None
        dwelling = record_dwelling(
            by=worker,
            keeper=city.organization,
            kind=kind,
            uat=home.uat,
            locality=home.locality,
            address=home.address if number % 2 else f"Aleea Exemplu nr. 4, ap. {number + 1}",
            administrator=None if kind == "private" else city.organization,
            landlord="un proprietar din oraș" if kind == "private" else "",
        )
        since = today - dt.timedelta(days=300 - 40 * number)
        change_household(by=worker, household=home, dwelling=dwelling, since=since)
        given = {
            "household": home,
            "right": _RIGHTS[kind],
            "number": f"{210 + number}/2026",
            "rent": Decimal(120 + 35 * number),
            "obligations": ["rent", "water", "electricity"],
        }
        if kind != "informal":
            given["valid_until"] = since + dt.timedelta(days=365 if number else _FIVE_YEARS)
        add_entry(by=worker, register="tenancy", subject=dwelling, start=since, given=given, confirmed=True)
