"""Registers of a commune: every line is in, joined to who is there, or asked about; none twice, none lost."""

import datetime as dt
import io
from typing import Any

import pytest
from django.utils import timezone, translation
from openpyxl import Workbook

from punte.accounts.models import TrailEntry
from punte.kernel.errors import DomainError, NotAllowed
from punte.kernel.tables import DamagedTable
from punte.people.actions import (
    answer_lines,
    join_sure_lines,
    name_columns,
    send_register,
    take_in_register,
)
from punte.people.actions import take_in_register as taking_in
from punte.people.enums import SightReason
from punte.people.models import (
    Household,
    HouseholdSight,
    IdentityDocument,
    Membership,
    Person,
    RegisterImport,
    TakenRow,
)
from punte.people.registers.register import Register
from punte.people.search import index_names
from tests.factories import (
    HouseholdFactory,
    MembershipFactory,
    OrganizationFactory,
    PersonFactory,
    UatFactory,
    invented_cnp,
    worker,
)
from tests.people.register_book import APAHIDA

pytestmark = pytest.mark.django_db
HEADER = ["Nr. gosp.", "Grad de rudenie", "Nume", "Prenume", "CNP", "Data nașterii", "Adresa"]
BORN = dt.date(1990, 5, 17)
CNP = invented_cnp(BORN, sex="f")


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def keeper():
    return OrganizationFactory(uat=UatFactory(siruta=APAHIDA, name="Apahida"))


@pytest.fixture
def by(keeper):
    return worker(organization=keeper)


def book(*rows: list[Any], header: list[str] = HEADER) -> bytes:
    made = Workbook()
    for row in (header, *rows):
        made.active.append(row)
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def send(by, keeper, content: bytes, name: str = "registru.xlsx", **meanings: str) -> RegisterImport:
    kept = send_register(by=by, keeper=keeper, content=content, filename=name)
    return name_columns(by=by, kept=kept, meanings={**Register.of(kept).meanings, **meanings})


def states(kept) -> list[tuple[str, str]]:
    return [(one.state, one.why) for one in Register.of(kept).planned]


def problems(kept, line: int = 0) -> list[tuple[str, str]]:
    return [(one["column"], one["message"]) for one in Register.of(kept).planned[line].problems]


def taken(by, keeper, *rows: list[Any], **more: Any) -> RegisterImport:
    kept = send(by, keeper, book(*rows, **more))
    take_in_register(by=by, kept=kept)
    return kept


def woman(
    given: str = "Elena", *, cnp: str = "", relation: str = "", mark: int = 1, born: Any = "17.05.1990"
):
    return [mark, relation or None, "Dinu", given, cnp or None, born, "Str. Gării 3"]


