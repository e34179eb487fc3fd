"""The search box: one box for every kind, and only what the account may read."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from punte.accounts.enums import Role
from punte.accounts.models import User
from punte.cases.actions import open_case, seal_case, seal_person
from punte.cases.models import Case
from punte.kernel.encryption import blind_index
from punte.organizations.models import Organization
from punte.people.actions import (
    change_household,
    change_person,
    create_household,
    join_household,
    leave_household,
)
from punte.people.models import Household, HouseholdSight, Person
from punte.people.places import folded_address, folded_phone, looks_like_phone, phone_digits
from punte.petitions.models import Petition
from tests.factories import (
    HouseholdFactory,
    OrganizationFactory,
    PersonFactory,
    ServiceFactory,
    TeamFactory,
    UatFactory,
    family,
    invented_cnp,
    worker,
)
from tests.guards.queries import queries_of

pytestmark = pytest.mark.django_db
PHONE, OTHER_PHONE = "0745 123 456", "0766 654 321"


@pytest.fixture
def home() -> Organization:
    return OrganizationFactory(name="Primăria Valea Verde")


@pytest.fixture
def user(home: Organization) -> User:
    return worker(team=TeamFactory(organization=home))


def by(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def asked(user: User, text: str) -> Any:
    return by(user).get(reverse("search"), {"q": text})


def found(user: User, text: str, kind: str = "households") -> list[Any]:
    answer = asked(user, text)
    assert answer.status_code == 200, answer.headers
    return list(getattr(answer.context["found"], kind))


def led_to(user: User, text: str) -> str:
    answer = asked(user, text)
    return answer.url if answer.status_code == 302 else ""


class TestNumbers:
    @pytest.fixture
    def case(self, user: User, home: Organization) -> Case:
        household = HouseholdFactory(keeper=home)
        family(34, household=household)
        team = user.appointments.get().team
        case = open_case(by=user, household=household, regime="standard", reason="o situație", team=team)
        Case.objects.filter(pk=case.pk).update(year=2026, number=7)
        return case

    @pytest.mark.parametrize("text", ["2026/0007", "7", " 2026 / 7 ", "0007", "7/2026"])
    def test_of_a_case_lead_straight_to_it(self, user: User, case: Case, text: str) -> None:
        assert led_to(user, text) == reverse("case", args=[case.pk])

    @pytest.mark.parametrize("text", ["2025/0007", "8", "2026/0070"])
    def test_of_no_case_find_nothing(self, user: User, case: Case, text: str) -> None:
        assert "În evidența dumneavoastră nu este nimic de acest fel" in asked(user, text).text

    def test_of_two_are_both_shown_with_what_tells_them_apart(self, user: User, case: Case) -> None:
        Petition.objects.create(
            organization=case.keeper, year=2025, number=7, kind="complaint", name="Nu se arată"
        )
        page = asked(user, "7")
        assert page.status_code == 200
        assert "2026/0007" in page.text and "7/2025" in page.text
        assert case.household.name in page.text
        assert "Nu se arată" not in page.text

    def test_written_as_one_kind_writes_them_mean_that_kind(self, user: User, case: Case) -> None:
        petition = Petition.objects.create(organization=case.keeper, year=2026, number=7, kind="request")
        assert led_to(user, "2026/0007") == reverse("case", args=[case.pk])
        assert led_to(user, "7/2026") == reverse("petition", args=[petition.pk])
        assert asked(user, "7").status_code == 200

    def test_of_a_petition_lead_to_it_and_of_a_restricted_one_to_nothing(
        self, user: User, home: Organization
    ) -> None:
        petition = Petition.objects.create(organization=home, year=2026, number=12, kind="request")
        assert led_to(user, "12/2026") == reverse("petition", args=[petition.pk])
        Petition.objects.filter(pk=petition.pk).update(restricted=True)
        assert found(user, "12/2026", "petitions") == []

    def test_of_a_case_of_others_find_nothing(self, user: User, case: Case) -> None:
        for other in (worker(), worker(Role.PLANNER, organization=case.keeper)):
            assert found(other, "2026/0007", "cases") == []

    def test_of_a_sealed_case_lead_its_team_and_nobody_else(self, user: User, case: Case) -> None:
        colleague = worker(Role.COORDINATOR, organization=case.keeper)
        assert led_to(colleague, "2026/0007")
        nothing, _page = queries_of(asked, colleague, "2026/0008")
        seal_case(by=user, case=Case.objects.get(pk=case.pk), reason="Pericol")
        sealed, page = queries_of(asked, colleague, "2026/0007")
        assert page.status_code == 200
        assert sealed == nothing
        assert led_to(User.objects.get(pk=user.pk), "2026/0007") == reverse("case", args=[case.pk])

    def test_of_a_case_in_sight_of_another_keeper_lead_to_it(self, user: User, case: Case) -> None:
        guest = worker()
        HouseholdSight.objects.create(
            household=case.household, user=guest, why="emergency", start=timezone.localdate()
        )
        assert led_to(guest, "2026/0007") == reverse("case", args=[case.pk])

    def test_a_cnp_leads_to_its_person(self, user: User, home: Organization) -> None:
        cnp = invented_cnp(dt.date(1990, 5, 1), sex="f", order=1)
        person = PersonFactory(keeper=home, cnp=cnp, cnp_index=blind_index(cnp))
        assert led_to(user, cnp) == reverse("person", args=[person.pk])

    def test_a_fiscal_code_leads_to_its_institution(self, user: User) -> None:
        found = OrganizationFactory(name="Asociația Pod", fiscal_code="RO1234567")
        for text in ("1234567", "RO 1234567", "ro1234567"):
            assert led_to(user, text) == reverse("institution", args=[found.pk])


class TestPhones:
    @pytest.mark.parametrize("text", ["0745123456", "+40 745 123 456", "0040745123456", "0745.123.456"])
    def test_lead_to_who_has_it_however_it_is_written(
        self, user: User, home: Organization, text: str
    ) -> None:
        person = PersonFactory(keeper=home, phone=PHONE)
        PersonFactory(keeper=home, phone=OTHER_PHONE)
        PersonFactory(keeper=OrganizationFactory(), phone=PHONE)
        assert led_to(user, text) == reverse("person", args=[person.pk])

    def test_of_a_household_and_a_person_show_both(self, user: User, home: Organization) -> None:
        household = HouseholdFactory(keeper=home, phone="+40745123456")
        person = PersonFactory(keeper=home, phone=PHONE)
        answer = asked(user, "0745 123")
        assert list(answer.context["found"].households) == [household]
        assert [one.person for one in answer.context["found"].people] == [person]

    def test_of_services_and_institutions_are_found_by_who_sees_no_people(self, home: Organization) -> None:
        PersonFactory(keeper=home, phone=PHONE)
        service = ServiceFactory(name="Centrul de zi Pod", phone="0745-123.456")
        planner = worker(Role.PLANNER, organization=home)
        assert led_to(planner, PHONE) == reverse("service", args=[service.pk])
        OrganizationFactory(name="Fundația Pod", phone="(0745) 123456")
        answer = asked(planner, PHONE)
        assert "Fundația Pod" in answer.text
        assert list(answer.context["found"].people) == []

    def test_a_changed_phone_is_found_and_the_former_is_not(self, user: User, home: Organization) -> None:
        person = PersonFactory(keeper=home, phone=PHONE)
        change_person(by=user, person=person, phone=OTHER_PHONE)
        assert led_to(user, OTHER_PHONE) and not led_to(user, PHONE)
        household = HouseholdFactory(keeper=home, phone="")
        change_household(by=user, household=household, phone="0755 000 111", address="Str. Nouă 1")
        assert led_to(user, "0755000111") == reverse("household", args=[household.pk])
        assert found(user, "Noua 1") == [household]


class TestAddresses:
    @pytest.mark.parametrize(
        "text",
        [
            "Str. Florilor 3",
            "strada florilor nr. 3",
            "FLORILOR 3",
            "Florilor, nr 3",
            "florilor 3 valea verde",
            "Valea Verde, str. Florilor, nr. 3",
            "Flor 3",
        ],
    )
    def test_are_found_in_any_spelling(self, user: User, home: Organization, text: str) -> None:
        there = HouseholdFactory(keeper=home, address="Strada Florilor, nr.3", locality="Valea Verde")
        for address in ("Str. Florilor 13", "Str. Florilor 30", "Str. Teiului 3", ""):
            HouseholdFactory(keeper=home, address=address, locality="Valea Verde")
        HouseholdFactory(keeper=OrganizationFactory(), address="Str. Florilor 3")
        assert found(user, text) == [there]

    def test_by_the_last_name_of_a_street_and_its_house(self, user: User, home: Organization) -> None:
        there = HouseholdFactory(keeper=home, address="Bd-ul Mihai Viteazu nr. 4A")
        HouseholdFactory(keeper=home, address="Bd-ul Mihai Viteazu nr. 4B")
        for text in ("viteazu 4a", "Vit 4A", "M. Viteazu 4a", "Viteazu Mihai nr. 4 A"):
            assert found(user, text) == [there], text
        assert found(user, "B-dul Mihai Viteazu 4 A") == [there]

    def test_of_a_village_without_streets(self, user: User, home: Organization) -> None:
        there = HouseholdFactory(keeper=home, address="nr. 45", locality="Fântânele")
        HouseholdFactory(keeper=home, address="nr. 45", locality="Dealu")
        assert found(user, "Fîntînele 45") == [there]

    def test_a_street_alone_lists_its_households(self, user: User, home: Organization) -> None:
        both = {HouseholdFactory(keeper=home, address=f"Str. Lalelelor {number}") for number in (1, 2)}
        assert set(found(user, "lalelelor")) == both

    def test_of_a_household_in_sight(self, user: User) -> None:
        guest = HouseholdFactory(keeper=OrganizationFactory(), address="Str. Florilor 3")
        assert found(user, "Florilor 3") == []
        HouseholdSight.objects.create(household=guest, user=user, why="case_team", start=timezone.localdate())
        assert found(User.objects.get(pk=user.pk), "Florilor 3") == [guest]

    def test_is_asked_in_few_queries_however_many_there_are(self, user: User, home: Organization) -> None:
        HouseholdFactory(keeper=home, address="Str. Florilor 3")
        client = by(user)
        few, _page = queries_of(client.get, reverse("search"), {"q": "Florilor 3"})
        for number in range(4, 40):
            HouseholdFactory(keeper=home, address=f"Str. Florilor {number}", locality="Valea Verde")
        many, _page = queries_of(client.get, reverse("search"), {"q": "Florilor 3"})
        assert many == few and len(few) < 20


class TestBehindASeal:
    @pytest.fixture
    def sealed(self, user: User, home: Organization) -> tuple[Person, Household]:
        """Somebody who was sealed, then moved, and has another phone; the user is of the circle."""
        old = HouseholdFactory(keeper=home, address="Str. Veche 1")
        mother, _child = family(34, 6, household=old)
        Person.objects.filter(pk=mother.pk).update(phone=PHONE)
        Person.objects.get(pk=mother.pk).save()
        team = user.appointments.get().team
        open_case(by=user, household=old, regime="standard", reason="o situație grea", team=team)
        again = User.objects.get(pk=user.pk)
        seal_person(by=again, person=Person.objects.get(pk=mother.pk), reason="soțul o caută")
        again = User.objects.get(pk=user.pk)
        leave_household(by=again, membership=old.memberships.get(person=mother), end=timezone.localdate())
        new = create_household(
            by=again, keeper=home, name="Nou", uat=old.uat, address="Str. Ascunsă 7", phone="0799 111 222"
        )
        join_household(
            by=again, person=mother, household=new, start=timezone.localdate(), relation="reference"
        )
        change_person(by=again, person=Person.objects.get(pk=mother.pk), phone=OTHER_PHONE)
        return Person.objects.get(pk=mother.pk), new

    @pytest.mark.parametrize("text", [OTHER_PHONE, "0799 111 222", "Ascunsă 7", "Str. Ascunsă"])
    @pytest.mark.parametrize("role", [Role.SOCIAL_WORKER, Role.COORDINATOR])
    def test_what_is_new_finds_nothing_for_who_is_outside(
        self, sealed: tuple[Person, Household], home: Organization, text: str, role: Role
    ) -> None:
        outside = worker(role, organization=home)
        shapes, page = queries_of(asked, outside, text)
        assert page.status_code == 200 and page.context["found"].nothing
        assert str(sealed[0].pk) not in page.text and str(sealed[1].pk) not in page.text
        like = {OTHER_PHONE: "0766 654 322", "0799 111 222": "0799 111 223"}
        none, _page = queries_of(asked, outside, like.get(text, text.replace("Ascunsă", "Inexistă")))
        assert shapes == none

    def test_the_phone_of_the_day_of_the_seal_finds_who_is_outside_what_they_see(
        self, sealed: tuple[Person, Household], home: Organization
    ) -> None:
        person, _new = sealed
        outside = worker(organization=home)
        assert led_to(outside, PHONE) == reverse("person", args=[person.pk])

    def test_the_circle_finds_her_by_the_new_ones(self, sealed: tuple[Person, Household], user: User) -> None:
        person, new = sealed
        circle = User.objects.get(pk=user.pk)
        assert led_to(circle, OTHER_PHONE) == reverse("person", args=[person.pk])
        assert found(circle, "Ascunsă 7") == [new]

    def test_what_somebody_outside_writes_of_her_phone_is_not_found_by_the_circle(
        self, sealed: tuple[Person, Household], home: Organization, user: User
    ) -> None:
        person, _new = sealed
        outside = worker(organization=home)
        change_person(by=outside, person=Person.objects.get(pk=person.pk), phone="0711 000 000", sex="f")
        assert led_to(User.objects.get(pk=outside.pk), "0711 000 000")
        circle = User.objects.get(pk=user.pk)
        assert not led_to(circle, "0711 000 000")
        assert led_to(circle, OTHER_PHONE) == reverse("person", args=[person.pk])


class TestKinds:
    def test_services_and_institutions_by_name_the_nearest_first(self, user: User) -> None:
        late = ServiceFactory(name="Servicii la centrul Speranța")
        first = ServiceFactory(name="Speranța, centru de zi")
        assert found(user, "speranta", "services") == [first, late]
        institution = OrganizationFactory(name="Spitalul Speranța")
        assert institution in found(user, "speranta", "organizations")

    @pytest.mark.parametrize("role", [Role.PLANNER, Role.PARTNER, Role.COUNTY_METHODOLOGIST])
    def test_who_sees_no_people_has_the_box_and_finds_none(self, home: Organization, role: Role) -> None:
        HouseholdFactory(keeper=home, name="Dinu", address="Str. Florilor 3")
        service = ServiceFactory(name="Dinu, centru de zi")
        other = worker(role, organization=home)
        page = asked(other, "dinu")
        assert list(page.context["found"].services) == [service]
        assert not page.context["found"].households and not page.context["found"].people
        assert not asked(other, "Florilor 3").context["found"].households
        assert 'placeholder="Serviciu sau instituție"' in page.text

    @pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.DATA_PROTECTION_OFFICER])
    def test_who_finds_nothing_has_no_box(self, role: Role) -> None:
        other = worker(role)
        assert asked(other, "dinu").status_code == 403
        assert 'class="search"' not in by(other).get("/cont/").text

    @pytest.mark.parametrize(
        "text", ["", " ", "%", "a", "/", "7/", "+", "0", "\0", "x" * 200, "1" * 200, "str"]
    )
    def test_what_means_nothing_is_no_error(self, user: User, text: str) -> None:
        assert asked(user, text).status_code == 200


@pytest.mark.parametrize(
    ("address", "locality", "folded"),
    [
        ("Str. Florilor, nr. 3A, bl. B2, sc. A, ap. 10", "Cluj-Napoca", "florilor 3 a b 2 10 cluj napoca"),
        ("B-dul Gen. Magheru nr. 4", "", "magheru 4"),
        ("Bd. Mihai Viteazu 33", "Cluj-Napoca", "viteazu mihai 33 cluj napoca"),
        ("Str. 1 Decembrie 1918 nr. 5", "", "decembrie 1 1918 5"),
        ("45", "Fîntînele", "fantanele 45"),
        ("", "Dealu", "dealu"),
        ("nr.", "", ""),
    ],
)
def test_an_address_is_folded_to_what_tells_it_apart(address: str, locality: str, folded: str) -> None:
    assert folded_address(address, locality) == folded


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("0745 123 456", "745123456"),
        ("+40 (745) 123-456", "745123456"),
        ("0040 745 123 456", "745123456"),
        ("40745123456", "745123456"),
        ("0745123456, 0766 000 111", "745123456"),
        ("+49 170 1234567", "491701234567"),
        ("nu are", ""),
        ("", ""),
    ],
)
def test_a_phone_is_folded_to_its_digits(written: str, digits: str) -> None:
    assert folded_phone(written) == digits


def test_a_phone_is_told_from_other_numbers() -> None:
    assert looks_like_phone("0745 123") and looks_like_phone("+40745123456")
    assert not looks_like_phone("2026/7") and not looks_like_phone("Florilor 3") and not looks_like_phone("7")
    assert phone_digits("0745 12") == "74512"


@pytest.mark.both
def test_what_stood_before_is_found_too(user: User, home: Organization) -> None:
    """As the migration leaves it: what was recorded before the columns were there."""
    from importlib import import_module

    from django.apps import apps
    from django.db import connection

    household = HouseholdFactory(keeper=home, address="Str. Florilor 3", phone=PHONE, uat=UatFactory())
    person = PersonFactory(keeper=home, phone=OTHER_PHONE)
    Household.objects.update(folded_address=None, folded_phone=None)
    Person.objects.update(folded_phone=None)
    migration = import_module("punte.people.migrations.0014_found_by_address_and_phone")
    with connection.schema_editor() if connection.vendor != "sqlite" else connection.cursor() as editor:
        editor.connection = connection
        migration.fold_what_stands(apps, editor)
    assert found(user, "florilor 3") == [household]
    assert led_to(user, PHONE) == reverse("household", args=[household.pk])
    assert led_to(user, OTHER_PHONE) == reverse("person", args=[person.pk])
