"""What the entries of registers come to about a case, its household and its people, in a line each."""

from dataclasses import dataclass

from punte.people.models import Person
from punte.registers.sight import Sight, sights_of
from punte.registers.totals.showing import ShownTotal, totals_about
from punte.www.frame.case_page import CasePage

_MOST = 8


@dataclass(frozen=True)
class CaseTotal:
    """A total, and whose it is where it is one person's."""

    total: ShownTotal
    whose: Person | None


def totals_of_case(page: CasePage) -> list[CaseTotal]:
    """Those that say something, what reaches a band first; the same number of queries however much is written."""
    home = [Sight(page.user, page.case), Sight(page.user, page.case.household)]
    for sight in home:
        sight.__dict__["compartments"] = page.compartments
    people = {person.pk: person for person in page.members}
    found = totals_about(page.user, [*home, *sights_of(page.user, list(people.values()))])
    rows = [
        CaseTotal(one, people.get(subject))
        for subject, totals in found.items()
        for one in totals
        if not one.is_nothing
    ]
    return sorted(rows, key=lambda row: not row.total.band)[:_MOST]
