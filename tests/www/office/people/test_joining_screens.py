"""The screens on which somebody says whether two files are of one person."""

import datetime as dt

import pytest
from django.urls import reverse

from punte.accounts.models import TrailEntry
from punte.people.actions import join_people
from punte.people.enums import PairState
from punte.people.models import Household, LikelyPair, Membership, Person, PersonJoin
from tests.factories import HouseholdFactory, MembershipFactory, PersonFactory, invented_cnp, worker

pytestmark = pytest.mark.django_db
BORN = dt.date(1980, 3, 4)


@pytest.fixture
def user():
    return worker()


@pytest.fixture
def keeper(user):
    return user.appointments.get().organization


@pytest.fixture
def client(client, user):
    client.force_login(user)
    return client


@pytest.fixture
def files(keeper):
    """Two files of Elena; the first, the older, says less."""
    home = HouseholdFactory(keeper=keeper, name="Dinu")
    plain = PersonFactory(keeper=keeper, given_name="Elena", birth_date=BORN)
    full = PersonFactory(
        keeper=keeper, given_name="Elena Maria", birth_date=BORN, cnp=invented_cnp(BORN, sex="f")
    )
    MembershipFactory(person=full, household=home)
    LikelyPair.objects.create(
        keeper=keeper, first=plain, second=full, probability=0.99, sure=True,
        speaks_for=["same_birth_date", "similar_name"], speaks_against=["other_sex"],
    )  # fmt: skip
    return plain, full


def pair(*files):
    return reverse("likely_pair", args=[one.pk for one in files])


def test_a_pair_is_listed_with_what_speaks_for_and_against(client, files):
    shown = client.get(reverse("likely_pairs")).content.decode()
    assert pair(*files) in shown
    assert "aceeași dată a nașterii, nume asemănător" in shown
    assert "aproape sigur" in shown
    assert "alt sex" in shown


def test_a_pair_of_a_sealed_household_or_said_to_be_different_is_not_listed(client, files):
    Household.objects.update(sealed=True)
    assert pair(*files) not in client.get(reverse("likely_pairs")).content.decode()
    assert client.get(pair(*files)).status_code == 404
    Household.objects.update(sealed=False)
    LikelyPair.objects.update(state=PairState.REFUSED)
    assert pair(*files) not in client.get(reverse("likely_pairs")).content.decode()


def test_the_fuller_file_is_offered_as_the_one_to_keep_and_no_cnp_is_shown(client, files):
    answer = client.get(pair(*files))
    assert answer.context["form"].initial["keep"] == files[1].pk
    assert files[1].cnp not in answer.content.decode()
    assert TrailEntry.objects.filter(verb="likely_pair", person=files[0].pk, subject=files[1].pk).exists()


def test_the_files_to_choose_from_stand_in_the_order_of_the_columns(client, files):
    for one, other in (files, files[::-1]):
        shown = client.get(pair(one, other)).context["form"]["keep"]
        assert [str(choice.data["label"]) for choice in shown] == [f"Fișa 1: {one}", f"Fișa 2: {other}"]