class TestReading:
    def test_a_household_comes_in_with_its_members(self, by, keeper):
        taken(by, keeper, woman(relation="cap", cnp=CNP), woman("Ana", relation="fiică", born="2015-02-28"))
        home = Household.objects.get()
        assert (home.name, home.address, home.uat_id) == ("Dinu", "Str. Gării 3", APAHIDA)
        lived = {one.person.given_name: one.relation for one in Membership.objects.select_related("person")}
        assert lived == {"Elena": "reference", "Ana": "child"}
        assert Person.objects.get(given_name="Elena").birth_date == BORN

    @pytest.mark.parametrize(
        ("written", "kind", "number"),
        [
            ("seria CJ nr 123456", "identity_card", "CJ 123456"),
            ("CJ123456", "identity_card", "CJ 123456"),
            ("C.I. seria cj nr. 123456", "identity_card", "CJ 123456"),
            ("CJ 1234", "identity_card", "CJ 001234"),
            ("BI GR 123456", "identity_card", "GR 123456"),
            ("certificat naștere seria NX nr 12345", "birth_certificate", "NX 12345"),
            ("pașaport 05123456", "passport", "05123456"),
            ("seria CJ, nr. 123456, exp. 31.12.2030", "identity_card", "CJ 123456"),
        ],
    )
    def test_a_paper_is_read_however_it_is_written(self, by, keeper, written, kind, number):
        header = ["Nume și prenume", "Act de identitate"]
        taken(by, keeper, ["Dinu Elena", written], header=header)
        paper = IdentityDocument.objects.get()
        assert (paper.kind, paper.number) == (kind, number)
        assert paper.expires_on == (dt.date(2030, 12, 31) if "exp" in written else None)

    def test_series_and_number_in_two_columns_are_one(self, by, keeper):
        taken(by, keeper, ["Dinu", "Ana", "CJ", 123456], header=["Nume", "Prenume", "Seria CI", "Nr. CI"])
        assert IdentityDocument.objects.get().number == "CJ 123456"

    @pytest.mark.parametrize(
        "written",
        ["17.05.1990", "17/5/1990", "1990-05-17", "17 mai 1990", "17.V.1990", 33010, dt.datetime(1990, 5, 17),
         "19900517", "17 05 1990", "născută la 17.05.1990"],
    )  # fmt: skip
    def test_a_birth_date_is_read_however_it_is_written(self, by, keeper, written):
        taken(by, keeper, woman(born=written))
        assert Person.objects.get().birth_date == BORN

    @pytest.mark.parametrize(
        ("written", "asked"), [("17.05.90", "is the year 1990 or 2090?"), (1990, "Only the year 1990")]
    )
    def test_half_a_date_is_asked_about(self, by, keeper, written, asked):
        kept = send(by, keeper, book(woman(born=written)))
        assert states(kept) == [("asked", "problem")]
        [(column, message)] = problems(kept)
        assert column == "birth_date"
        assert asked in message

    def test_a_wrong_cnp_is_said_and_not_lost(self, by, keeper):
        kept = send(by, keeper, book(woman(cnp="2900517120012")))
        assert [column for column, _message in problems(kept)] == ["cnp"]
        take_in_register(by=by, kept=kept)
        assert not Person.objects.exists()
        answer_lines(by=by, kept=kept, decisions={}, mended={"0:2": {"cnp": ""}})
        take_in_register(by=by, kept=kept)
        assert Person.objects.get().cnp == ""
        assert "2900517120012" in TakenRow.objects.get().remarks

    def test_a_mended_cell_lets_the_line_in(self, by, keeper):
        kept = send(by, keeper, book(woman(born="17.05.90")))
        answer_lines(by=by, kept=kept, decisions={}, mended={"0:2": {"birth_date": "17.05.1990"}})
        assert states(kept) == [("new", "")]

    def test_phones_villages_and_marks_that_nobody_sees(self, by, keeper):
        header = ["Nume", "Prenume", "Telefon", "Sat", "CNP"]
        taken(by, keeper, ["Dinu", "Ana", 745123456, "Dezmir", f"\u200e{CNP}"], header=header)
        person, home = Person.objects.get(), Household.objects.get()
        assert (person.phone, person.cnp, home.locality, home.uat_id) == (
            "0745123456",
            CNP,
            "Dezmir",
            APAHIDA,
        )
        kept = send(by, keeper, book(["Pop", "Ion", "0745 111 222 / 0264 000 001", "-", None], header=header))
        take_in_register(by=by, kept=kept)
        assert Person.objects.get(given_name="Ion").phone == "0745 111 222, 0264 000 001"

    def test_a_csv_of_an_old_program_is_read(self, by, keeper):
        content = "Nume;Prenume;CNP\nŢurcanu;Ştefania;-\n".encode("cp1250")
        kept = send(by, keeper, content, "registru.csv")
        take_in_register(by=by, kept=kept)
        assert str(Person.objects.get()) == "Țurcanu Ștefania"

    def test_who_has_no_right_and_what_is_no_table(self, by, keeper):
        with pytest.raises(NotAllowed):
            send_register(by=worker(), keeper=keeper, content=book(woman()), filename="r.xlsx")
        with pytest.raises(DamagedTable):
            send(by, keeper, book(["x", "y"], header=["ceva", "altceva"]))
        with pytest.raises(DomainError):
            send(by, keeper, book(woman()), Nume="", Prenume="")

    def test_households_by_head_by_address_and_by_a_mark_on_the_first_line(self, by, keeper):
        header = ["Cap de gospodărie", "Nume", "Prenume", "Adresa"]
        taken(
            by,
            keeper,
            ["da", "Dinu", "Ana", None],
            ["nu", "Dinu", "Ion", None],
            ["da", "Pop", "Ana", None],
            header=header,
        )
        assert sorted(len(one.memberships.all()) for one in Household.objects.all()) == [1, 2]
        Household.objects.all().delete()
        Person.objects.all().delete()
        taken(
            by,
            keeper,
            [1, "Dinu", "Eva", None],
            [None, "Dinu", "Ilie", None],
            [2, "Pop", "Eva", None],
            header=header,
        )
        assert sorted(len(one.memberships.all()) for one in Household.objects.all()) == [1, 2]


