"""Photographs in reports: whose consent they rest on, and which may be shown."""

import datetime as dt
import io
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from PIL import Image

from punte.accounts.enums import Compartment
from punte.accounts.models import User
from punte.cases.models import Case
from punte.kernel.file_store import drop_stored, rotate_stored, stored
from punte.kernel.office_rules import section, wrong
from punte.organizations.models import Organization
from punte.people.models import Consent, Membership, PersonSeal
from punte.reports.models import Photograph, Report, ReportVersion

PURPOSE = "photographs"
"""What people agreed to, in `content/consents.yaml`."""
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


def most_in_part() -> int:
    """How many photographs one part may have, as `content/office.yaml` says.

    Raises:
        OfficeRulesError: it does not say so many, one at least.
    """
    said = section("photographs")
    most = said.get("in_part") if isinstance(said, dict) else None
    if not isinstance(most, int) or most < 1:
        raise wrong("photographs", "in_part")
    return most


def offered(user: User, organization: Organization | UUID) -> QuerySet[Consent]:
    """The consents that an account may rest a photograph on: of people whom it sees, kept by the institution."""
    rows = usable(timezone.localdate()).filter(keeper=organization)
    return rows.filter(pk__in=Consent.objects.visible_to(user)).select_related("person", "household")


@dataclass(frozen=True)
class Placed:
    """A photograph as a report has it today; one that does not stand is neither shown nor printed."""

    photograph: Photograph
    stands: bool


def placed_in(report: Report, user: User) -> list[Placed]:
    """Those of a report that stand, in the order in which they came; three queries.

    Of one that was taken off, for whatever reason, who put it there alone is told, and nobody is told why: that
    somebody's consent stands and their photograph does not would give a seal away.
    """
    rows = list(report.photographs.prefetch_related("consents"))
    fit = _fit([one for one in rows if one.removed_at is None], timezone.localdate())
    return [Placed(one, one.pk in fit) for one in rows if one.pk in fit or one.by_id == user.pk]


def _fit(rows: Iterable[Photograph], day: dt.date | None) -> set[UUID]:
    """Those of which every consent may be used; one that was erased counts as missing."""
    rested = {one.pk: {consent.pk for consent in one.consents.all()} for one in rows}
    named = set().union(*rested.values())
    known = set(usable(day).filter(pk__in=named).values_list("pk", flat=True)) if named else set()
    return {one.pk for one in rows if len(rested[one.pk] & known) == one.people}


def shown_in_version(keys: Collection[str]) -> dict[str, Photograph]:
    """Those of an issued paper that may still be shown: what was agreed to then holds until it is withdrawn."""
    rows = list(Photograph.objects.filter(pk__in=keys, removed_at=None).prefetch_related("consents"))
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
    return rotate_stored(Photograph.objects.exclude(path=""))


def take_off(day: dt.date) -> int:
    """Erase the files of photographs that may be shown no more; how many they were.

    A consent was withdrawn, somebody is behind a seal, or the consents are over and no version left with it. What was
    taken off does not come back: its row stays without picture, words and people, for who put it there.
    """
    versions = ReportVersion.objects.filter(report=OuterRef("report"), created_at__gt=OuterRef("created_at"))
    kept = Photograph.objects.exclude(path="").annotate(left=Exists(versions))
    rows = list(kept.prefetch_related("consents"))
    today, ever = _fit(rows, day), _fit(rows, None)
    gone = [
        one for one in rows if one.removed_at or one.pk not in ever or (one.pk not in today and not one.left)
    ]
    with transaction.atomic():
        drop_stored([one.path for one in gone])
        Photograph.consents.through.objects.filter(photograph__in=gone).delete()
        Photograph.objects.filter(pk__in=[one.pk for one in gone]).update(
            caption="", path="", removed_at=timezone.now()
        )
    return len(gone)


def follow_erasing(*, cases: Collection[UUID], **_named: Any) -> None:
    """Who is erased is in no photograph either: nor is who lived there and is in no other record."""
    others = Case.objects.filter(erased_on=None).exclude(pk__in=cases)
    erased = Case.objects.filter(pk__in=cases)
    homes = erased.exclude(household__in=others.values("household")).values("household")
    elsewhere = Membership.objects.filter(household__in=others.values("household")).values("person")
    lived = Membership.objects.filter(household__in=homes.filter(person=None))
    people = lived.exclude(person__in=elsewhere).values("person")
    own = erased.exclude(person=None).values("person")
    whose = Q(consents__household__in=homes) | Q(consents__person__in=people) | Q(consents__person__in=own)
    rows = Photograph.objects.filter(pk__in=Photograph.objects.filter(whose).values("pk"))
    drop_stored(rows.exclude(path="").values_list("path", flat=True))
    rows.delete()