def test_two_files_are_joined_and_taken_apart(client, files):
    plain, full = files
    answer = client.post(pair(*files), {"keep": str(full.pk), "why": "Același buletin."}, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("person", args=[full.pk])
    made = PersonJoin.objects.get()
    assert (made.kept_id, made.joined_id, made.why) == (full.pk, plain.pk, "Același buletin.")
    assert client.get(reverse("person", args=[plain.pk])).url == reverse("person", args=[full.pk])
    assert client.get(reverse("person_change", args=[plain.pk])).status_code == 200
    page = client.get(reverse("person", args=[full.pk])).content.decode()
    undo = reverse("join_undone", args=[full.pk, made.pk])
    assert undo in page
    assert "Același buletin." in page
    client.post(undo)
    assert Person.objects.filter(pk=plain.pk).exists()
    assert undo not in client.get(reverse("person", args=[full.pk])).content.decode()


def test_what_is_refused_is_said_on_the_page(client, files):
    elsewhere = HouseholdFactory(keeper=files[0].keeper, name="Ene")
    MembershipFactory(person=files[0], household=elsewhere)
    answer = client.post(pair(*files), {"keep": str(files[0].pk), "why": "Așa este."})
    assert answer.status_code == 422
    said = {"keep": str(files[0].pk), "why": "Așa este.", "household": str(elsewhere.pk)}
    assert client.post(pair(*files), said).status_code == 302
    living = Membership.objects.current().get(person=files[0])
    assert living.household == elsewhere


def test_they_are_different_people(client, files):
    client.post(reverse("pair_different", args=[one.pk for one in files]))
    assert LikelyPair.objects.get().state == PairState.REFUSED
    assert pair(*files) not in client.get(reverse("likely_pairs")).content.decode()
    assert pair(*files[::-1]) not in client.get(reverse("person", args=[files[1].pk])).content.decode()


def test_the_page_of_a_person_shows_who_else_may_be_the_same(client, files, keeper):
    LikelyPair.objects.all().delete()
    same = PersonFactory(keeper=keeper, given_name="Elena-Maria", birth_date=BORN)
    shown = client.get(reverse("person", args=[files[1].pk])).content.decode()
    assert pair(files[1], same) in shown
    Person.objects.filter(pk=same.pk).update(birth_date=dt.date(1960, 3, 4))
    assert pair(files[1], same) not in client.get(reverse("person", args=[files[1].pk])).content.decode()


def look_for(client, person, text):
    """Search as the form does, by POST; the address of the answer says nothing of the question."""
    address = reverse("other_file", args=[person.pk])
    answer = client.post(address, f"veil=&q={text}", "application/x-www-form-urlencoded", follow=True)
    assert text not in answer.redirect_chain[-1][0]
    return answer.content.decode()


def test_a_file_that_nothing_suggests_is_looked_for_by_its_name(client, files, keeper):
    married = PersonFactory(keeper=keeper, family_name="Oprea", given_name="Lenuța")
    assert reverse("other_file", args=[files[1].pk]) in client.get(reverse("person", args=[files[1].pk])).text
    shown = look_for(client, files[1], "oprea")
    assert pair(files[1], married) in shown
    assert pair(files[1], files[1]) not in look_for(client, files[1], "Dinu")
    assert "Nu s-a găsit altă fișă" in look_for(client, files[1], "Xenopol")


def test_no_file_of_another_institution_nor_of_a_sealed_household_is_found(client, files, keeper, user):
    elsewhere = PersonFactory(family_name="Oprea", given_name="Lenuța")
    hidden = PersonFactory(keeper=keeper, family_name="Oprea", given_name="Ioana")
    MembershipFactory(person=hidden, household=HouseholdFactory(keeper=keeper, sealed=True))
    shown = look_for(client, files[1], "oprea")
    assert str(elsewhere.pk) not in shown and str(hidden.pk) not in shown
    Household.objects.update(sealed=True)
    assert str(files[0].pk) not in look_for(client, files[1], "Dinu")


def test_who_saw_the_joined_file_is_told_on_the_page_of_the_kept_one(client, files, user, keeper):
    client.get(reverse("person", args=[files[0].pk]))
    join_people(by=user, keep=files[1], join=files[0], why="Același buletin.")
    client.force_login(worker("coordinator", organization=keeper))
    for key in (files[0].pk, files[1].pk):
        shown = client.get(reverse("person_trail", args=[key])).content.decode()
        assert "a unit două fișe ale aceleiași persoane" in shown


def test_the_list_needs_few_queries_however_long_it_is(
    client, files, snapshot, django_assert_max_num_queries
):
    client.get(reverse("likely_pairs"))
    with django_assert_max_num_queries(12):
        client.get(reverse("likely_pairs"))
