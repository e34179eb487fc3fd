"""Terms since events that a room above tells: read by who reads there what they come from, and counted nowhere."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from punte.accounts.enums import Capability
from punte.accounts.guests import happenings
from punte.accounts.models import User
from punte.cases.models import Case, GuestDeadline
from punte.kernel.prepared import Prepared

LONGEST_LIST = 100


class GuestTerm(NamedTuple):
    """A term that the account reads; of one that is `discreet` a page that is read over the shoulder says nothing."""

    deadline: GuestDeadline
    discreet: bool


def terms_of_guests(user: User, until: dt.date) -> list[GuestTerm]:
    """The terms that stand, up to a day, of cases that the account answers for."""
    keepers = user.standing.organizations(Capability.SEE_TEAM_CASES)
    return _readable(user, _of_worker(worker=user.pk, keepers=keepers, until=until))


def terms_in_case(user: User, case: Case) -> list[GuestDeadline]:
    """The terms that stand in a case that the account sees."""
    return [term.deadline for term in _readable(user, _of_case(case=case.pk))]


_of_worker = Prepared(
    lambda worker, keepers, until: (
        GuestDeadline.objects.filter(worker=worker, keeper__in=keepers, met_on=None, due_on__lte=until)
        .select_related("case__household")
        .defer("case__household__safe_contact")[:LONGEST_LIST]
    )
)
_of_case = Prepared(lambda case: GuestDeadline.objects.filter(case=case, met_on=None)[:LONGEST_LIST])


def _readable(user: User, rows: Iterable[GuestDeadline]) -> list[GuestTerm]:
    found = list(rows)
    told = happenings()
    subjects: dict[str, set[str]] = {}
    for row in found:
        subjects.setdefault(row.guest, set()).add(row.subject)
    read = {guest: told[guest].readable(user, asked) for guest, asked in subjects.items() if guest in told}
    return [
        GuestTerm(row, read[row.guest][row.subject])
        for row in found
        if row.guest in read and row.subject in read[row.guest]
    ]
