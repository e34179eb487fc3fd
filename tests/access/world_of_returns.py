"""What official figures add to the small world: a sheet with something amiss, and one that was sent to the house."""

import datetime as dt
from typing import Any

from django.utils import timezone

from punte.returns.models import Sheet
from tests.factories import OrganizationFactory

_VALUES = {"families": {"total": 12, "single": 3}, "children": {"total": 9, "single": 2}}


def sheets_of(house: Any, *, by: Any) -> dict[str, Any]:
    """The second was sent to the house, as if it were the directorate of its county."""
    common = {
        "form": "spas_quarterly",
        "period": "2026-T1",
        "start": dt.date(2026, 1, 1),
        "end": dt.date(2026, 4, 1),
        "due_on": dt.date(2026, 4, 15),
        "values": _VALUES,
        "counted": _VALUES,
    }
    fault = {"families_not_above_children": {"n": 1, "answered": False}}
    sent = {"state": "sent", "signed_by": by, "signed_at": timezone.now(), "sent_at": timezone.now()}
    return {
        "sheet": Sheet.objects.create(organization=house, faults=fault, **common),
        "sheet_sent": Sheet.objects.create(
            organization=OrganizationFactory(), receiver=house, **sent, **common
        ),
    }
