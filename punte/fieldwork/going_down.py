"""What a device is told when it asks: only what changed since it last did (`Given` of wire.ts)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from punte.accounts.verbs import record_reads
from punte.devices.models import Device
from punte.fieldwork.bundles import Packed, caseload_rows, mark_of, packed, worker_of
from punte.fieldwork.luggage import Names
from punte.fieldwork.packs import address_of, current_packs
from punte.fieldwork.reference import reference_for
from punte.fieldwork.taken_along import households_taken_along

AT_ONCE = 200
"""How many households go down in one answer."""


@dataclass(frozen=True)
class Held:
    """What a device holds.

    Attributes:
        packs: the newest version of each methodology.
        chosen: the households of the day; None for the whole caseload.
        households: the mark of each household.
        caseload, reference: their marks.
    """

    packs: Mapping[str, str]
    chosen: Collection[UUID] | None
    households: Mapping[UUID, str]
    caseload: str
    reference: str


def given_to(device: Device, held: Held) -> dict[str, Any]:
    """What a device does not hold yet. Every household that goes down leaves a line in the trail, as its page would."""
    caseload = households_taken_along(device)
    names = Names.read(device, caseload)
    packs = current_packs()
    rows = caseload_rows(caseload, names, today=timezone.localdate())
    wanted = [home for home in caseload if held.chosen is None or home.pk in held.chosen]
    changed = [
        one
        for one in packed(device, wanted, names, packs=packs)
        if held.households.get(one.household.pk) != one.mark
    ]
    _trace(device, changed[:AT_ONCE])
    there = {home.pk for home in wanted}
    return {
        "now": timezone.localtime().isoformat(timespec="seconds"),
        "worker": worker_of(device),
        "caseload": _unless_held({"rows": rows}, held.caseload),
        "reference": _unless_held(reference_for(device.owner), held.reference),
        "households": [one.as_wire() for one in changed[:AT_ONCE]],
        "gone": [str(key) for key in held.households if key not in there],
        "more": len(changed) > AT_ONCE,
        "packs": [address_of(pack) for pack in packs if held.packs.get(pack.name) != pack.version],
    }


def _unless_held(said: dict[str, Any], mark: str) -> dict[str, Any] | None:
    now = mark_of(said)
    return None if now == mark else {"mark": now, **said}


def _trace(device: Device, taken: Collection[Packed]) -> None:
    if not taken:
        return
    with transaction.atomic():
        record_reads(
            by=device.owner,
            what="taken_along",
            records=[(one.household.pk, one.household.keeper_id, one.household.sealed) for one in taken],
            subject=device.pk,
        )
