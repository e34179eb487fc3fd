"""Invented homes at risk: what a family pays month by month, its budget, instalments, aid, repairs and neighbours."""

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from punte.accounts.enums import Role
from punte.accounts.models import Appointment, User
from punte.cases.actions import add_facet, give_approval
from punte.cases.case_facets import facets_of
from punte.cases.models import Approval, Case
from punte.demonstration.staff import Keeper
from punte.organizations.enums import OrganizationKind
from punte.organizations.models import Organization
from punte.people.models import Dwelling, Household, Person
from punte.people.sight import hidden_from
from punte.registers.actions import add_entry, move_entry
from punte.registers.models import Entry
from punte.registers.totals.definition import months_before

_FAMILIES = 6
_WINTER = (1, 2, 3, 11, 12)
_REPAIRS = (
    ("sanitary", "damage", "Țeavă spartă la baie", 420),
    ("heating", "health", "Centrala nu pornește", 780),
    ("gas", "danger", "Miros de gaz la aragaz", 0),
    ("electric", "danger", "Priză arsă la bucătărie", 260),
    ("windows", "health", "Geam spart la camera copiilor", 310),
    ("damp", "health", "Mucegai pe peretele de nord", 0),
)


def write_homes(*, city: Keeper, today: dt.date) -> None:
    """Write them by the same verbs that people use, of families that live in a dwelling of the record."""
    homes = list(_homes(city))
    firms = _firms(city, today)
    for number, (case, dwelling) in enumerate(homes):
        worker = case.responsible
        assert worker is not None
        told = _Home(worker, case, dwelling, today)
        told.bills(unpaid=number if number < 4 else 0)
        if number < 2:
            told.budgets()
        if number in (1, 2):
            told.instalments(missed=number - 1)
        if number in (1, 3):
            told.aid(city, answered=number == 1)
        told.winter(number)
        if number < 3:
            told.relocated(city, vulnerability=8 - number, sustainability=2 + 2 * number)
        told.repairs(number, firms)
    if len(homes) > 4:
        _neighbours(homes[2][0], today)
        _eviction(homes[3][0], today)
        _social_housing(homes[4][0], city, today)


def _homes(city: Keeper) -> Iterator[tuple[Case, Dwelling]]:
    rows = Entry.objects.filter(
        register="tenancy", keeper=city.organization, state="signed", concerns__isnull=False
    )
    for entry in rows.select_related("dwelling", "concerns").order_by("created_at")[:_FAMILIES]:
        case = Case.objects.filter(household=entry.concerns_id, open=True, responsible__isnull=False).first()
        if case is not None and entry.dwelling is not None:
            yield case, entry.dwelling


