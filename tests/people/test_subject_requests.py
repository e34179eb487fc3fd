"""What people ask about their own data: its term, who asks and by which right, what is given out and what never."""

import csv
import datetime as dt
import io
import json
import zipfile
from typing import Any

import pikepdf
import pytest
from django.urls import reverse
from django.utils import timezone

from punte.accounts.enums import Role
from punte.accounts.models import TrailEntry
from punte.cases.actions import open_case, seal_case, seal_person
from punte.cases.enums import Regime
from punte.kernel.errors import DomainError, NotAllowed
from punte.people.actions import answer_request, put_off_request, take_in_request
from punte.people.actions.own_file import make_file_asked_for, make_own_file
from punte.people.actions.subject_requests import months_later
from punte.people.enums import AskedBy, RequestKind, RequestState
from punte.people.masking import Mask
from punte.people.models import SubjectRequest
from punte.people.who_looked import tell_who_looked
from punte.registers.actions import add_entry
from tests.documents.text import pdf_text
from tests.factories import HouseholdFactory, OrganizationFactory, PersonFactory, family
from tests.factories import worker as worker_as
from tests.www.frame.test_veiled import asked, signed_in

pytestmark = pytest.mark.django_db
MARCH = dt.date(2026, 3, 1)
SEEN = "Buletin CJ 111222, la ghișeu"


@pytest.fixture
def house():
    return OrganizationFactory()


@pytest.fixture
def officer(house):
    return worker_as(Role.DATA_PROTECTION_OFFICER, organization=house)


@pytest.fixture
def manager(house):
    return worker_as(Role.CASE_MANAGER, organization=house)


@pytest.fixture
def home(house):
    home = HouseholdFactory(keeper=house, address="Str. Fântânii 3")
    home.people = family(34, 8, household=home)
    return home


def ask(by, person, kind=RequestKind.ACCESS, **said: Any) -> SubjectRequest:
    given = {"asked_on": timezone.localdate(), "asked_by": AskedBy.THEMSELVES, "identity": SEEN, **said}
    return take_in_request(by=by, person=person, kind=kind, **given)


def in_words(parts) -> str:
    return json.dumps([[part.title, [dict(row) for row in part.rows]] for part in parts], ensure_ascii=False)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (dt.date(2026, 1, 31), 1, dt.date(2026, 2, 28)),
        (dt.date(2026, 12, 15), 1, dt.date(2027, 1, 15)),
        (dt.date(2026, 11, 30), 3, dt.date(2027, 2, 28)),
    ],
)
def test_a_month_is_a_month(day, months, then) -> None:
    assert months_later(day, months) == then


def test_it_is_due_in_a_month_and_may_be_put_off_once(officer, home) -> None:
    request = ask(officer, home.people[0])
    assert request.due_on == months_later(request.asked_on, 1)
    later = put_off_request(by=officer, request=request, reason="Dosar din trei arhive")
    assert later.due_on == months_later(request.asked_on, 3)
    with pytest.raises(DomainError):
        put_off_request(by=officer, request=request, reason="Din nou")


def test_what_is_late_is_not_put_off(officer, home) -> None:
    request = ask(officer, home.people[0], asked_on=timezone.localdate() - dt.timedelta(days=40))
    with pytest.raises(DomainError):
        put_off_request(by=officer, request=request, reason="Târziu")


def test_who_asks_for_another_shows_by_which_right(officer, home) -> None:
    mother, child = home.people
    for said in ({"asker": "Ana"}, {"right_shown": "Certificat de naștere"}):
        with pytest.raises(DomainError):
            ask(officer, child, asked_by=AskedBy.PARENT, **said)
    with pytest.raises(DomainError) as refused:
        ask(officer, mother, asked_by=AskedBy.PARENT, asker="Bunica", right_shown="Certificat")
    assert refused.value.field == "asked_by"


def test_a_correction_says_what_is_wrong_and_is_answered_with_a_statement(officer, manager, home) -> None:
    mother = home.people[0]
    with pytest.raises(DomainError):
        ask(manager, mother, RequestKind.RECTIFICATION)
    request = ask(manager, mother, RequestKind.RECTIFICATION, wrong="Născută în 1991", should_say="1992")
    with pytest.raises(NotAllowed):
        answer_request(by=manager, request=request, decision=RequestState.REFUSED, answer="Nu")
    done = answer_request(
        by=officer,
        request=request,
        decision=RequestState.REFUSED,
        answer="Certificatul spune 1991",
        statement="Certificatul este greșit",
    )
    assert done.state == RequestState.REFUSED
    assert TrailEntry.objects.filter(verb="refuse_request_about_data", person=mother.pk).count() == 1
    page = signed_in(manager).get(reverse("person", args=[mother.pk])).content.decode()
    assert "Certificatul este greșit" in page
    with pytest.raises(DomainError):
        answer_request(by=officer, request=request, decision=RequestState.ANSWERED, answer="Din nou")


