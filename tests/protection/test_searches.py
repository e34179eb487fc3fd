"""A family is looked for without names, chosen by a person with a reason, and its place kept as long as the measure."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from punte.accounts.enums import Role
from punte.cases.actions import seal_person
from punte.kernel.errors import DomainError, EditedMeanwhile, NotAllowed
from punte.people.models import Person
from punte.people.sight import forget_households_in_sight
from punte.protection.actions import begin_search, choose_family, give_up_search, widen_search
from punte.protection.enums import SearchState
from punte.protection.models import FamilySearch
from punte.protection.roster import code_of, fits_of
from punte.registers.actions import add_entry, withdraw_entry
from punte.registers.models import Entry
from tests.factories import worker as worker_as
from tests.protection.house import Town, measures_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    return Town()


def search_in(town: Town, *ages: int) -> FamilySearch:
    case, people = town.home(35, *ages)
    return begin_search(by=town.worker, case=case, children=people[1:])


def choose(town: Town, search: FamilySearch, at: int = 0, **more: Any) -> FamilySearch:
    fits = fits_of(town.worker, search)
    code = code_of(search, fits[at].family.key)
    return choose_family(by=town.worker, search=search, code=code, start=timezone.localdate(), **more)


def free(town: Town) -> list[int]:
    """How many places are free in each family that fits any one child."""
    found = search_in(town, 6)
    return [one.family.free for one in fits_of(town.worker, found)]


def test_a_place_is_kept_from_the_choice_on_and_comes_free_when_the_measure_does_not(town: Town) -> None:
    town.carer(places=2)
    search = choose(town, search_in(town, 5, 8))
    measures = measures_of(search)
    with pytest.raises(DomainError):
        begin_search(by=town.worker, case=search.case, children=list(search.children.all()))
    assert [one.state for one in measures] == ["proposed"] * 2 and free(town) == []
    town.move(measures[0], "refuse")
    assert free(town) == [1]
    said = {"decided_by": "court", "decision": "12/2026", "decided_on": timezone.localdate()}
    town.move(measures[1], "decide", **said, child_heard="agrees")
    assert free(town) == [1]
    withdraw_entry(
        by=town.worker,
        entry=(now := Entry.objects.get(pk=measures[1].pk)),
        why="Greșeală",
        revision=now.revision,
    )
    assert free(town) == [2]


def test_another_than_the_first_of_the_list_is_chosen_with_a_reason(town: Town) -> None:
    town.carer(places=2, age_from=0, age_to=10)
    town.carer(places=2, age_from=0, age_to=None)
    search = search_in(town, 5)
    with pytest.raises(DomainError) as refused:
        choose(town, search, at=1)
    assert refused.value.field == "reason"
    done = choose(town, search, at=1, reason="O cunoaște de la școală.")
    assert (done.rank, done.state) == (2, SearchState.DECIDED)
    with pytest.raises(EditedMeanwhile):
        give_up_search(by=town.worker, search=search, why="Nu mai este nevoie")


def test_a_wider_search_and_giving_up_need_a_reason(town: Town) -> None:
    town.carer(age_from=7)
    search = search_in(town, 6)
    assert fits_of(town.worker, search) == []
    with pytest.raises(DomainError):
        widen_search(by=town.worker, search=search, why=" ")
    wider = widen_search(by=town.worker, search=search, why="Nu s-a găsit nimeni la vârsta lui.")
    assert len(fits_of(town.worker, wider)) == 1
    with pytest.raises(DomainError) as refused:
        choose(town, wider)
    assert refused.value.field == "reason"


def test_relatives_housemates_and_those_of_another_institution_are_on_no_list(town: Town) -> None:
    Town().carer()
    case, people = town.home(50, 6)
    given = {"places": 1, "siblings": True}
    add_entry(
        by=town.worker,
        register="foster_attestation",
        subject=people[0],
        start=timezone.localdate(),
        given=given,
    )
    search = begin_search(by=town.worker, case=case, children=people[1:])
    assert fits_of(town.worker, search) == []


def test_no_name_is_on_the_page_before_somebody_decides(town: Town, client: Client) -> None:
    carer = town.carer()
    name = str(carer.person)
    search = search_in(town, 6)
    client.force_login(town.worker)
    page = client.get(reverse("family_search", args=[search.pk])).content.decode()
    code = code_of(search, carer.pk)
    assert code in page and name not in page and str(carer.pk) not in page
    form = reverse("family_choose", args=[search.pk, code])
    assert name not in client.get(form).content.decode()
    sent = client.post(form, {"start": timezone.localdate().isoformat(), "reason": ""})
    assert sent.status_code == 302
    assert name in client.get(reverse("family_search", args=[search.pk])).content.decode()


def test_who_does_not_see_the_case_knows_of_no_search(town: Town) -> None:
    town.carer()
    search = search_in(town, 6)
    stranger = worker_as(Role.CASE_MANAGER)
    assert not FamilySearch.objects.visible_to(stranger).exists()
    with pytest.raises(NotAllowed):
        give_up_search(by=stranger, search=search, why="Curiozitate")


def test_behind_a_seal_nobody_outside_learns_which_family_was_chosen(town: Town) -> None:
    town.carer()
    search = search_in(town, 6)
    child: Person = search.children.get()
    outside = worker_as(Role.COORDINATOR, organization=town.house)
    assert FamilySearch.objects.visible_to(outside).exists()
    seal_person(by=town.worker, person=child, reason="Tatăl nu trebuie să afle")
    forget_households_in_sight(outside)
    assert FamilySearch.objects.visible_to(outside).exists()
    choose(town, search)
    assert not FamilySearch.objects.visible_to(outside).exists()
    assert FamilySearch.objects.visible_to(town.worker).exists()


def test_a_carer_behind_a_seal_is_on_the_list_of_nobody_outside(town: Town) -> None:
    carer = town.carer()
    other = worker_as(Role.CASE_MANAGER, organization=town.house)
    seal_person(by=town.worker, person=carer.person, reason="Nu trebuie aflată")
    search = search_in(town, 6)
    assert len(fits_of(town.worker, search)) == 1 and fits_of(other, search) == []
