"""The numbers of seed 000: 113 families with their regimes, their homes and repairs, who moved, fifteen women.

What is told in full stands in `home` and `violence`; here is the rest of it, as it would lie there by now.
"""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from itertools import cycle
from typing import Any

from punte.accounts.models import User
from punte.cases.actions import add_facet, open_case
from punte.cases.actions.refresh_deadlines import refresh_deadlines_of
from punte.cases.enums import Regime
from punte.cases.models import Case
from punte.demonstration.lying import Laid
from punte.demonstration.staff import Keeper
from punte.organizations.models import Organization
from punte.people.models import Dwelling, Household, Membership, Person, Residence
from punte.registers.actions import add_entry
from punte.registers.models import Entry
from punte.registers.totals.definition import months_before

_FAMILIES, _REPAIRS, _WOMEN = 113, 287, 15
_REGIMES = (Regime.STANDARD, Regime.MONITORING, Regime.STANDARD, Regime.INTENSIVE)
_ADULT = 19 * 365
_A_DAY = dt.timedelta(days=1)
_WORKS = (
    ("sanitary", "damage", "Robinet care curge", 180),
    ("heating", "health", "Centrala nu pornește", 640),
    ("electric", "danger", "Priză arsă", 210),
    ("windows", "health", "Geam spart", 290),
    ("damp", "health", "Mucegai pe perete", 350),
    ("other", "damage", "Încuietoare stricată", 120),
)
_SUPPORT = ("budget", "papers", "mediation", "school", "health")


