"""Invented stories of child protection: measures, foster carers on their way, a family that is looked for."""

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import cycle
from typing import Any

from django.db.models import Q
from django.utils import timezone

from punte.accounts.models import User
from punte.cases.actions import add_facet
from punte.cases.case_facets import facets_of
from punte.cases.models import Case
from punte.demonstration.staff import Keeper
from punte.directory.queries import services_with_places
from punte.people.models import Membership, Person
from punte.protection.actions import begin_search, choose_family, widen_search
from punte.protection.roster import code_of, fits_of
from punte.registers.actions import add_entry, move_entry
from punte.registers.models import Entry

_DAY = dt.timedelta(days=1)
_NEWEST = 30
_CARERS: tuple[dict[str, Any], ...] = (
    {"places": 2, "age_from": 0, "age_to": 10, "sex": "any", "needs": ["trauma"], "siblings": True},
    {"places": 1, "age_from": 3, "age_to": 12, "sex": "any", "needs": ["disability"], "siblings": False},
    {"places": 2, "age_from": 6, "age_to": 17, "sex": "any", "siblings": True},
    {"places": 3, "already": 2, "age_from": 0, "age_to": 17, "sex": "girls", "siblings": True},
)
_ON_THE_WAY = (
    ("inquiry", ()),
    ("applied", ("assess", "train")),
    ("inquiry", ("give_up",)),
    ("applied", ("assess", "train", "propose")),
    ("applied", ("give_up",)),
)
_DROPPED = ("home", "slow", "family")
_DESTINATIONS = ("family", "foster", "extended", "residential")
_PAGES = (
    ("born", "Unde m-am născut", "M-am născut iarna, la spitalul din oraș. Mama spune că ningea.", "kept"),
    ("person", "Doamna Lavinia", "Ea m-a învățat să citesc. Îi scriu de ziua ei.", "kept"),
    ("proud", "Meciul", "Am dat două goluri și m-au ridicat pe umeri.", "kept"),
    ("hard", "Mutarea", "Nu vreau să scriu despre asta.", "left_out"),
)


class _Writer:
    """Who writes about one child, by the verbs that people use."""

    def __init__(self, worker: User, today: dt.date) -> None:
        self.worker, self.today = worker, today

    def add(self, register: str, about: Person, /, *, days: int, state: str = "", **given: Any) -> Entry:
        start = self.today - days * _DAY
        where: dict[str, Any] = {"register": register, "subject": about, "start": start, "state": state}
        return add_entry(by=self.worker, **where, given=given, confirmed=True)

    def move(self, entry: Entry, move: str, *, days: int = 0, **given: Any) -> Entry:
        """A step that was made so many days ago."""
        return move_entry(
            by=self.worker,
            entry=entry,
            move=move,
            on=self.today - days * _DAY,
            given=given,
            revision=entry.revision,
            confirmed=True,
        )


def protect_children(*, city: Keeper, today: dt.date) -> None:
    """Tell them in cases that are not sealed, of families that no other story is about."""
    _carers(city, today)
    found = _families(city)
    for tell in (_in_a_centre, _in_a_centre, _with_relatives, _back_home, _at_risk, _abroad, _leaving_care):
        case, children = next(found, (None, ()))
        if case is None or case.responsible is None:
            break
        _worked_on(case, today)
        tell(_Writer(case.responsible, today), children[-1] if tell is _leaving_care else children[0])
    for wider in (False, True):
        case, children = next(found, (None, ()))
        if case is not None and case.responsible is not None:
            _worked_on(case, today)
            _looked_for(case, children, today, wider=wider)
    _in_hospital(found, today)


def _families(city: Keeper) -> Iterator[tuple[Case, Sequence[Person]]]:
    """Open cases with children, the youngest first, of families in which nobody is sealed."""
    cases = Case.objects.filter(
        keeper=city.organization, open=True, sealed=False, responsible__isnull=False, person=None
    ).select_related("responsible", "household__uat")
    carers = Entry.objects.filter(register__startswith="foster_").values("person")
    homes = Membership.objects.filter(person__in=carers).values("household")
    for case in cases.exclude(household__in=homes).order_by("year", "number"):
        lived = Membership.objects.current().filter(household=case.household_id).select_related("person")
        people = [row.person for row in lived.order_by("-person__birth_date", "pk")]
        children = [one for one in people if (age := one.age_on()) is not None and 1 <= age < 18]
        if children and not any(one.seals.exists() for one in people):
            yield case, children


def _worked_on(case: Case, today: dt.date) -> None:
    assert case.responsible is not None
    if all(one.facet.key != "protection" for one in facets_of(case.responsible, case)):
        add_facet(by=case.responsible, case=case, facet="protection", start=today - 30 * _DAY)


def _in_a_centre(by: _Writer, child: Person) -> None:
    days = min(200, (by.today - (child.birth_date or by.today)).days)
    free = Q(free__gt=0) | Q(free=None)
    centre = (
        services_with_places(["8790 CR-C"])
        .filter(free, code="8790 CR-C-I")
        .order_by("folded_name", "pk")
        .first()
    )
    said = {"kind": "placement_residential", "decided_by": "commission", "decision": f"{days}/2026"}
    where = {"place": centre} if centre else {"with_whom": "Casa „Exemplu”"}
    measure = by.add(
        "protection_measure", child, days=days, state="in_force", finality="reintegration", **said, **where
    )
    by.move(measure, "review", days=20, reviewed_on=by.today - 20 * _DAY, review="home")
    for back, how, went in ((45, "visit_here", "well"), (30, "missed", "badly"), (12, "call", "mixed")):
        by.add("family_contact", child, days=min(back, days), who=["mother"], how=how, went=went)
    if child.pk.int % 2:
        by.add("leaving_centre", child, days=25, way="reintegration", by_when=by.today + 90 * _DAY)


