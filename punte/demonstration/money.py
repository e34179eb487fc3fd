"""Money of the plan in the demonstration: contracts, subsidies, a grant call, years of services, contributions.

All invented but for the plan itself, beside whose services they stand.
"""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from punte.accounts.models import User
from punte.annual_plans.content import ServiceLine
from punte.annual_plans.queries import content_in_force, plans_in_force
from punte.cases.models import Case
from punte.demonstration.programmes import planner_of
from punte.demonstration.staff import Keeper
from punte.directory.models import Service
from punte.organizations.models import Organization
from punte.people.models import Membership, Person
from punte.registers.actions import add_entry, move_entry
from punte.registers.models import Entry

_MONTHS_SETTLED = 2
_APPLICATIONS = (
    ("Masă caldă pentru cartier", 60_000, 55_000, 40),
    ("Ateliere pentru o viață independentă", 45_000, 40_000, 18),
    ("Consiliere juridică și psihologică", 80_000, None, 60),
)


def write_money(*, city: Keeper, today: dt.date) -> None:
    """Write it by the verbs that people use, of services that the plan in force names."""
    version = next(iter(plans_in_force(city.organization.pk)), None)
    if version is None:
        return
    version.refresh_from_db(fields=["content"])
    content = content_in_force(version)
    planner, own = planner_of(city), str(city.organization.pk)
    named = [line for line in content.services if line.service and line.local and line.capacity]
    services = Service.objects.in_bulk([UUID(line.service) for line in named])
    of_others = [line for line in named if line.organization and line.organization != own]
    chosen = list({line.organization: line for line in of_others}.values())[:5]
    if len(chosen) < 5:
        return
    year = dt.date(today.year, 1, 1)
    for line in chosen[:2]:
        _subsidy(planner, services[UUID(line.service)], year, line.capacity or 1)
    for line in chosen[2:4]:
        _contract(planner, services[UUID(line.service)], year)
    _call(planner, city.organization, [services[UUID(line.service)] for line in chosen[2:]], today)
    for line in (*chosen[:3], *[line for line in named if line.organization == own][:2]):
        _year(planner, services[UUID(line.service)], line, version.plan.year)
    _positions(planner, city.organization, today)
    _contributions(city, [services[UUID(line.service)] for line in chosen], today)


def _add(
    by: User, register: str, subject: Any, start: dt.date, said: Mapping[str, Any], **more: Any
) -> Entry:
    return add_entry(
        by=by, register=register, subject=subject, start=start, given=dict(said), confirmed=True, **more
    )


def _move(by: User, entry: Entry, move: str, on: dt.date, **given: Any) -> Entry:
    return move_entry(
        by=by, entry=entry, move=move, on=on, given=given, revision=entry.revision, confirmed=True
    )


def _subsidy(by: User, service: Service, year: dt.date, persons: int) -> None:
    """An agreement for the year; the first months are transferred and settled, one waits."""
    level, persons = Decimal(250), min(persons, 40)
    said = {
        "service": service,
        "decision": "HCL exemplu 788",
        "persons": persons,
        "level": level,
        "monthly": level * persons,
        "first_on": year,
        "months": 6,
    }
    entry = _add(by, "subsidy", service.provider, year, said)
    entry = _move(by, entry, "approve", year, decision="HCL exemplu 788")
    entry = _move(by, entry, "sign", year, number=f"S-{persons}")
    months = Entry.objects.filter(register="subsidy_month", values__agreement=str(entry.pk))
    for at, month in enumerate(months.order_by("start")[: _MONTHS_SETTLED + 1]):
        paid = _move(by, month, "pay", month.start, paid=level * persons, paid_on=month.start)
        if at < _MONTHS_SETTLED:
            there = persons - at % 2
            _move(by, paid, "settle", month.start, assisted=there, spent=level * there)


def _contract(by: User, service: Service, year: dt.date) -> None:
    cost = Decimal(24_000)
    said = {
        "number": "12/2026",
        "service": service,
        "procedure": "direct",
        "licence": "LF 0001234",
        "places": 20,
        "adults": 10,
        "children": 10,
        "yearly_cost": cost,
        "value": cost * 20,
        "until": year.replace(month=12, day=31),
    }
    entry = _add(by, "service_contract", service.provider, year, said, state="signed")
    _move(by, entry, "pay", year.replace(month=3), paid=cost * 5, served=19)


