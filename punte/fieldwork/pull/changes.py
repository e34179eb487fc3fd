"""What a device pulls: only what changed since its baseline (`Given` of wire.ts)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from punte.accounts.verbs import record_reads
from punte.devices.models import Device
from punte.fieldwork.pull.bundles import Bundle, bundles_of, caseload_rows, worker_of
from punte.fieldwork.pull.packs import address_of, current_packs
from punte.fieldwork.pull.reference import reference_for
from punte.fieldwork.pull.rows import CaseloadRows
from punte.fieldwork.pull.scope import households_offline
from punte.fieldwork.pull.state import state_of
from punte.kernel.marks import mark_of

AT_ONCE = 200
"""How many households are pulled in one answer."""


@dataclass(frozen=True)
class Baseline:
    """What a device holds already.

    Attributes:
        packs: the newest version of each methodology.
        chosen: the households of the day; None for the whole caseload.
        households: the mark of each household.
        caseload, reference: their marks.
        whole: what it was told when nothing was left to bring.
    """

    packs: Mapping[str, str]
    chosen: Collection[UUID] | None
    households: Mapping[UUID, str]
    caseload: str
    reference: str
    whole: str = ""

    def mark_in(self, state: str) -> str:
        """The mark of holding this, in the state of everything that the device may be given."""
        held = [
            sorted(self.packs.items()),
            sorted(map(str, self.chosen)) if self.chosen is not None else None,
        ]
        marks = sorted((str(key), mark) for key, mark in self.households.items())
        return mark_of([state, *held, marks, self.caseload, self.reference])


def changes_since(device: Device, baseline: Baseline) -> dict[str, Any]:
    """What a device does not hold yet. Every household that is pulled leaves a line in the trail, as its page would.

    Where nothing was left to bring, the device is told a mark; as long as it holds the same and the state is the same,
    nothing is left to bring either, and no bundle is made to see that. The state is read first: what changes while the
    rest is read is seen the next time.
    """
    whole = baseline.mark_in(state_of(device))
    if baseline.whole == whole:
        return {**_nothing(device), "whole": whole}
    given = _compared(device, baseline)
    brings = any(given[part] for part in ("caseload", "reference", "households", "gone", "packs"))
    return {**given, "whole": "" if brings else whole}


def _nothing(device: Device) -> dict[str, Any]:
    return {
        "now": timezone.localtime().isoformat(timespec="seconds"),
        "worker": worker_of(device),
        "caseload": None,
        "reference": None,
        "households": [],
        "gone": [],
        "more": False,
        "packs": [],
    }


def _compared(device: Device, baseline: Baseline) -> dict[str, Any]:
    """All that a device may be given, less what it holds."""
    caseload = households_offline(device)
    rows = CaseloadRows.read(device, caseload)
    packs = current_packs()
    listed = caseload_rows(caseload, rows, today=timezone.localdate())
    wanted = [home for home in caseload if baseline.chosen is None or home.pk in baseline.chosen]
    changed = [
        one
        for one in bundles_of(device, wanted, rows, packs=packs)
        if baseline.households.get(one.household.pk) != one.mark
    ]
    _trace(device, changed[:AT_ONCE])
    there = {home.pk for home in wanted}
    return {
        **_nothing(device),
        "caseload": _unless_held({"rows": listed}, baseline.caseload),
        "reference": _unless_held(reference_for(device.owner), baseline.reference),
        "households": [one.as_wire() for one in changed[:AT_ONCE]],
        "gone": [str(key) for key in baseline.households if key not in there],
        "more": len(changed) > AT_ONCE,
        "packs": [address_of(pack) for pack in packs if baseline.packs.get(pack.name) != pack.version],
    }


def _unless_held(content: dict[str, Any], mark: str) -> dict[str, Any] | None:
    now = mark_of(content)
    return None if now == mark else {"mark": now, **content}


def _trace(device: Device, pulled: Collection[Bundle]) -> None:
    if not pulled:
        return
    with transaction.atomic():
        record_reads(
            by=device.owner,
            what="taken_along",
            records=[(one.household.pk, one.household.keeper_id, one.household.sealed) for one in pulled],
            subject=device.pk,
        )