def _with_relatives(by: _Writer, child: Person) -> None:
    by.add(
        "protection_measure",
        child,
        days=40,
        state="in_force",
        kind="placement_extended",
        decided_by="commission",
        decision="77/2026",
        with_whom="Bunica din partea mamei",
        finality="extended",
    )
    care = ["told", "one_room", "psychologist"]
    by.add("child_hearing", child, days=-4, hour="10:00", room="Camera AUDIS", asked_by="court", care=care)


def _back_home(by: _Writer, child: Person) -> None:
    entry = by.add("reintegration", child, days=70, to_whom="mother", decision="31/2026")
    by.move(entry, "report", days=38, goes="needs_help", safe=True, at_school=True)


def _at_risk(by: _Writer, child: Person) -> None:
    entry = by.add("separation_risk", child, days=110, kind="separation", signs=["no_home", "asks"])
    by.move(entry, "gather", days=60, papers=["initial", "inquiry", "civil"])


def _abroad(by: _Writer, child: Person) -> None:
    entry = by.add(
        "parents_abroad",
        child,
        days=130,
        who_left="both",
        country="Italia",
        stays_with="grandparents",
        delegated="asked",
        told_by="school",
    )
    by.move(entry, "visit", days=35, stays_with="grandparents", does="misses")


def _leaving_care(by: _Writer, child: Person) -> None:
    by.add(
        "care_leaver", child, days=50, home="unknown", skills=["cook", "travel"], to_learn="Să facă o cerere"
    )
    for number, (kind, heading, words, state) in enumerate(_PAGES):
        entry = by.add("life_page", child, days=40 - 9 * number, kind=kind, heading=heading, words=words)
        by.move(entry, "keep" if state == "kept" else "leave_out")


def _in_hospital(found: Iterator[tuple[Case, Sequence[Person]]], today: dt.date) -> None:
    """Small children who were left, some of them years ago, with what became of them."""
    young = ((case, children) for case, children in found if (children[0].age_on() or 0) < 5)
    for number, (case, children) in zip(range(5), young, strict=False):
        child = children[0]
        assert case.responsible is not None and child.birth_date is not None
        by = _Writer(case.responsible, today)
        days = (today - child.birth_date).days
        said: dict[str, Any] = {"ward": "maternity", "mother": "known", "birth_registered": True}
        entry = by.add("hospital_child", child, days=days, unit_name="Spitalul „Exemplu”", **said)
        if number:
            to = _DESTINATIONS[number - 1]
            by.move(entry, "out", days=max(days - 12, 0), destination=to)


def _carers(city: Keeper, today: dt.date) -> None:
    """Adults of other families: some with an attestation, some on the way, some who gave up."""
    cases = Case.objects.filter(
        keeper=city.organization, open=True, sealed=False, responsible__isnull=False, person=None
    ).select_related("responsible")
    adults = Membership.objects.current().select_related("person").order_by("person__birth_date", "pk")
    told, number, ready = cycle(_DROPPED), -1, len(_CARERS)
    for case in cases.order_by("-year", "-number")[:_NEWEST]:
        lived = adults.filter(household=case.household_id, person__seals=None).first()
        if lived is None or case.responsible is None or not 25 <= (lived.person.age_on() or 0) <= 60:
            continue
        if (number := number + 1) == ready + len(_ON_THE_WAY):
            return
        by = _Writer(case.responsible, today)
        if number < ready:
            until = today + (60 + 300 * number) * _DAY
            number_of = f"{50 + number}/2024"
            by.add(
                "foster_attestation",
                lived.person,
                days=700 - 90 * number,
                number=number_of,
                valid_until=until,
                **_CARERS[number],
            )
            by.add("carer_training", lived.person, days=30, theme="trauma", hours=8)
            continue
        begins, moves = _ON_THE_WAY[number - ready]
        entry = by.add("foster_recruitment", lived.person, days=80, state=begins, heard_from="campaign")
        for step, move in enumerate(moves):
            given = {"dropped": next(told)} if move == "give_up" else {"conditions": ["age", "home"]}
            asked = given if move in ("give_up", "train", "propose") else {}
            entry = by.move(entry, move, days=60 - 15 * step, **asked)


def _looked_for(case: Case, children: Sequence[Person], today: dt.date, *, wider: bool) -> None:
    """A family is looked for; of one child it was found."""
    worker = case.responsible
    assert worker is not None
    search = begin_search(by=worker, case=case, children=children[: 1 if wider else 2])
    if not wider:
        return
    search = widen_search(by=worker, search=search, why="Nicio familie din comună nu are loc la vârsta lui.")
    fits = fits_of(worker, search)
    if fits:
        code = code_of(search, fits[0].family.key)
        reason = "Este aproape de școală, iar copilul îi cunoaște."
        choose_family(by=worker, search=search, code=code, start=timezone.localdate(), reason=reason)
