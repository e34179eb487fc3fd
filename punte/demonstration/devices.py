"""Tablets and phones of the demonstration, and a day in the villages that came in from one of them; all invented."""

import datetime as dt
from typing import Any
from uuid import uuid4

from django.db.models import Count, Q
from django.utils import timezone

from punte.accounts.enums import Role
from punte.accounts.models import User
from punte.cases.models import Case
from punte.demonstration.staff import Keeper
from punte.devices.actions import register_device, report_lost
from punte.devices.enums import DeviceKind
from punte.devices.models import Device
from punte.fieldwork.push.apply import apply_entries
from punte.fieldwork.wire.households import household_to_wire
from punte.methodology.packs import available_packs
from punte.people.actions import change_household

_APPLICATION = "teren 0.1.0"
_VISITED = (
    (
        "Am stat de vorbă cu mama. Copiii merg la școală; le-am lăsat cererea pentru ajutorul de încălzire.",
        50,
    ),
    ("Bunica e mai bine. Am verificat medicamentele și am sunat medicul de familie pentru rețetă.", 35),
    ("Nu era nimeni acasă; vecina spune că se întorc joi. Am lăsat bilet cu numărul meu.", 15),
    ("Am completat împreună dosarul pentru alocație. Lipsește o copie după certificat.", 45),
)


def carry(city: Keeper, now: dt.datetime) -> None:
    """Give two workers of the city their devices, and let a day of visits come in from the first of them."""
    first, second = _workers(city)
    tablet = _device(first, city, DeviceKind.TEREN, "tableta albastră")
    _device(second, city, DeviceKind.TEREN, "tableta de la direcție")
    _device(second, city, DeviceKind.COLLECT, "telefonul vechi")
    report_lost(by=second, device=_device(second, city, DeviceKind.TEREN, "telefonul pierdut în tramvai"))
    cases = list(Case.objects.of_worker(first).filter(sealed=False).select_related("household")[:4])
    said = [
        _visit(case, now - dt.timedelta(hours=26 + 2 * turn), note=note, minutes=minutes)
        for turn, (case, (note, minutes)) in enumerate(zip(cases, _VISITED, strict=False))
    ]
    if cases:
        said.append(_moved(cases[0], now - dt.timedelta(hours=25), by=first))
    apply_entries(device=tablet, entries=said)
    _heard(tablet, now - dt.timedelta(hours=2), unsent=3)


def _workers(city: Keeper) -> list[User]:
    """The case manager and the social worker who answer for most cases: those whose accounts are shown first."""
    return [_busiest(city, role) for role in (Role.CASE_MANAGER, Role.SOCIAL_WORKER)]


def _busiest(city: Keeper, role: Role) -> User:
    open_cases = Count("cases_answered_for", filter=Q(cases_answered_for__open=True))
    there = User.objects.filter(appointments__organization=city.organization, appointments__role=role)
    return there.annotate(cases=open_cases).order_by("-cases", "email")[0]


def _device(owner: User, city: Keeper, kind: DeviceKind, name: str) -> Device:
    made = register_device(by=owner, organization=city.organization, kind=kind, name=name).device
    _heard(made, timezone.now() - dt.timedelta(days=1), unsent=0)
    return made


def _heard(device: Device, at: dt.datetime, *, unsent: int) -> None:
    is_teren = device.kind == DeviceKind.TEREN
    Device.objects.filter(pk=device.pk).update(
        last_contact=at,
        application=_APPLICATION if is_teren else "org.odk.collect.android/2026.2.1",
        packs={pack.name: pack.version for pack in available_packs()} if is_teren else {},
        unsent=unsent if is_teren else None,
        unsent_bytes=unsent * 4_100 if is_teren else None,
    )


def _entry(kind: str, case: Case, at: dt.datetime, body: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": str(uuid4()),
        "kind": kind,
        "household": str(case.household_id),
        "at": at.isoformat(timespec="seconds"),
        "after": [],
        "body": body,
    }


def _visit(case: Case, at: dt.datetime, *, note: str, minutes: int) -> dict[str, Any]:
    body = {
        "case": str(case.pk),
        "mode": "home_visit",
        "code": "",
        "at": at.isoformat(timespec="seconds"),
        "minutes": minutes,
        "person": None,
        "step": None,
        "metFamily": "nimeni" not in note,
        "compartment": "general",
        "note": note,
    }
    return _entry("intervention", case, at, body)


def _moved(case: Case, at: dt.datetime, *, by: User) -> dict[str, Any]:
    """The family said one telephone number at the door, while another was written in the office meanwhile."""
    before = household_to_wire(case.household)["phone"]
    change_household(by=by, household=case.household, phone="0700 000 117")
    body = {"revision": case.household.revision, "fields": {"phone": [before, "0700 000 171"]}}
    return _entry("household_change", case, at, body)
