"""The words of a search for a family go with its case; that one was looked for, and found or not, stays."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from punte.protection.models import FamilySearch


def follow_erasing(*, cases: Collection[UUID], **_named: Any) -> None:
    """Empty what was asked of the family, and why it was decided so."""
    FamilySearch.objects.filter(case__in=cases).update(needs=[], why_wider="", reason="")
