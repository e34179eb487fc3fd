"""Invented benefits asked for and granted, applications begun on the site, and the lists of the night."""

import datetime as dt
from decimal import Decimal
from typing import Any

from punte.benefits.actions import begin_application
from punte.benefits.actions.applying import Resident
from punte.benefits.lists import reckon_for
from punte.cases.models import Case
from punte.demonstration.staff import Keeper
from punte.people.models import Membership
from punte.registers.actions import add_entry

_FIRST = 4
_ENTRIES: tuple[dict[str, Any], ...] = (
    {"kind": "minimum_inclusion_income", "covers": "family", "amount": Decimal(608), "paid": "month"},
    {"kind": "heating_aid", "covers": "family", "amount": Decimal(320), "paid": "month", "months": 5},
    {"kind": "state_allowance", "covers": "family", "paid": "month"},
    {"kind": "minimum_inclusion_income", "covers": "family"},
    {"kind": "local", "covers": "self", "programme": "Rechizite pentru prima zi de școală"},
    {"kind": "heating_aid", "covers": "family"},
)
_RESIDENTS = (
    ("minimum_inclusion_income", Resident("Elena Exemplu", phone="0744 000 111", people=4)),
    (
        "heating_aid",
        Resident(
            "Vasile Inventat",
            address="Str. Fântânii nr. 3",
            people=1,
            text="Merg greu, nu pot veni la ghișeu.",
        ),
    ),
)


def write_benefits(*, city: Keeper, today: dt.date) -> None:
    """A few entries of the register of benefits, two applications, and the lists."""
    cases = Case.objects.filter(keeper=city.organization, open=True, sealed=False, responsible__isnull=False)
    chosen = cases.exclude(household__memberships__person__seals__isnull=False).order_by("year", "number")
    for place, (case, values) in enumerate(zip(chosen[_FIRST:], _ENTRIES, strict=False)):
        _write(case, dict(values), today - dt.timedelta(days=20 * (place + 1)))
    for benefit, resident in _RESIDENTS:
        begin_application(
            organization=city.organization, benefit=benefit, resident=resident, token=f"demo {resident.name}"
        )
    reckon_for([city.organization.pk], today)


def _write(case: Case, values: dict[str, Any], day: dt.date) -> None:
    living = Membership.objects.current().filter(household=case.household_id).select_related("person")
    lived = living.order_by("person__birth_date", "pk").first()
    if lived is None or case.responsible is None or day < lived.start:
        return
    granted = "paid" in values
    if granted:
        values["from_day"] = day
    add_entry(
        by=case.responsible,
        register="benefit",
        subject=lived.person,
        start=day,
        state="granted" if granted else "asked",
        given=values,
        confirmed=True,
    )
