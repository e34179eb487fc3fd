"""Photographs in reports: whose consent they rest on, and which may be shown."""

import datetime as dt
import io
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from PIL import Image

from punte.accounts.enums import Compartment
from punte.cases.models import Case
from punte.kernel.file_store import drop_stored, rotate_stored, stored
from punte.organizations.models import Organization
from punte.people.models import Consent, Membership, PersonSeal
from punte.reports.models import Photograph, Report

PURPOSE = "photographs"
"""What people agreed to, in `content/consents.yaml`."""
MOST_IN_PART = 8
LONGEST_CAPTION = 200
_LONGEST_SIDE = 1600


def usable(day: dt.date | None) -> QuerySet[Consent]:
    """The consents to photographs that nobody withdrew, of nobody who is behind a seal.

    Args:
        day: on which they must stand; None where it is enough that they once did.
    """
    rows = Consent.objects.filter(purpose=PURPOSE, withdrawn_on=None) if day is None else _standing(day)
    sealed = PersonSeal.objects.filter(end=None).values("person")
    lives = Membership.objects.current()
    in_sealed_home = lives.filter(household__sealed=True).values("person")
    home_of_sealed = lives.filter(person__in=sealed).values("household")
    return rows.filter(compartment=Compartment.GENERAL).exclude(
        Q(household__sealed=True)
        | Q(household__in=home_of_sealed)
        | Q(person__in=sealed)
        | Q(person__in=in_sealed_home)
    )


def _standing(day: dt.date) -> QuerySet[Consent]:
    return Consent.objects.standing(day).filter(purpose=PURPOSE)


def offered(user: Any, organization: Organization | UUID) -> QuerySet[Consent]:
    """The consents that an account may rest a photograph on: of people whom it sees, kept by the institution."""
    rows = usable(timezone.localdate()).filter(keeper=organization)
    return rows.filter(pk__in=Consent.objects.visible_to(user)).select_related("person", "household")


@dataclass(frozen=True)
class Placed:
    """A photograph as a report has it today."""

    photograph: Photograph
    stands: bool


def placed_in(report: Report) -> list[Placed]:
    """Those of a report that were not removed, in the order in which they came; three queries."""
    rows = list(report.photographs.filter(removed_at=None).prefetch_related("consents"))
    fit = _fit(rows, timezone.localdate())
    return [Placed(one, one.pk in fit) for one in rows]


def _fit(rows: Iterable[Photograph], day: dt.date | None) -> set[UUID]:
    """Those of which every consent may be used; one that was erased counts as missing."""
    rested = {one.pk: {consent.pk for consent in one.consents.all()} for one in rows}
    named = set().union(*rested.values())
    known = set(usable(day).filter(pk__in=named).values_list("pk", flat=True)) if named else set()
    return {one.pk for one in rows if len(rested[one.pk] & known) == one.people}


def shown_in_version(keys: Collection[str]) -> dict[str, Photograph]:
    """Those of an issued paper that may still be shown: what was agreed to then holds until it is withdrawn."""
    rows = list(Photograph.objects.filter(pk__in=keys).prefetch_related("consents"))
    fit = _fit(rows, None)
    return {str(one.pk): one for one in rows if one.pk in fit}


def reduced(content: bytes) -> tuple[bytes, int, int]:
    """A picture as a report keeps it: JPEG, no larger than a page needs; with its width and height."""
    with Image.open(io.BytesIO(content)) as read:
        picture = read.convert("RGB")
    picture.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    made = io.BytesIO()
    picture.save(made, "JPEG", quality=82)
    return made.getvalue(), *picture.size


def picture_of(photograph: Photograph) -> bytes:
    """The picture as it is kept.

    Raises:
        OSError: the store does not have it.
    """
    return stored(photograph.path)


def rotate_pictures(**_signal: Any) -> int:
    """Re-encrypt with the newest key those that carry an older one; their number."""
    return rotate_stored(Photograph.objects.all())


def follow_erasing(*, cases: Collection[UUID], **_named: Any) -> None:
    """Who is erased is in no photograph either."""
    homes = Case.objects.filter(pk__in=cases)
    whose = Q(consents__household__in=homes.values("household")) | Q(
        consents__person__in=homes.exclude(person=None).values("person")
    )
    rows = Photograph.objects.filter(pk__in=Photograph.objects.filter(whose).values("pk"))
    drop_stored(rows.values_list("path", flat=True))
    rows.delete()
