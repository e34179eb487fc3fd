"""The nightly comparison of a keeper's register: which pairs of files somebody should look at."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from punte.kernel.text import fold
from punte.organizations.models import Organization
from punte.people.enums import PairState, SpeaksFor
from punte.people.identity import birth_date_of
from punte.people.matching.evidence import OnFile, weigh
from punte.people.matching.register import Filed, Limits, Pair, match
from punte.people.models import LikelyPair, Membership, Person

Row = TypeVar("Row")

_AT_ONCE = 1_000
_COMPARED = ("pk", "family_name", "given_name", "birth_date", "sex", "cnp")


@dataclass(frozen=True)
class Compared:
    """What came of a register: its files, the pairs that wait, and how many of them are as good as sure."""

    files: int
    pairs: int
    sure: int


def match_register(keeper: Organization, *, limits: Limits | None = None) -> Compared:
    """Compare all files that an institution keeps, and list the pairs that may be of one person.

    Pairs of which somebody said what they are stay as they are; of those that wait, none stays that is found no more.
    Nothing is joined.
    """
    homes = _homes(keeper)
    keys: list[UUID] = []
    found = match(_files(keeper, homes, keys), limits=limits)
    with transaction.atomic():
        LikelyPair.objects.filter(keeper=keeper, state=PairState.OPEN).delete()
        said = LikelyPair.objects.filter(keeper=keeper).order_by()
        settled = set(said.values_list("first", "second"))
        pairs = sure = 0
        for rows in _in_batches(_listed(found, keys, homes, settled, keeper)):
            # What somebody said of a pair while this ran stands.
            LikelyPair.objects.bulk_create(rows, ignore_conflicts=True)
            pairs, sure = pairs + len(rows), sure + sum(row.sure for row in rows)
    return Compared(len(keys), pairs, sure)


def _homes(keeper: Organization) -> dict[UUID, UUID]:
    lived = Membership.objects.current().filter(person__keeper=keeper).order_by()
    return dict(lived.values_list("person", "household"))


def _files(keeper: Organization, homes: dict[UUID, UUID], keys: list[UUID]) -> Iterator[Filed]:
    """The files by identifier, so that of each pair the lower comes first; their identifiers go to `keys`."""
    today = timezone.localdate()
    people = Person.objects.filter(keeper=keeper).order_by("pk")
    for key, family, given, born, sex, cnp in people.values_list(*_COMPARED).iterator(chunk_size=_AT_ONCE):
        keys.append(key)
        yield Filed(
            family=fold(family),
            given=fold(given),
            born=born,
            coded=birth_date_of(cnp, today=today, stated=born) if cnp else None,
            sex=sex,
            cnp=cnp,
            home=str(homes.get(key, "")),
        )


def _listed(
    found: Iterable[Pair],
    keys: list[UUID],
    homes: dict[UUID, UUID],
    settled: set[tuple[UUID, UUID]],
    keeper: Organization,
) -> Iterator[LikelyPair]:
    for some in _in_batches(found):
        new = [pair for pair in some if (keys[pair.first], keys[pair.second]) not in settled]
        people = Person.objects.in_bulk({keys[place] for pair in new for place in (pair.first, pair.second)})
        for pair in new:
            first, second = people.get(keys[pair.first]), people.get(keys[pair.second])
            if first is None or second is None:
                continue
            evidence = weigh(OnFile.of(first), OnFile.of(second))
            shared = homes.get(first.pk) is not None and homes.get(first.pk) == homes.get(second.pk)
            if not evidence.cannot_be:
                yield LikelyPair(
                    keeper=keeper,
                    first=first,
                    second=second,
                    probability=pair.probability,
                    sure=pair.sure,
                    speaks_for=[*evidence.speaks_for, *([SpeaksFor.SAME_HOUSEHOLD] if shared else [])],
                    speaks_against=evidence.speaks_against,
                )


def _in_batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    waiting = iter(rows)
    while some := list(islice(waiting, _AT_ONCE)):
        yield some
