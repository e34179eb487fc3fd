"""A town with children and families that have an attestation; all invented."""

import datetime as dt
from typing import Any

from django.utils import timezone

from punte.accounts.enums import Role
from punte.cases.actions import open_case
from punte.cases.enums import Regime
from punte.protection.models import FamilySearch
from punte.registers.actions import add_entry, move_entry
from punte.registers.models import Entry
from tests.factories import HouseholdFactory, OrganizationFactory, family
from tests.factories import worker as worker_as

DAY = dt.timedelta(days=1)


class Town:
    """Its case manager, who works with all of them."""

    def __init__(self) -> None:
        self.house: Any = OrganizationFactory()
        self.worker: Any = worker_as(Role.CASE_MANAGER, organization=self.house)

    def home(self, *ages: int) -> tuple[Any, list[Any]]:
        """A household with an open case and its people."""
        home = HouseholdFactory(keeper=self.house)
        people = family(*ages, household=home)
        case = open_case(by=self.worker, household=home, regime=Regime.STANDARD, reason="Vizită")
        return case, people

    def carer(self, *, places: int = 2, **said: Any) -> Entry:
        """Somebody with an attestation."""
        _case, [person] = self.home(45)
        given = {"places": places, "age_from": 0, "age_to": 17, "sex": "any", "siblings": True}
        return add_entry(
            by=self.worker,
            register="foster_attestation",
            subject=person,
            start=timezone.localdate() - 100 * DAY,
            given={**given, "valid_until": timezone.localdate() + 900 * DAY, **said},
        )

    def move(self, entry: Entry, move: str, **given: Any) -> Entry:
        """A step of an entry, today."""
        fresh = Entry.objects.get(pk=entry.pk)
        return move_entry(
            by=self.worker,
            entry=fresh,
            move=move,
            on=timezone.localdate(),
            given=given,
            revision=fresh.revision,
            confirmed=True,
        )


def measures_of(search: FamilySearch) -> list[Entry]:
    """The measures that a choice proposed."""
    return [one.measure for one in search.placements.select_related("measure").order_by("pk")]
