"""The fast list of an emergency: one name is enough, each person counts once, and only who works on it reads it."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from punte.accounts.enums import Role
from punte.accounts.models import User
from punte.cases.actions import seal_person
from punte.cases.models import Case
from punte.directory.actions import record_occupancy
from punte.directory.models import TakenPlace
from punte.emergencies.actions import (
    Fast,
    correct_listed,
    end_emergency,
    leave_list,
    make_file,
    merge_listed,
    say_found,
)
from punte.emergencies.content import content
from punte.emergencies.counts import counted, rows_of
from punte.emergencies.keeps import erase
from punte.emergencies.matching import alike
from punte.emergencies.models import Emergency, Listed
from punte.kernel.errors import DomainError, EditedMeanwhile, NotAllowed
from punte.organizations.models import Organization
from punte.people.models import Membership, Person
from punte.people.search import index_names
from tests.emergencies.town import emergency_of, put_on
from tests.factories import CapacityFactory, ServiceFactory, worker

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def organization_of(user: User) -> Organization:
    return Organization.objects.get(pk=user.standing.posts[0].organization_id)


@pytest.fixture
def by() -> User:
    return worker(Role.SOCIAL_WORKER)


@pytest.fixture
def gym(by: User) -> Emergency:
    return emergency_of(organization_of(by), by=by)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_one_name_in_any_alphabet_is_enough(by: User, gym: Emergency) -> None:
    row = put_on(gym, by, "Данило")
    assert (row.number, row.group, row.age, row.needs) == (1, 1, None, [])
    child = put_on(gym, by, "Марійка", age=6, with_number=1, needs=("doctor", "bed"))
    assert child.group == 1 and child.needs == ["bed", "doctor"] and child.is_urgent
    for wrong in ({"name": " "}, {"name": "A", "age": 400}, {"name": "A", "needs": ("gold",)}):
        with pytest.raises(DomainError):
            put_on(gym, by, **wrong)  # type: ignore[arg-type]
    with pytest.raises(DomainError):
        put_on(gym, by, "Ana", with_number=99)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Олена Коваленко", "Olena Kovalenko", True),
        ("Petro Kovalenko", "Petro Kovalenco", True),
        ("Коваленко Петро", "Petro Kovalenko", True),
        ("Olena", "Олена Коваленко", True),
        ("Ana Pop", "Ana Popescu", False),
        ("Тарас Бондар", "Taras Shevchenko", False),
    ],
)
def test_names_are_met_across_alphabets(one: str, other: str, same: bool) -> None:
    assert bool(alike(one, [Listed(number=1, name=other)])) is same


def test_who_was_put_on_twice_counts_once_and_gives_the_place_back(by: User) -> None:
    shelter = ServiceFactory()
    CapacityFactory(service=shelter, value=2, year=TODAY().year)
    record_occupancy_of(shelter, by)
    gym = emergency_of(organization_of(by), by=by, shelter=shelter)
    first = put_on(gym, by, "Олена Коваленко", age=34, shelter=shelter)
    again = put_on(gym, by, "Olena Kovalenko", phone="+380 50 123", needs=("bed",), shelter=shelter)
    son = put_on(gym, by, "Данило", with_number=again.number)
    assert merge_listed(by=by, listed=again, into=first).phone == "+380 50 123"
    son.refresh_from_db()
    assert son.group == first.group
    numbers = counted(rows_of(by, gym))
    assert (numbers.people, numbers.here, numbers.groups) == (2, 2, 1)
    assert TakenPlace.objects.filter(given_back_at=None).count() == 1
    leave_list(by=by, listed=first, left_to="relatives", left_on=TODAY(), with_group=True)
    assert not TakenPlace.objects.filter(given_back_at=None).exists()
    assert counted(rows_of(by, gym)).here == 0


def record_occupancy_of(shelter: Any, by: User) -> None:
    provider = worker(Role.PARTNER, organization=shelter.provider)
    record_occupancy(by=provider, service=shelter, taken=0)


def test_family_is_found_and_asked_first(by: User, gym: Emergency) -> None:
    wife = put_on(gym, by, "Олена Коваленко", looks_for="Петро Коваленко")
    husband = put_on(gym, by, "Petro Kovalenko")
    page = signed_in(by).get(f"{reverse('fast_list', args=[gym.pk])}?nou={husband.pk}")
    assert "Петро Коваленко" in page.content.decode()
    looks = wife.looks_for.get()
    say_found(by=by, looked_for=looks, found=husband, agreed=False)
    wife.refresh_from_db()
    assert wife.group != husband.group
    assert "Petro" not in signed_in(by).get(reverse("listed", args=[wife.pk])).content.decode()
    say_found(by=by, looked_for=looks, found=husband, agreed=True)
    wife.refresh_from_db()
    assert wife.group == husband.group


def test_a_group_becomes_an_ordinary_household_with_a_case(by: User, gym: Emergency) -> None:
    organization = organization_of(by)
    known = Person.objects.create(keeper=organization, family_name="Kovalenko", given_name="Olena")
    index_names([known])
    mother = put_on(gym, by, "Олена Коваленко", phone="0744 123 456")
    son = put_on(gym, by, "Данило", with_number=mother.number)
    client = signed_in(by)
    url = reverse("listed_deed", args=[mother.pk, "dosar"])
    assert str(known.pk) in client.get(url).content.decode()
    sent = {"who_1": str(known.pk), "who_2": "", "household": "", "regime": "standard", "reason": "Fără acte"}
    assert client.post(url, sent).status_code == 302
    mother.refresh_from_db(), son.refresh_from_db()
    assert mother.person == known and son.person and son.person.given_name == "Данило"
    assert Membership.objects.filter(household=mother.household).count() == 2
    assert Case.objects.get().household == mother.household and mother.case == son.case
    with pytest.raises(DomainError):
        make_file(by=by, listed=mother)


def test_only_who_works_on_it_reads_the_list(by: User, gym: Emergency) -> None:
    row = put_on(gym, by, "Олена Коваленко")
    organization = organization_of(by)
    colleague, lead = (
        worker(Role.CASE_MANAGER, organization=organization),
        worker(Role.COORDINATOR, organization=organization),
    )
    addresses = [reverse("fast_list", args=[gym.pk]), reverse("fast_list_whole", args=[gym.pk])]
    for user, status in ((colleague, 404), (lead, 403), (by, 200)):
        client = signed_in(user)
        assert {client.get(url).status_code for url in addresses} == {status}
        assert client.get(reverse("listed", args=[row.pk])).status_code == (200 if user == by else 404)
        assert "Олена" not in client.get(reverse("fast_lists")).content.decode()
    for user in (colleague, lead):
        with pytest.raises(NotAllowed):
            put_on(gym, user, "Ana")
        with pytest.raises(NotAllowed):
            correct_listed(by=user, listed=row, said=Fast("Ana"))


def test_pressing_twice_puts_on_once_and_the_phone_is_handed_over_without_the_list(
    by: User, gym: Emergency
) -> None:
    put_on(gym, by, "Тарас Бондар")
    client, url = signed_in(by), reverse("fast_list_hand_over", args=[gym.pk])
    page = client.get(url).content.decode()
    assert 'lang="uk"' in page[:60] and "Записати" in page and "Тарас" not in page
    sent = {"name": "Галина", "needs": ["doctor"], "once": "a-mark-of-this-form"}
    first, second = client.post(url, sent), client.post(url, sent)
    assert first.url == second.url and Listed.objects.filter(emergency=gym).count() == 2  # type: ignore[attr-defined]
    assert "2" in client.get(first.url).content.decode()  # type: ignore[attr-defined]


def test_a_list_that_is_over_takes_nobody_and_is_erased_by_its_years(by: User, gym: Emergency) -> None:
    row = put_on(gym, by, "Nadia", age=30, needs=("bed",), looks_for="Ivan")
    end_emergency(by=by, emergency=gym, ended_on=TODAY())
    with pytest.raises(EditedMeanwhile):
        put_on(gym, by, "Ana")
    leave_list(by=by, listed=row, left_to="home", left_on=TODAY())
    assert erase(gym.keeper_id, TODAY() + dt.timedelta(days=1)) == 1
    row.refresh_from_db()
    assert (row.name, row.age, row.needs, row.left_to) == ("", 30, ["bed"], "home")
    assert not row.looks_for.exists()
    with pytest.raises(DomainError):
        leave_list(by=by, listed=row, left_to="home", left_on=TODAY())


def test_the_paper_and_the_words_of_the_file(by: User, gym: Emergency) -> None:
    put_on(gym, by, "Олена Коваленко", needs=("bed",))
    paper = signed_in(by).get(reverse("fast_list_paper", args=[gym.pk]))
    assert paper.content.startswith(b"%PDF")
    assert all(one.words["uk"] for section in content().values() for one in section.values())


def test_what_the_circle_of_a_sealed_person_writes_is_hidden_from_the_others_of_the_list(by: User) -> None:
    organization = organization_of(by)
    colleague = worker(Role.CASE_MANAGER, organization=organization)
    gym = emergency_of(organization, by=by, others=(colleague,))
    row = put_on(gym, by, "Elena", phone="0744 123 456")
    make_file(by=by, listed=row, regime="standard", reason="Fuge de soț")
    row.refresh_from_db()
    assert row.person is not None
    seal_person(by=again(by), person=row.person, reason="Este căutată")
    (before,) = rows_of(again(colleague), gym)
    leave_list(by=again(by), listed=row, left_to="relatives", left_on=TODAY())
    (after,) = rows_of(again(colleague), gym)
    assert after.is_here and (after.left_to, after.phone) == (before.left_to, before.phone)
    assert rows_of(again(by), gym)[0].left_to == "relatives"
    for wrong in ("0799 999 999", ""):
        with pytest.raises(DomainError):
            correct_listed(by=again(by), listed=row, said=Fast("Elena", phone=wrong))
    with pytest.raises(DomainError):
        leave_list(by=again(colleague), listed=row, left_to="home", left_on=TODAY())


def again(user: User) -> User:
    """The account as a request of its own finds it."""
    return User.objects.get(pk=user.pk)
