"""Women whose sealed cases are worked on (seed 000 has fifteen), and one man in a file of his own."""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from punte.accounts.models import User
from punte.assessments.actions import submit_assessment
from punte.assessments.packs import current_version, pack_of
from punte.assessments.prefill import known_facts
from punte.cases.actions import add_facet, follow_assessment, open_case
from punte.cases.enums import Regime
from punte.cases.models import Case
from punte.demonstration.staff import Keeper
from punte.methodology.forms import instance_for
from punte.people.actions import create_household, create_person, join_household
from punte.people.enums import Relation, Sex
from punte.people.models import Household, Membership, Person
from punte.registers.actions import add_entry, move_entry
from punte.registers.models import Entry

_WOMEN = 3
_PACK = "violence_risk"
_DANGER = ("earlier_violence", "control", "death_threats", "strangled", "jealousy", "afraid", "separation")
_COURSES: tuple[tuple[tuple[int, Mapping[str, Any]], ...], ...] = (
    (
        (150, dict.fromkeys(("earlier_violence", "control", "jealousy"), "yes")),
        (95, {**dict.fromkeys(_DANGER, "yes"), "frequency": "weekly", "worse_lately": "yes"}),
        (25, dict.fromkeys(("earlier_violence", "afraid", "separation", "child_contact"), "yes")),
    ),
    (
        (70, dict.fromkeys(("earlier_violence", "control", "economic_stress", "afraid"), "yes")),
        (12, {**dict.fromkeys(("earlier_violence", "control"), "yes"), "judgement": "medium",
              "judgement_why": "S-a întors acasă de o săptămână; nu putem vorbi singure."}),
    ),
    ((8, {**dict.fromkeys(_DANGER, "yes"), "judgement": "high",
          "judgement_why": "Are un copil de doi ani și nu are pe nimeni aproape."}),),
)  # fmt: skip


def tell_of_violence(*, city: Keeper, today: dt.date) -> None:
    """Work on the sealed cases of the city as their teams do, by the same verbs."""
    cases = Case.objects.filter(keeper=city.organization, open=True, person=None, responsible__isnull=False)
    done = 0
    # Those that are sealed already come first; where there are too few, the oldest others.
    for case in cases.select_related("responsible", "household").order_by("-sealed", "year", "number"):
        if done == _WOMEN:
            break
        lived = _woman(case, today)
        if lived is not None:
            assert case.responsible is not None
            _Woman(case.responsible, case.household, lived.person, today).is_worked_with(case, done)
            done += 1
    if city.workers:
        _man(city, today)


def _woman(case: Case, today: dt.date) -> Membership | None:
    living = Membership.objects.current().filter(
        household=case.household, start__lt=today - dt.timedelta(days=1)
    )
    grown = living.filter(person__sex=Sex.FEMALE, person__birth_date__lt=today - dt.timedelta(days=19 * 365))
    ordered = Entry.objects.filter(register="protection_order", person__isnull=False)
    told = grown.exclude(person__in=ordered.values("person")).select_related("person")
    return told.order_by("person__birth_date", "pk").last()