class _Home:
    def __init__(self, worker: User, case: Case, dwelling: Dwelling, today: dt.date) -> None:
        self.worker, self.case, self.dwelling, self.today = worker, case, dwelling, today
        self.home: Household = case.household
        if not any(one.facet.key == "housing" for one in facets_of(worker, case)):
            add_facet(by=worker, case=case, facet="housing")

    def add(
        self, register: str, start: dt.date, *, subject: Any = None, state: str = "", **given: Any
    ) -> Entry:
        return add_entry(
            by=self.worker,
            register=register,
            subject=subject or self.home,
            start=start,
            state=state,
            given=given,
            confirmed=True,
        )

    def move(self, entry: Entry, move: str, on: dt.date, **given: Any) -> Entry:
        known = Entry.objects.get(pk=entry.pk)
        revision = known.revision
        return move_entry(
            by=self.worker, entry=known, move=move, on=on, given=given, revision=revision, confirmed=True
        )

    def member(self) -> Person:
        """The oldest of the household."""
        return _oldest(self.worker, self.home)

    def bills(self, *, unpaid: int) -> None:
        """A year of rent and electricity; the last months unpaid."""
        for ago in range(11, -1, -1):
            day = months_before(self.today.replace(day=10), ago)
            if day > self.today:
                continue
            late = ago <= unpaid and ago
            rent, light = Decimal(280), Decimal(190 if day.month in _WINTER else 85)
            for kind, amount in (("rent", rent), ("electricity", light)):
                is_late = bool(late) and (kind == "rent" or ago == 1)
                paid = {} if is_late else {"paid": amount, "paid_on": day}
                self.add(
                    "obligation", day, state="late" if is_late else "paid", kind=kind, amount=amount, **paid
                )

    def budgets(self) -> None:
        """What comes in and goes out, month by month: winter takes more than there is."""
        for ago in range(11, -1, -1):
            day = months_before(self.today.replace(day=1), ago)
            cold = day.month in _WINTER
            self.add(
                "household_budget",
                day,
                worked_with=self.member(),
                income_work=Decimal(1450 if not cold else 1100),
                income_benefits=Decimal(1070),
                rent=Decimal(280),
                utilities=Decimal(190 if cold else 110),
                heating=Decimal(620 if cold else 0),
                food=Decimal(1250),
                children=Decimal(180),
                transport=Decimal(90),
            )

    def instalments(self, *, missed: int) -> None:
        """An agreement with its plan; some instalments were missed."""
        first = months_before(self.today.replace(day=15), 3)
        entry = self.add(
            "instalment_agreement",
            months_before(self.today, 4),
            creditor_name="furnizorul de energie",
            debt=Decimal(1200),
            rates=6,
            rate=Decimal(200),
            first_on=first,
            signed_by=self.member(),
        )
        self.move(entry, "sign", months_before(self.today, 4))
        rates = Entry.objects.filter(register="instalment", household=self.home, start__lt=self.today)
        for number, rate in enumerate(rates.order_by("start")):
            if number < 3 - missed:
                self.move(rate, "pay", rate.start, paid_on=rate.start)

    def aid(self, city: Keeper, *, answered: bool) -> None:
        """Aid for a bill, which the coordinator agrees to."""
        asked = self.today - dt.timedelta(days=30 if answered else 3)
        entry = self.add("direct_aid", asked, kind="utilities", asked=Decimal(350))
        need = "Factura de iarnă, după trei săptămâni fără lucru; familia a plătit o parte."
        self.move(entry, "assess", asked, assessed_on=asked, need=need)
        self.move(entry, "grant", asked + dt.timedelta(days=1), granted=Decimal(300))
        waits = Approval.objects.asked().filter(row=entry.pk).first()
        if not answered or waits is None:
            return
        post = Appointment.objects.current().filter(organization=city.organization, role=Role.COORDINATOR)
        coordinator = post.select_related("user").order_by("created_at", "pk").first()
        if (
            coordinator is not None
            and Case.objects.visible_to(coordinator.user).filter(pk=self.case.pk).exists()
        ):
            give_approval(by=coordinator.user, asked=waits, answer="De acord, se plătește furnizorului.")

    def winter(self, number: int) -> None:
        """Who must be seen before the bills."""
        heats = ("wood", "gas", "district", "wood", "improvised", "electricity")
        risks = ("low_income", "arrears", "small_child", "arrears", "stove", "ill")
        begins = (
            dt.date(self.today.year, 10, 1) if self.today.month >= 9 else dt.date(self.today.year - 1, 10, 1)
        )
        entry = self.add(
            "heating_season",
            min(begins, self.today),
            heats_with=heats[number % 6],
            risk=risks[number % 6],
            until=dt.date(begins.year, 11, 20),
            wood_ready=number % 2 == 0,
        )
        if number in (0, 2):
            self.move(entry, "see", min(begins + dt.timedelta(days=20), self.today), aid="asked")

    def relocated(self, city: Keeper, *, vulnerability: int, sustainability: int) -> None:
        """They moved here a year ago; two people had read their application."""
        on = self.today - dt.timedelta(days=420)
        entry = self.add(
            "relocation_application",
            on,
            call="Apel 1",
            applicant=self.member(),
            lives_in="segregated",
            papers=["request", "identity", "income", "consent"],
        )
        others = [user for user, _team in city.workers if user != self.worker]
        for later, reader in ((10, self.worker), (14, others[0] if others else self.worker)):
            given = {
                "application": entry,
                "vulnerability": vulnerability - later // 14,
                "sustainability": sustainability,
                "support": ["budget", "mediation"],
                "reasons": "Două vizite, discuție cu școala și cu medicul de familie.",
            }
            day = on + dt.timedelta(days=later)
            add_entry(by=reader, register="relocation_reading", subject=self.home, start=day, given=given)
        if not others:
            return
        self.move(entry, "read", on + dt.timedelta(days=15), proposed="select")
        self.add(
            "post_move_support",
            on + dt.timedelta(days=90),
            application=entry,
            kind="budget",
            how_often="monthly",
        )

    def repairs(self, number: int, firms: Sequence[Organization]) -> None:
        """Works of the year, most of them accepted."""
        for at in range(5):
            kind, risk, what, cost = _REPAIRS[(number + at) % len(_REPAIRS)]
            on = self.today - dt.timedelta(days=20 + 60 * at)
            entry = self.add(
                "repair", on, subject=self.dwelling, household=self.home, kind=kind, risk=risk, what=what
            )
            if not cost and not at:
                continue
            days = [on + dt.timedelta(days=later) for later in (1, 4, 6)]
            self.move(entry, "order", days[0], contractor=firms[at % len(firms)], ordered_on=days[0])
            self.move(entry, "finish", days[1])
            accepted = {"accepted_on": days[2], "accepted_by": "asistentul social și locatarul"}
            self.move(entry, "accept", days[2], **accepted, cost=Decimal(cost or 150))


