"""The numbers of seed 000: 113 families with their regimes, their homes and repairs, who moved, fifteen women.

What is told in full stands in `home` and `violence`; here is the rest of it, as it would lie there by now.
"""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from itertools import cycle
from typing import Any

from django.db.models import F, Max, QuerySet

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

FAMILIES = 113
_REPAIRS, _WOMEN = 287, 15
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
    work = _Work(city, today)
    for case, person, opened in _women(city, today):
        work.of_a_woman(case, person, opened)
    work.of_families(list(_cases(city)[:FAMILIES]))


def _cases(city: Keeper) -> QuerySet[Case]:
    """Open cases of households of the town on whom nothing is sealed."""
    rows = Case.objects.filter(
        keeper=city.organization, open=True, sealed=False, person=None, responsible__isnull=False
    )
    shut = Membership.objects.filter(person__seals__isnull=False).values("household")
    return (
        rows.exclude(household__in=shut)
        .select_related("responsible", "household__uat")
        .order_by("year", "number")
    )


def _women(city: Keeper, today: dt.date) -> Iterator[tuple[Case, Person, dt.date]]:
    """As many as are missing: the youngest grown woman of households without a case, those visited last first."""
    told = Entry.objects.filter(register="safe_contact", keeper=city.organization).count()
    free = Household.objects.filter(keeper=city.organization, sealed=False, cases=None).select_related(
        "keeper"
    )
    visited = free.annotate(day=Max("assessments__visited_on")).order_by(F("day").desc(nulls_last=True), "pk")
    homes = list(visited[: 2 * _WOMEN])
    grown = Membership.objects.current().filter(
        household__in=homes,
        person__sex="f",
        person__died_on=None,
        person__birth_date__lt=dt.date(today.year - 19, 1, 1),
    )
    rows = grown.select_related("person").order_by("person__birth_date", "pk")
    woman = {row.household_id: row.person for row in rows}
    chosen = [home for home in homes if home.pk in woman][: max(_WOMEN - told, 0)]
    if len(chosen) < _WOMEN - told:
        return
    for (worker, team), home in zip(cycle(city.workers), chosen, strict=False):
        # Whoever was never visited rang yesterday.
        opened = home.day or today - _A_DAY
        case = open_case(
            by=worker,
            household=home,
            team=team,
            regime=Regime.INTENSIVE,
            reason="A sunat singură",
            opened_on=opened,
        )
        add_facet(by=worker, case=case, facet="violence")
        yield case, woman[home.pk], opened


class _Work:
    def __init__(self, city: Keeper, today: dt.date) -> None:
        self.city, self.today = city, today
        self.laid = Laid()
        firms = Entry.objects.filter(register="contractor").values("organization")
        self.firms = list(Organization.objects.filter(pk__in=firms).order_by("name"))
        self.repaired = Entry.objects.filter(register="repair").count()

    def of_a_woman(self, case: Case, person: Person, opened: dt.date) -> None:
        """What her team has written by now; what seals comes first, by its verb."""
        by, number = case.responsible, case.number
        assert by is not None
        later = opened + (self.today - opened) // 2
        given = {"how": ["in_person"], "never": "seara; niciun mesaj scris", "letters": False}
        add_entry(by=by, register="safe_contact", subject=person, start=opened, given=given)

        def write(register: str, start: dt.date, state: str = "", **given: Any) -> None:
            self.laid.add(by, register, person, start, state=state, sealed=True, **given)

        write("violence_incident", opened, main_form="physical", frequency="monthly")
        write("safety_plan", later, written_with="with_person", safe_to_hold="yes" if number % 3 else "no")
        if number % 2:
            until = self.today + dt.timedelta(days=30 + 5 * (number % 12))
            write("protection_order", later, "issued", kind="order", issued_by="court", until=until)
        write("legal_support", later, kind="accompaniment", hours=2)

    def of_families(self, cases: list[Case]) -> None:
        """Their homes, rents, repairs, and how they came to where they live."""
        homes = [case.household for case in cases]
        rows = Residence.objects.current().filter(household__in=homes).select_related("dwelling")
        lived = {row.household_id: row for row in rows}
        oldest = _oldest(homes)
        dwellings, moved = [], []
        for number, case in enumerate(cases):
            home, by = case.household, case.responsible
            lives = lived.get(home.pk)
            if lives is None or lives.dwelling is not None or by is None:
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
            self._home(by, home, lives.dwelling, oldest.get(home.pk), number)
        Dwelling.objects.bulk_create(dwellings)
        Residence.objects.bulk_update(moved, ["dwelling"], batch_size=100)
        repairs = _REPAIRS * len(cases) // FAMILIES - self.repaired if dwellings else 0
        for at in range(repairs):
            self._repair(moved[at % len(moved)], at)
        self.laid.keep()
        refresh_deadlines_of(cases)

    def _home(self, by: User, home: Household, dwelling: Dwelling, adult: Person | None, number: int) -> None:
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
            paid: dict[str, Any] = {} if late else {"paid": rent, "paid_on": day}
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
        for reader, points in ((by, score), (self._other(by), score - number % 2)):
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


def _oldest(homes: list[Household]) -> dict[Any, Person]:
    rows = Membership.objects.current().filter(household__in=homes, person__died_on=None)
    found: dict[Any, Person] = {}
    for row in rows.select_related("person").order_by("person__birth_date", "pk"):
        found.setdefault(row.household_id, row.person)
    return found