class TestWhoIsThere:
    def test_the_same_cnp_joins(self, by, keeper):
        known = PersonFactory(keeper=keeper, family_name="Dinu", given_name="Elena", cnp=CNP)
        kept = taken(by, keeper, woman(cnp=CNP))
        assert states(kept)[0][0] == "joined"
        assert Person.objects.get() == known

    def test_the_same_cnp_under_another_name_is_asked_about(self, by, keeper):
        PersonFactory(keeper=keeper, family_name="Popescu", given_name="Vasilica", cnp=CNP)
        kept = send(by, keeper, book(woman(cnp=CNP)))
        assert states(kept) == [("asked", "likely")]

    def test_a_likely_person_is_shown_and_joined_when_somebody_says_so(self, by, keeper):
        known = PersonFactory(keeper=keeper, family_name="Dinu", given_name="Elena", birth_date=BORN)
        kept = send(by, keeper, book(woman()))
        [line] = Register.of(kept).planned
        assert line.state == "asked"
        assert [(one["who"], one["pro"], one["sure"]) for one in line.candidates] == [
            (str(known.pk), ["same_birth_date", "same_name"], True)
        ]
        take_in_register(by=by, kept=kept)
        assert Person.objects.count() == 1
        join_sure_lines(by=by, kept=kept)
        assert states(kept) == [("joined", "said")]
        take_in_register(by=by, kept=kept)
        assert Person.objects.get() == known
        assert Membership.objects.get().person == known

    def test_somebody_else_is_a_new_person(self, by, keeper):
        PersonFactory(keeper=keeper, family_name="Dinu", given_name="Elena", birth_date=None)
        kept = send(by, keeper, book(woman()))
        answer_lines(by=by, kept=kept, decisions={"0:2": "new"}, mended={})
        take_in_register(by=by, kept=kept)
        assert Person.objects.count() == 2

    def test_nobody_is_joined_to_who_was_not_shown(self, by, keeper):
        stranger = PersonFactory(keeper=keeper, family_name="Pop", given_name="Ion")
        kept = send(by, keeper, book(woman(born="17.05.90")))
        answer_lines(by=by, kept=kept, decisions={"0:2": str(stranger.pk)}, mended={})
        assert states(kept) == [("asked", "problem")]

    def test_a_former_name_and_exchanged_names_are_met(self, by, keeper):
        married = PersonFactory(
            keeper=keeper, family_name="Sotescu", given_name="Elena", birth_date=BORN, also_named="Dinu Elena"
        )
        index_names([married])
        PersonFactory(keeper=keeper, family_name="Ana", given_name="Dinu", birth_date=BORN)
        kept = send(by, keeper, book(woman(), woman("Ana")))
        assert states(kept) == [("asked", "likely")] * 2

    def test_twins_are_two(self, by, keeper):
        ana, maria = (invented_cnp(BORN, sex="f", order=order) for order in (7, 8))
        taken(by, keeper, woman("Ana", cnp=ana), woman("Maria", cnp=maria), woman("Marius"), woman("Ion"))
        assert Person.objects.count() == 4

    def test_twins_of_one_name_are_two_and_the_phone_is_known_however_written(self, by, keeper):
        ana, other = (invented_cnp(BORN, sex="f", order=order) for order in (7, 8))
        header = ["Nume", "Prenume", "CNP", "Data nașterii", "Telefon"]
        PersonFactory(keeper=keeper, family_name="Dinu", given_name="Ana", birth_date=BORN, cnp=ana)
        known = PersonFactory(
            keeper=keeper, family_name="Dinu", given_name="Ioana", birth_date=BORN, phone="+40 722 000 111"
        )
        rows = (
            ["Dinu", "Ana", other, None, None],
            ["Dinu", "Ioana", None, "17.05.1990", "0264 000 001; 0722 000 111"],
        )
        kept = send(by, keeper, book(*rows, header=header))
        assert states(kept) == [("new", ""), ("asked", "likely")]
        [candidate] = Register.of(kept).planned[1].candidates
        assert (candidate["who"], candidate["pro"]) == (
            str(known.pk),
            ["same_birth_date", "same_name", "same_phone"],
        )

    def test_the_dead_come_in_with_their_day_and_live_nowhere(self, by, keeper):
        header = ["Nume", "Prenume", "Data decesului", "Nr. gospodărie"]
        taken(by, keeper, ["Dinu", "Ion", "03.02.2025", 1], ["Dinu", "Ana", None, 1], header=header)
        dead = Person.objects.get(given_name="Ion")
        assert dead.died_on == dt.date(2025, 2, 3)
        assert not Membership.objects.current().filter(person=dead).exists()
        assert Membership.objects.filter(person=dead).get().household == Household.objects.get()

    def test_a_repeat_is_recognised(self, by, keeper):
        kept = taken(by, keeper, woman(cnp=CNP), woman(cnp=CNP), woman(cnp=CNP, mark=2))
        assert Person.objects.count() == 1
        assert Household.objects.count() == 1
        assert [state for state, _why in states(kept)] == ["new", "joined", "joined"]

    def test_the_same_file_again_makes_nothing_new(self, by, keeper):
        rows = woman(cnp=CNP), woman("Ana"), woman("Ion", born=None)
        taken(by, keeper, *rows)
        again = taken(by, keeper, *rows)
        assert [state for state, _why in states(again)] == ["joined"] * 3
        assert (Person.objects.count(), Household.objects.count()) == (3, 1)

    def test_who_is_there_stays_where_they_live_and_the_others_join_them(self, by, keeper):
        home = HouseholdFactory(keeper=keeper, address="Str. Lungă 1")
        known = PersonFactory(keeper=keeper, family_name="Dinu", given_name="Elena", cnp=CNP)
        MembershipFactory(person=known, household=home)
        taken(by, keeper, woman(cnp=CNP, relation="cap"), woman("Ana", relation="fiică"))
        assert Household.objects.get() == home
        assert home.memberships.count() == 2

    def test_people_of_others_are_not_looked_at(self, by, keeper):
        PersonFactory(family_name="Dinu", given_name="Elena", birth_date=BORN)
        assert states(send(by, keeper, book(woman()))) == [("new", "")]

    def test_the_sealed_are_never_shown_to_who_may_not_see_them(self, by, keeper):
        home = HouseholdFactory(keeper=keeper, sealed=True)
        for cnp, given in ((CNP, "Elena"), ("", "Ana")):
            one = PersonFactory(keeper=keeper, family_name="Dinu", given_name=given, birth_date=BORN, cnp=cnp)
            MembershipFactory(person=one, household=home, relation="child")
        rows = woman("Rodica", cnp=CNP), woman("Ana")
        kept = taken(by, keeper, *rows)
        assert states(kept) == [("joined", "taken"), ("new", "")]
        assert home.memberships.count() == 2
        member = worker(organization=keeper)
        HouseholdSight.objects.create(
            household=home, user=member, why=SightReason.CASE_TEAM, start=BORN, reason="x"
        )
        assert [state for state, _why in states(send(member, keeper, book(*rows)))] == ["joined", "joined"]
        seen = send(member, keeper, book(woman("Ana", born="17.05.1990", mark=9)))
        assert states(seen) == [("asked", "likely")]