def write_numbers(*, city: Keeper, today: dt.date) -> None:
    """Fill up what the other stories began; of a small town most of its families, and of the rest as much less."""
    if not city.workers:
        return
    women = list(_women(city, today))
    work = _Work(city, today)
    for case, person in women:
        work.of_a_woman(case, person)
    shut = {case.household_id for case, _person in women}
    families = [one for one in _families(city) if one.pk not in shut]
    work.of_families(families[: min(_FAMILIES, len(families) * 3 // 5)])


def _families(city: Keeper) -> Iterator[Household]:
    """Households of the town on whom nothing is sealed: first those with an open case."""
    rows = Household.objects.filter(keeper=city.organization, sealed=False).exclude(
        memberships__person__seals__isnull=False
    )
    rows = rows.filter(memberships__end=None, memberships__isnull=False).distinct().select_related("uat")
    worked_with = set(
        Case.objects.filter(keeper=city.organization, open=True).values_list("household", flat=True)
    )
    yield from sorted(rows, key=lambda one: (one.pk not in worked_with, one.created_at, str(one.pk)))


def _women(city: Keeper, today: dt.date) -> Iterator[tuple[Case, Person]]:
    """As many as are missing, each the youngest grown woman of a household without a case."""
    told = Entry.objects.filter(register="safe_contact", keeper=city.organization).count()
    free = Household.objects.filter(keeper=city.organization, sealed=False, cases=None)
    grown = Membership.objects.current().filter(
        household__in=free,
        person__sex="f",
        person__birth_date__lt=today - dt.timedelta(days=_ADULT),
        person__died_on=None,
        start__lt=today - _A_DAY,
    )
    rows = grown.select_related("person", "household__keeper").order_by(
        "household__created_at", "-person__birth_date"
    )
    chosen = {row.household_id: row for row in reversed(rows)}
    few = max(_WOMEN - told, 0) if len(chosen) > _FAMILIES // 2 else 0
    for (worker, team), row in zip(cycle(city.workers), list(chosen.values())[:few], strict=False):
        case = open_case(
            by=worker, household=row.household, team=team, regime=Regime.INTENSIVE, reason="A sunat singură"
        )
        add_facet(by=worker, case=case, facet="violence")
        yield case, row.person


class _Work:
    def __init__(self, city: Keeper, today: dt.date) -> None:
        self.city, self.today = city, today
        self.laid = Laid()
        firms = Entry.objects.filter(register="contractor").values("organization")
        self.firms = list(Organization.objects.filter(pk__in=firms).order_by("name"))
        self.repaired = Entry.objects.filter(register="repair").count()

    def of_a_woman(self, case: Case, person: Person) -> None:
        """What her team has written by now; what seals comes first, by its verb."""
        by, ago = case.responsible, self._ago
        assert by is not None
        number = case.number
        given = {"how": ["in_person"], "never": "seara; niciun mesaj scris", "letters": False}
        add_entry(by=by, register="safe_contact", subject=person, start=ago(90), given=given)
        her: dict[str, Any] = {"by": by, "subject": person, "sealed": True}
        self.laid.add(
            register="violence_incident", start=ago(95), main_form="physical", frequency="monthly", **her
        )
        self.laid.add(
            register="safety_plan",
            start=ago(80),
            written_with="with_person",
            safe_to_hold="yes" if number % 3 else "no",
            **her,
        )
        if number % 2:
            until = self.today + dt.timedelta(days=30 + 5 * (number % 12))
            self.laid.add(
                register="protection_order",
                start=ago(70),
                state="issued",
                kind="order",
                issued_by="court",
                until=until,
                **her,
            )
        self.laid.add(register="legal_support", start=ago(60), kind="accompaniment", hours=2, **her)

    def of_families(self, families: list[Household]) -> None:
        """Their cases, homes, rents, repairs, and how they came to where they live."""
        known = {
            case.household_id: case
            for case in Case.objects.filter(household__in=families, open=True, person=None).select_related(
                "responsible"
            )
        }
        turns = cycle(self.city.workers)
        lived = {
            row.household_id: row
            for row in Residence.objects.current().filter(household__in=families).select_related("dwelling")
        }
        oldest = _oldest(families)
        dwellings, moved = [], []
        for number, home in enumerate(families):
            worker, team = next(turns)
            case = known.get(home.pk)
            if case is None:
                case = open_case(
                    by=worker,
                    household=home,
                    team=team,
                    regime=_REGIMES[number % len(_REGIMES)],
                    reason="Familie din program",
                    opened_on=self._ago(200 - number),
                )
                known[home.pk] = case
            by = case.responsible or worker
            lives = lived.get(home.pk)
            if lives is None or lives.dwelling is not None:
                continue
            lives.dwelling = Dwelling(
                keeper=self.city.organization,
                by=by,
                kind="social",
                uat=home.uat,
                locality=home.locality,
                address=home.address or f"Aleea Exemplu nr. {number + 1}",
                administrator=self.city.organization,
            )
            dwellings.append(lives.dwelling)
            moved.append(lives)
            self._home(by, worker, home, lives.dwelling, oldest.get(home.pk), number)
        Dwelling.objects.bulk_create(dwellings)
        Residence.objects.bulk_update(moved, ["dwelling"], batch_size=100)
        repairs = _REPAIRS * len(families) // _FAMILIES - self.repaired if dwellings else 0
        for at in range(repairs):
            self._repair(moved[at % len(moved)], at)
        self.laid.keep()
        refresh_deadlines_of(list(known.values()))

    def _home(
        self, by: User, other: User, home: Household, dwelling: Dwelling, adult: Person | None, number: int
    ) -> None:
        rent = Decimal(120 + 10 * (number % 20))
        since = self._ago(330 - number % 90)
        self.laid.add(
            by,
            "tenancy",
            dwelling,
            since,
            household=home,
            right="social",
            number=f"{300 + number}/{since.year}",
            rent=rent,
            obligations=["rent", "water", "electricity"],
            valid_until=since + dt.timedelta(days=5 * 365),
            state="signed",
        )
        for back in range(11, -1, -1):
            day = months_before(self.today.replace(day=10), back)
            if day > self.today:
                continue
            late = number % 5 == 0 and 0 < back <= number % 4
            paid = {} if late else {"paid": rent, "paid_on": day}
            self.laid.add(
                by,
                "obligation",
                home,
                day,
                state="late" if late else "paid",
                kind="rent",
                amount=rent,
                **paid,
            )
        if adult is None:
            return
        on = self._ago(420 - number % 60)
        score, keeps = 4 + number % 6, 2 + number % 7
        asked = self.laid.add(
            by,
            "relocation_application",
            home,
            on,
            state="moved",
            call="Apel 1" if number % 2 else "Apel 2",
            applicant=adult,
            lives_in="segregated",
            papers=["request", "identity", "income", "consent"],
            proposed="select",
            decision="select",
            reasons="Locuința are camere destule și este aproape de școală.",
            moved_on=on + dt.timedelta(days=60),
        )
        for reader, points in ((by, score), (other if other != by else self._other(by), score - number % 2)):
            self.laid.add(
                reader,
                "relocation_reading",
                home,
                on + dt.timedelta(days=10),
                application=asked,
                vulnerability=points,
                sustainability=keeps,
                support=["budget"],
                reasons="Vizită la domiciliu, discuție cu școala.",
            )
        self.laid.add(
            by,
            "post_move_support",
            home,
            on + dt.timedelta(days=70),
            application=asked,
            kind=_SUPPORT[number % len(_SUPPORT)],
            how_often="monthly",
        )

    def _other(self, by: User) -> User:
        return next((worker for worker, _team in self.city.workers if worker != by), by)

    def _repair(self, lives: Residence, at: int) -> None:
        kind, risk, what, cost = _WORKS[at % len(_WORKS)]
        on = self._ago(10 + at * 340 // _REPAIRS)
        assert lives.dwelling is not None
        said: dict[str, Any] = {"household": lives.household, "kind": kind, "risk": risk, "what": what}
        if at % 12:
            said |= {"ordered_on": on + _A_DAY, "accepted_on": on + 4 * _A_DAY, "cost": Decimal(cost)}
            said |= {"accepted_by": "asistentul social și locatarul"}
            said |= {"contractor": self.firms[at % len(self.firms)]} if self.firms else {}
        self.laid.add(
            lives.dwelling.by,
            "repair",
            lives.dwelling,
            on,
            state="accepted" if at % 12 else "reported",
            **said,
        )

    def _ago(self, days: int) -> dt.date:
        return self.today - dt.timedelta(days=days)


def _oldest(families: list[Household]) -> dict[Any, Person]:
    rows = Membership.objects.current().filter(household__in=families, person__died_on=None)
    found: dict[Any, Person] = {}
    for row in rows.select_related("person").order_by("person__birth_date", "pk"):
        found.setdefault(row.household_id, row.person)
    return found
