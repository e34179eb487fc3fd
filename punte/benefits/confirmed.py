"""What institutions confirmed of the sums, thresholds and entitlements that nobody has read in the law."""

import datetime as dt
from collections.abc import Collection, Mapping
from uuid import UUID

from django.utils import timezone

from punte.benefits.models import Confirmation


def confirmed_in(keepers: Collection[UUID], day: dt.date | None = None) -> Mapping[UUID, frozenset[str]]:
    """By institution the keys that it confirmed on a day (one query)."""
    found: dict[UUID, set[str]] = {keeper: set() for keeper in keepers}
    rows = Confirmation.objects.on(day or timezone.localdate()).filter(organization__in=keepers).order_by()
    for keeper, what in rows.values_list("organization", "what"):
        found[keeper].add(what)
    return {keeper: frozenset(keys) for keeper, keys in found.items()}
