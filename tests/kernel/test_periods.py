"""Periods of one key may touch and may not overlap; an empty one overlaps nothing. Both databases say the same."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from punte.directory.models import Licence, Service
from punte.kernel.models import new_id
from tests.factories import ServiceFactory

pytestmark = pytest.mark.both

NAME = "one_licence_of_a_service_at_a_time"


def day(number: int) -> dt.date:
    return dt.date(2026, 3, number)


@contextmanager
def refused(error: type[Exception], expected: bool) -> Iterator[None]:
    with pytest.raises(error, match=NAME) if expected else nullcontext(), transaction.atomic():
        yield


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("one", "other", "overlaps"),
    [
        ((1, 10), (5, 12), True),
        ((1, 10), (10, 12), False),
        ((1, None), (5, None), True),
        ((1, 10), (5, 5), False),
        ((1, None), (5, 5), False),
        ((5, 5), (5, 5), False),
        ((1, 10), (1, 1), False),
        ((1, 10), (10, 10), False),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_periods(
    one: tuple[int, int | None], other: tuple[int, int | None], overlaps: bool, turned: bool
) -> None:
    service = ServiceFactory()
    first, second = (other, one) if turned else (one, other)
    _licence(service, first).save()
    added, moved = _licence(service, second), _licence(ServiceFactory(), second)
    with refused(ValidationError, overlaps):
        added.validate_constraints()
    with refused(IntegrityError, overlaps):
        added.save()
    if overlaps:
        moved.save()
        moved.service = service
        with refused(IntegrityError, overlaps):
            moved.save()


def _licence(service: Service, period: tuple[int, int | None]) -> Licence:
    start, end = period
    return Licence(service=service, number=str(new_id()), start=day(start), end=end and day(end))