def test_a_parent_is_not_told_where_the_child_is(officer, manager, home) -> None:
    child = home.people[1]
    child.phone = "0740 111 222"
    child.save(update_fields=["phone"])
    school = {"unit": "Școala nr. 1", "stage": "primary"}
    add_entry(by=manager, register="school_enrolment", subject=child, start=MARCH, given=school)
    whole = in_words(make_own_file(by=officer, person=child, reason=SEEN))
    request = ask(officer, child, asked_by=AskedBy.PARENT, asker="Tatăl", right_shown="Certificat de naștere")
    file = in_words(make_file_asked_for(by=officer, request=request))
    for where in ("Str. Fântânii 3", "Școala nr. 1", "0740 111 222"):
        assert where in whole and where not in file, where
    assert child.given_name in file
    same = make_own_file(by=officer, person=child, reason=SEEN, asked_by=AskedBy.PARENT)
    assert in_words(same) == file


def test_the_aggressor_learns_nothing_of_a_sealed_case(officer, manager, home, house) -> None:
    """What the one who lived there is told is the same, whether a case of the others is sealed or there is none."""
    aggressor = PersonFactory(keeper=house, given_name="Gheorghe")
    aggressor.memberships.create(household=home, start=dt.date(2025, 1, 1), end=MARCH)
    request = ask(officer, aggressor)
    before = in_words(make_file_asked_for(by=officer, request=request))
    looked = tell_who_looked(by=officer, person=aggressor, reason=SEEN)
    case = open_case(by=manager, household=home, regime=Regime.INTENSIVE, reason="Semnal")
    seal_case(by=manager, case=case, reason="Este căutată")
    seal_person(by=manager, person=home.people[0], reason="Este căutată")
    officer.__dict__.pop("_hidden_by_seals", None)
    assert in_words(make_file_asked_for(by=officer, request=request)) == before
    again = tell_who_looked(by=officer, person=aggressor, reason=SEEN)
    assert {look.role for look in again} - {look.role for look in looked} <= {
        str(Role.DATA_PROTECTION_OFFICER.label)
    }
    assert home.people[0].given_name not in before


def test_others_are_masked_in_what_was_written_freely(officer, home, house) -> None:
    mother, child = home.people
    stranger = PersonFactory(keeper=house, family_name="Vasilescu", given_name="Ruxandra-Maria")
    stranger.memberships.create(household=home, start=dt.date(2020, 1, 1), end=dt.date(2021, 1, 1))
    mask = Mask(mother)
    said = f"Ruxandra Vasilescu i-a spus lui {child.given_name} la 0740 333 444, ruxandra nu"
    shown = mask.text(said)
    for hidden in ("Ruxandra", "Vasilescu", child.given_name, "0740 333 444"):
        assert hidden not in shown, hidden
    assert (
        mask.text(f"{mother.given_name} {mother.family_name}") == f"{mother.given_name} {mother.family_name}"
    )


def test_the_file_is_a_paper_for_everybody_and_data_for_machines(officer, home) -> None:
    mother = home.people[0]
    request = ask(officer, mother)
    browser = signed_in(officer)
    url = reverse("subject_file", args=[request.pk])
    paper = browser.post(url, {"as": "pdf"})
    with pikepdf.open(io.BytesIO(paper.content)) as pdf, pdf.open_metadata() as about:
        assert about["pdfuaid:part"] == "1"
    assert "Str. Fântânii 3" in pdf_text(paper.content)
    with zipfile.ZipFile(io.BytesIO(browser.post(url, {"as": "data"}).content)) as archive:
        told = json.loads(archive.read("date.json"))
        tables = [
            archive.read(name).decode("utf-8-sig") for name in archive.namelist() if name != "date.json"
        ]
    assert len(tables) == len(told["parts"]) > 2
    assert any(mother.family_name in row for table in tables for row in csv.reader(io.StringIO(table)))
    assert TrailEntry.objects.filter(verb="make_own_file", subject=request.pk).count() == 2


def test_who_looked_is_told_in_neutral_words_without_names(officer, manager, home) -> None:
    mother = home.people[0]
    signed_in(manager).get(reverse("person", args=[mother.pk]))
    request = ask(officer, mother)
    paper = pdf_text(signed_in(officer).post(reverse("subject_looks", args=[request.pk])).content)
    assert manager.name not in paper and officer.name not in paper
    assert str(home.keeper).split()[-1] in paper
    looks = tell_who_looked(by=officer, person=mother, reason=SEEN)
    assert {look.who for look in looks} == {""}


def test_what_a_settled_request_asked_for_is_not_made_again(officer, home) -> None:
    request = ask(officer, home.people[0])
    answer_request(by=officer, request=request, decision=RequestState.ANSWERED, answer="Dosarul, la ghișeu")
    with pytest.raises(DomainError):
        make_file_asked_for(by=officer, request=request)
    answered = signed_in(officer).post(reverse("subject_file", args=[request.pk]), {"as": "pdf"})
    assert answered.status_code == 302


def test_the_officer_takes_one_in_from_a_name(officer, home) -> None:
    browser = signed_in(officer)
    person = home.people[0]
    name = f"{person.family_name} {person.given_name}"
    found = browser.get(asked(browser, "subject_request_whose", about=name)).content.decode()
    url = reverse("subject_request_new", args=[person.pk])
    assert url in found
    said = {
        "kind": "access",
        "asked_on": timezone.localdate().isoformat(),
        "asked_by": "themselves",
        "identity": SEEN,
    }
    page = browser.post(url, said, follow=True).content.decode()
    assert reverse("subject_file", args=[SubjectRequest.objects.get().pk]) in page
    assert "Cereri despre date" in browser.get(reverse("subject_requests")).content.decode()