def _oldest(worker: User, home: Household) -> Person:
    living = hidden_from(worker).living().filter(household=home).select_related("person")
    return next(iter(living.order_by("person__birth_date"))).person


def _firms(city: Keeper, today: dt.date) -> list[Organization]:
    """The contractors; who plans keeps their register."""
    firms = []
    posts = Appointment.objects.current().filter(organization=city.organization, role=Role.PLANNER)
    planner = posts.select_related("user").order_by("created_at", "pk").first()
    for name, does in (
        ("Instal Exemplu SRL", ["sanitary", "heating", "gas"]),
        ("Electro Exemplu SRL", ["electric"]),
    ):
        firm, _new = Organization.objects.get_or_create(
            name=name, defaults={"kind": OrganizationKind.PRIVATE}
        )
        firms.append(firm)
        if planner is not None:
            given = {
                "does": does,
                "authorisation": f"ISC-{len(firms)}204",
                "authorised_until": today + dt.timedelta(days=200 * len(firms)),
                "emergencies": True,
            }
            add_entry(
                by=planner.user,
                register="contractor",
                subject=firm,
                start=today - dt.timedelta(days=400),
                state="contracted",
                given=given,
                confirmed=True,
            )
    return firms


def _neighbours(case: Case, today: dt.date) -> None:
    worker = case.responsible
    assert worker is not None
    told = "Vecinii de la etajul doi s-au plâns de zgomot seara și de biciclete pe scară."
    for ago, kind in ((200, "complaint_received"), (60, "administrator"), (12, "complaint_received")):
        add_entry(
            by=worker,
            register="neighbour_matter",
            subject=case.household,
            start=today - dt.timedelta(days=ago),
            given={"kind": kind, "matter": ["noise", "common"], "told": told},
            confirmed=True,
        )


def _eviction(case: Case, today: dt.date) -> None:
    worker = case.responsible
    assert worker is not None
    given = {
        "cause": "arrears",
        "notice_on": today - dt.timedelta(days=3),
        "evicted_on": today + dt.timedelta(days=12),
    }
    add_entry(
        by=worker,
        register="eviction_support",
        subject=case.household,
        start=today - dt.timedelta(days=1),
        given=given,
        confirmed=True,
    )


def _social_housing(case: Case, city: Keeper, today: dt.date) -> None:
    worker = case.responsible
    assert worker is not None
    given = {
        "town": city.organization,
        "applicant": _oldest(worker, case.household),
        "papers": ["request", "identity", "birth", "income"],
        "priority": ["children"],
    }
    add_entry(
        by=worker,
        register="social_housing_application",
        subject=case.household,
        start=today - dt.timedelta(days=40),
        given=given,
        confirmed=True,
    )