def _call(by: User, town: Organization, services: list[Service], today: dt.date) -> None:
    """A call from its announcement to the first settlement."""
    day = dt.date(today.year, 1, 15)
    said = {
        "name": f"Servicii pentru oameni, {today.year}",
        "year": today.year,
        "budget": Decimal(500_000),
        "most": Decimal(80_000),
        "domains": ["meals", "independent", "counselling"],
        "announced_on": day,
        "deadline": day + dt.timedelta(days=35),
    }
    call = _add(by, "grant_call", town, day, said, state="open")
    for service, (project, asked, granted, persons) in zip(services, _APPLICATIONS, strict=True):
        entry = _add(
            by,
            "grant_application",
            service.provider,
            day + dt.timedelta(days=20),
            {
                "call": call,
                "project": project,
                "service": service,
                "asked": Decimal(asked),
                "persons": persons,
            },
        )
        later = day + dt.timedelta(days=60)
        entry = _move(by, entry, "check", later, eligible=["statute", "taxes", "accredited", "declared"])
        if granted is None:
            _move(by, entry, "refuse", later, note="Punctaj sub prag.")
            continue
        entry = _move(by, entry, "grant", later, score=Decimal(82), granted=Decimal(granted))
        entry = _move(by, entry, "contract", later, number=f"350/{persons}")
        entry = _move(by, entry, "pay", later, paid=Decimal(granted))
        if persons == _APPLICATIONS[0][3]:
            _move(by, entry, "settle", later, spent=Decimal(granted), served=persons + 3)
    call = _move(by, call, "judge", day + dt.timedelta(days=36))
    _move(by, call, "contract", day + dt.timedelta(days=60), settled_until=dt.date(today.year, 12, 15))


def _year(by: User, service: Service, line: ServiceLine, year: int) -> None:
    """The year of the plan, as its provider told it."""
    taken = Decimal(line.capacity or 0) * Decimal("0.9")
    said = {
        "service": service,
        "year": year,
        "served": (line.capacity or 0) + 6,
        "capacity": line.capacity,
        "occupied": taken,
        "waiting": 4,
        "staff": Decimal(9),
        "local": (line.local or Decimal(0)) * Decimal("0.96"),
        "contributions": line.contributions,
    }
    _add(by, "service_year", service.provider, dt.date(year, 12, 31), said, state="told")


def _positions(by: User, town: Organization, today: dt.date) -> None:
    """Who is paid from where; the money of one ends with its project."""
    ends = today.replace(day=1) + dt.timedelta(days=150)
    for post, posts, filled, paid_by, more in (
        ("social_worker", "6", "5", "local", {}),
        ("nurse", "2", "2", "state", {}),
        ("school_mediator", "1.5", "1", "project", {"until": ends, "afterwards": "applied"}),
    ):
        said = {"post": post, "posts": Decimal(posts), "filled": Decimal(filled), "paid_by": paid_by, **more}
        _add(by, "staff_position", town, dt.date(today.year, 1, 1), said, state="funded")


def _contributions(city: Keeper, services: list[Service], today: dt.date) -> None:
    """Two contracts with beneficiaries: one pays a share of a pension, one owes nothing."""
    cases = Case.objects.filter(
        keeper=city.organization, open=True, sealed=False, person=None, responsible__isnull=False
    ).select_related("responsible")
    given = 0
    for case in cases.order_by("-year", "-number")[:12]:
        lived = Membership.objects.current().filter(household=case.household_id, person__seals=None)
        adult = lived.select_related("person").order_by("person__birth_date", "pk").first()
        if adult is None or case.responsible is None or given == 2:
            continue
        income = Decimal(1_900) if given == 0 else Decimal(0)
        _beneficiary(case.responsible, adult.person, services[given], income, today)
        given += 1


def _beneficiary(by: User, person: Person, service: Service, income: Decimal, today: dt.date) -> None:
    first = today.replace(day=1) - dt.timedelta(days=92)
    first = first.replace(day=1)
    said = {
        "service": service,
        "gives": ["meals", "care", "counselling"],
        "monthly_cost": Decimal(2_600),
        "income": income,
        "share": Decimal(60),
        "decision": "HCL exemplu 41",
        "contribution": income * Decimal("0.6"),
        "first_on": first,
        "months": 4,
        "until": first + dt.timedelta(days=364),
    }
    entry = _add(by, "beneficiary_contract", person, first, said)
    _move(by, entry, "sign", first, number=f"B-{int(income)}")
    months = Entry.objects.filter(register="contribution_month", person=person).order_by("start")
    for month in months[:2] if income else ():
        _move(by, month, "pay", month.start, paid=income * Decimal("0.6"), paid_on=month.start)
