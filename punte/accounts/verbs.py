"""What makes a function a verb: one transaction, and a line in the trail."""

from collections.abc import Callable, Iterable
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from django.db import transaction

from punte.accounts.models import TrailEntry, User
from punte.kernel.in_bulk import add

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

_written: ContextVar[int] = ContextVar("trail_entries_written", default=0)


class NoTrail(RuntimeError):
    """A verb returned without a line in the trail: a mistake of ours, never of the person who called it."""


def verb(function: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """Run the function in one transaction and insist that it wrote to the trail."""

    @wraps(function)
    def run(*arguments: Arguments.args, **named: Arguments.kwargs) -> Result:
        before = _written.get()
        with transaction.atomic():
            result = function(*arguments, **named)
            if _written.get() == before:
                raise NoTrail(function.__name__)
        return result

    run.is_verb = True  # type: ignore[attr-defined]
    return run


def record(
    *,
    by: User,
    verb: str,
    keeper: UUID | None,
    household: UUID | None = None,
    person: UUID | None = None,
    subject: UUID | None = None,
    case: UUID | None = None,
    sealed: bool = False,
    reason: str = "",
    changes: dict[str, Any] | None = None,
) -> None:
    """Write one line in the trail.

    Args:
        keeper: the organisation that keeps the record.
        household, person: whose record it is, where it is somebody's.
        subject: the row that was changed, where it is neither.
        case: the case of which the line tells: once it is sealed, the line is its team's alone.
        sealed: whether only the case team may read the line.
        changes: names of the fields changed, with old and new values where they are not personal data.
    """
    _write(
        by,
        verb,
        reading=False,
        keeper=keeper,
        household=household,
        person=person,
        subject=subject,
        case=case,
        sealed=sealed,
        reason=reason,
        changes=changes or {},
    )


def record_read(
    *,
    by: User,
    what: str,
    keeper: UUID | None,
    household: UUID | None = None,
    person: UUID | None = None,
    subject: UUID | None = None,
    case: UUID | None = None,
    sealed: bool = False,
) -> None:
    """Write in the trail that an account opened a record on a page, named by `what`."""
    _write(
        by,
        what,
        reading=True,
        keeper=keeper,
        household=household,
        person=person,
        subject=subject,
        case=case,
        sealed=sealed,
    )


def record_reads(
    *, by: User, what: str, records: Iterable[tuple[UUID, UUID, bool]], subject: UUID | None = None
) -> None:
    """As `record_read`, of many households at once: each named by itself, its keeper, and whether it is sealed."""
    record_all(
        TrailEntry(
            actor=by,
            verb=what,
            reading=True,
            household=household,
            keeper=keeper,
            sealed=sealed,
            subject=subject,
        )
        for household, keeper, sealed in records
    )


def record_all(lines: Iterable[TrailEntry]) -> None:
    """Write several lines in the trail at once: one query, however many they are."""
    written = TrailEntry.objects.bulk_create(lines)
    _written.set(_written.get() + len(written))


def _write(by: User, verb: str, **fields: Any) -> None:
    add(TrailEntry(actor=by, verb=verb, **fields))
    _written.set(_written.get() + 1)