class _Woman:
    def __init__(self, by: User, home: Household, person: Person, today: dt.date) -> None:
        self.by, self.home, self.person, self.today = by, home, person, today

    def is_worked_with(self, case: Case, number: int) -> None:
        """From the first word to where she is now."""
        add_facet(by=self.by, case=case, facet="violence")
        self.write("safe_contact", 60, how=["call"], number="0700 000 000", when_to="luni–vineri, 10–12",
                   words="„Bună ziua, sun de la cabinet pentru programare.”",
                   never="seara, la sfârșit de săptămână; niciun mesaj scris", letters=False)  # fmt: skip
        self.write("violence_incident", 96, main_form="physical", forms=["physical", "psychological", "digital"],
                   digital_means=["messages", "location"], frequency="weekly", by_whom="partner",
                   children_there=True, came_by="self", may_be_told_to=["police", "court"])  # fmt: skip
        for ago, said in _COURSES[number]:
            self.asked(ago, said)
        self.write("safety_plan", 55, written_with="with_person", code_word="mere verzi",
                   signs="Întreabă cine a sunat. Închide poarta.", steps="Iese cu copiii pe ușa din spate.",
                   call="112; vecina de vizavi", go_to="La sora ei, cu autobuzul de 7.",
                   bag=["papers", "money", "keys"], bag_kept="la vecină",
                   safe_to_hold="yes" if number == 0 else "no")  # fmt: skip
        (self.on_her_own, self.gone_back, self.in_danger)[number]()

    def on_her_own(self) -> None:
        """An order, a divorce, a button, a call; the watch goes on."""
        until = self.today + dt.timedelta(days=95)
        order = self.write("protection_order", 90, state="requested", kind="order", asked_by="victim")
        self.moves(order, "issue", issued_by="court", until=until)
        self.write(
            "forensic_certificate", 94, number="EX-117/2026", care_days=9, kept="court", used_for=["order"]
        )
        divorce = self.write("legal_step", 80, state="filed", kind="divorce", support=["representation"])
        self.moves(divorce, "hearing", next_on=self.today + dt.timedelta(days=16))
        self.write("legal_support", 79, kind="accompaniment", hours=3, matter="depunerea cererii")
        self.write("safety_device", 85, kind="panic_button", number="PB-0001",
                   check_on=self.today + dt.timedelta(days=20), works=True)  # fmt: skip
        self.write("emergency_alert", 40, how="button", hour="22:10", minutes=11, outcome="calmed")
        self.write("living_with", 84, state="apart")
        self.write("safety_watch", 84, state="weekly", until=self.today + dt.timedelta(days=90))

    def gone_back(self) -> None:
        """She went back for a while; the door stays open."""
        lives = self.write("living_with", 60, state="apart")
        self.moves(lives, "return", kept=["contact", "plan", "place"])

    def in_danger(self) -> None:
        """A new case: the provisional order runs."""
        self.write("protection_order", 2, state="issued", kind="provisional", issued_by="police",
                   until=self.today + dt.timedelta(days=2))  # fmt: skip

    def asked(self, ago: int, said: Mapping[str, Any]) -> None:
        """Fill the questionnaire of a day; what was not asked is not known."""
        version = current_version(_PACK)
        pack = pack_of(version)
        unknown = {name: "unknown" for name, one in pack.facts.items() if "unknown" in one.choices}
        before = known_facts(self.home, pack=pack, by=self.by, person=self.person)[1][0]["yes_before"]
        facts = {**unknown, "judgement": "as_answers", "alone_now": True, **said}
        facts |= {"yes_before": before, "member_id": str(self.person.pk)}
        filled = instance_for(
            pack,
            {"household_id": str(self.home.pk)},
            [facts],
            f"uuid:{UUID(int=self.person.pk.int ^ (1000 + ago))}",
            visit_date=self.today - dt.timedelta(days=ago),
        )
        made = submit_assessment(by=self.by, household=self.home, instance=filled.encode())
        follow_assessment(by=self.by, assessment=made)

    def write(self, register: str, ago: int, state: str = "", **given: Any) -> Entry:
        """Write an entry of so many days ago."""
        start = self.today - dt.timedelta(days=ago)
        return add_entry(
            by=self.by, register=register, subject=self.person, start=start, state=state, given=given
        )

    def moves(self, entry: Entry, move: str, **given: Any) -> None:
        """Carry it on, today."""
        move_entry(by=self.by, entry=entry, move=move, on=self.today, given=given, revision=1, confirmed=True)


def _man(city: Keeper, today: dt.date) -> None:
    """A man in a programme, in a household of his own; nothing tells whom he hurt."""
    worker = city.workers[-1][0]
    home = create_household(
        by=worker, keeper=city.organization, name="Exemplu", uat=city.uat, address="Str. Fabricii nr. 17"
    )
    man = create_person(
        by=worker,
        keeper=city.organization,
        family_name="Exemplu",
        given_name="Dorin",
        sex=Sex.MALE,
        birth_date=dt.date(today.year - 41, 3, 9),
    )
    join_household(by=worker, person=man, household=home, start=today, relation=Relation.REFERENCE)
    case = open_case(
        by=worker, household=home, regime=Regime.STANDARD, reason="Trimis de instanță la program"
    )
    add_facet(by=worker, case=case, facet="aggressor")
    said = {"kind": "counselling", "asked_by": "court", "planned": 16, "attended": 3}
    add_entry(
        by=worker, register="aggressor_programme", subject=man, start=today, state="attending", given=said
    )
