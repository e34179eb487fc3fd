"""What is on record about a person, for their own request: of every room, within what may be given, behind seals."""

import datetime as dt
import json
from typing import Any

import pytest
from django.urls import reverse

from punte.accounts.enums import Role
from punte.accounts.models import TrailEntry
from punte.cases.actions import open_case, seal_case, seal_person
from punte.cases.enums import Regime
from punte.cases.models import CaseEpisode, Referral
from punte.directory.models import NomenclatureCode
from punte.kernel.errors import DomainError, NotAllowed
from punte.people.actions.own_file import make_own_file
from punte.people.enums import DocumentKind
from punte.people.models import IdentityDocument
from punte.registers.actions import add_entry, move_entry
from tests.factories import ConsentFactory, HouseholdFactory, OrganizationFactory, ServiceFactory, family
from tests.factories import worker as worker_as
from tests.www.frame.test_veiled import signed_in

pytestmark = pytest.mark.django_db
MARCH, APRIL = dt.date(2026, 3, 1), dt.date(2026, 4, 1)
WHY = "Cerere scrisă, cu buletinul"


@pytest.fixture
def house():
    return OrganizationFactory()


@pytest.fixture
def officer(house):
    return worker_as(Role.DATA_PROTECTION_OFFICER, organization=house)


@pytest.fixture
def home(house):
    home = HouseholdFactory(keeper=house, address="Str. Fântânii 3")
    home.people = family(34, 8, household=home)
    return home


@pytest.fixture
def manager(house, home):
    manager = worker_as(Role.CASE_MANAGER, organization=house)
    open_case(by=manager, household=home, regime=Regime.STANDARD, reason="Vizită")
    return manager


def told(officer, person) -> str:
    officer.__dict__.pop("_hidden_by_seals", None)
    parts = make_own_file(by=officer, person=person, reason=WHY)
    return json.dumps([[part.title, [dict(row) for row in part.rows]] for part in parts], ensure_ascii=False)


def enrol(by, child, unit: str = "Școala nr. 1", **given: Any):
    said = {"start": MARCH, "given": {"unit": unit, "stage": "primary"}, **given}
    return add_entry(by=by, register="school_enrolment", subject=child, **said)


def test_it_has_what_every_room_keeps_of_the_person_alone(officer, manager, home) -> None:
    mother, child = home.people
    IdentityDocument.objects.create(person=mother, kind=DocumentKind.IDENTITY_CARD, number="CJ 123456")
    enrol(manager, child)
    certificate = {"kind": "physical", "grade": "severe", "permanent": True, "number": "77/2026"}
    add_entry(by=manager, register="disability_certificate", subject=mother, start=MARCH, given=certificate)
    file = told(officer, mother)
    for said in (mother.family_name, "CJ 123456", "Str. Fântânii 3", "77/2026", str(home.cases.get())):
        assert said in file, said
    assert "Școala nr. 1" not in file
    assert child.given_name not in file
    line = TrailEntry.objects.get(verb="make_own_file")
    assert (line.person, line.reason, line.actor) == (mother.pk, WHY, officer)


def test_of_violence_nothing_is_given_out(officer, manager, home) -> None:
    order = {"kind": "order", "until": dt.date(2026, 12, 1), "file_no": "4100/2026"}
    add_entry(
        by=manager,
        register="protection_order",
        subject=home.people[0],
        start=MARCH,
        state="issued",
        given=order,
    )
    assert "4100/2026" not in told(officer, home.people[0])


def test_a_seal_holds(officer, manager, home) -> None:
    child = home.people[1]
    entry = enrol(manager, child)
    seal_person(by=manager, person=child, reason="Este căutat")
    before = told(officer, child)
    move_entry(by=manager, entry=entry, move="transfer", on=APRIL, given={}, revision=1)
    enrol(manager, child, "Școala din alt oraș", start=APRIL + dt.timedelta(days=1))
    assert told(officer, child) == before
    assert "Școala nr. 1" in before


def test_of_a_home_that_was_left_it_tells_only_what_was_then(officer, house, home) -> None:
    """Who left asks what is on record: not where the others live today, nor what is done with them."""
    mother = home.people[0]
    home.people[1].memberships.update(start=dt.date(2025, 1, 1))
    mother.memberships.update(start=dt.date(2025, 1, 1), end=MARCH)
    manager = worker_as(Role.CASE_MANAGER, organization=house)
    later = open_case(by=manager, household=home, regime=Regime.INTENSIVE, reason="x", opened_on=APRIL)
    file = told(officer, mother)
    assert home.address not in file and str(later) not in file
    assert "28.02.2026" in file
    assert str(later) in told(officer, home.people[1])
    CaseEpisode.objects.filter(case=later).update(start=dt.date(2026, 2, 1))
    file = told(officer, mother)
    assert str(later) in file and str(later.get_regime_display()) not in file


def test_a_referral_to_who_helps_against_violence_is_not_given_out(officer, manager, home) -> None:
    case = home.cases.get()
    shelter = ServiceFactory(name="Adăpostul Liniște", code=_code("8790 CR-VD-I"))
    other = ServiceFactory(name="Cantina Mica", code=_code("8899 CPDH-I"))
    for service in (shelter, other):
        Referral.objects.create(
            case=case,
            person=home.people[0],
            service=service,
            organization=service.provider,
            by=manager,
            consent=ConsentFactory(person=home.people[0], start=MARCH, by=manager),
        )
    file = told(officer, home.people[0])
    assert "Cantina Mica" in file and "Adăpostul Liniște" not in file


def _code(code: str) -> NomenclatureCode:
    made: NomenclatureCode = NomenclatureCode.objects.create(code=code, name="x", beneficiaries="x")
    return made


def test_of_a_sealed_case_it_says_nothing(officer, manager, home) -> None:
    case = home.cases.get()
    seal_case(by=manager, case=case, reason="Semnal")
    assert str(case) not in told(officer, home.people[0])
    assert TrailEntry.objects.get(verb="make_own_file").sealed


def test_who_does_not_answer_for_data_protection_there_makes_none(house, home, manager) -> None:
    for other in (manager, worker_as(Role.DATA_PROTECTION_OFFICER), worker_as(Role.COORDINATOR)):
        with pytest.raises(NotAllowed):
            make_own_file(by=other, person=home.people[0], reason=WHY)
    officer = worker_as(Role.DATA_PROTECTION_OFFICER, organization=house)
    with pytest.raises(DomainError):
        make_own_file(by=officer, person=home.people[0], reason="  ")


def test_the_officer_gets_a_page_or_a_file(officer, home) -> None:
    mother = home.people[0]
    browser = signed_in(officer)
    url = reverse("own_file", args=[mother.pk])
    assert url in browser.get(reverse("person_trail", args=[mother.pk])).content.decode()
    assert browser.post(url, {"kind": "paper"}).status_code == 422
    page = browser.post(url, {"kind": "paper", "reason": WHY}).content.decode()
    assert "Str. Fântânii 3" in page
    assert mother.family_name not in page.split("</title>")[0]
    file = browser.post(url, {"kind": "json", "reason": WHY})
    assert file["Content-Type"] == "application/json"
    assert mother.family_name in json.dumps(json.loads(file.content), ensure_ascii=False)