class TestKeeping:
    def test_what_was_sent_is_kept_encrypted_and_for_a_while(self, by, keeper):
        kept = send(by, keeper, book(woman(cnp=CNP)))
        [raw] = RegisterImport.objects.extra(select={"raw": "content"}).values_list("raw", flat=True)
        assert CNP not in raw
        assert list(RegisterImport.objects.open_to(by)) == [kept]
        assert not RegisterImport.objects.open_to(worker(organization=keeper)).exists()
        RegisterImport.objects.update(expires_at=timezone.now())
        assert not RegisterImport.objects.open_to(by).exists()

    @pytest.mark.both
    def test_going_on_after_an_interruption_doubles_nothing(self, by, keeper, monkeypatch):
        rows = [woman(f"Ana{number}", mark=number, born=None) for number in range(12)]
        kept = send(by, keeper, book(*rows))
        module = __import__("punte.people.actions.take_in_register", fromlist=["PORTION"])
        monkeypatch.setattr(module, "PORTION", 5)
        whole, made = module.create_person, []

        def interrupted(**said: Any) -> Person:
            if len(made) == 7:
                raise KeyboardInterrupt
            made.append(said)
            return whole(**said)

        monkeypatch.setattr(module, "create_person", interrupted)
        with pytest.raises(KeyboardInterrupt):
            taking_in(by=by, kept=kept)
        assert Person.objects.count() == 5, "a portion is whole or not at all"
        monkeypatch.setattr(module, "create_person", whole)
        counts = taking_in(by=by, kept=kept)
        assert (counts["taken_new"], counts["waiting"]) == (12, 0)
        assert (Person.objects.count(), Household.objects.count()) == (12, 12)
        assert TrailEntry.objects.filter(verb="take_in_register").count() == 3
