"""A case goes over to another institution: as a copy, with a summary; what was stays where it was."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from punte.accounts.enums import Role
from punte.cases.actions import (
    accept_transfer,
    close_case,
    decline_transfer,
    offer_transfer,
    seal_case,
    seal_person,
    withdraw_transfer,
)
from punte.cases.models import Case, Objective, Plan, PlannedService, Transfer
from punte.cases.transfers import summary_of, transfers_to_answer
from punte.documents.transfer_letter import letter_of
from punte.kernel.errors import DomainError, NotAllowed
from punte.people.actions import withdraw_consent
from punte.people.enums import KinshipKind
from punte.people.models import Household, Kinship
from tests.access.test_behind_a_seal import answered, by
from tests.cases.two_keepers import Keepers, again, in_days, two_keepers
from tests.factories import ConsentFactory, OrganizationFactory, worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def both() -> Keepers:
    made = two_keepers()
    plan = Plan.objects.create(case=made.case, version=1, status="adopted", by=made.keeper)
    for text, part, progress in (
        ("Acte pentru copil", "general", "under_way"),
        ("Loc sigur", "violence", "under_way"),
        ("Medic de familie", "health", "achieved"),
    ):
        aim = Objective.objects.create(plan=plan, text=text, compartment=part, progress=progress)
        PlannedService.objects.create(objective=aim, text=f"Pas: {text}")
    return made


@pytest.fixture
def receiver() -> Any:
    return worker(Role.COORDINATOR, organization=OrganizationFactory(name="DGASPC Alba"))


def of(user: Any) -> Any:
    return user.appointments.get().organization


def offered(both: Keepers, receiver: Any, **said: Any) -> Transfer:
    given = {"summary": summary_of(both.case, both.keeper), "ground": "public_task", **said}
    return offer_transfer(by=both.keeper, case=both.case, organization=of(receiver), **given)


def test_the_summary_says_what_is_open_and_nothing_of_violence(both: Keepers) -> None:
    said = summary_of(both.case, both.keeper)
    assert "Acte pentru copil" in said and str(both.case) in said
    assert "Loc sigur" not in said and "Medic de familie" not in said
    for lived in both.kept.memberships.all():
        assert str(lived.person) in said


def test_taken_over_it_is_a_copy_and_the_old_case_closes(both: Keepers, receiver: Any) -> None:
    mother, child = (one.person for one in both.kept.memberships.order_by("person__birth_date"))
    Kinship.objects.create(person=child, relative=mother, kind=KinshipKind.MOTHER)
    one = offered(both, receiver)
    assert transfers_to_answer(receiver) == [one]
    taken = accept_transfer(by=receiver, transfer=one)
    new = taken.new_case
    assert new is not None and new.keeper == of(receiver) and new.responsible == receiver
    both.case.refresh_from_db()
    assert not both.case.open and both.case.episodes.get().outcome == "transferred"
    people = {lived.person.given_name: lived.person for lived in new.household.memberships.current()}
    assert set(people) == {mother.given_name, child.given_name}
    assert people[mother.given_name].pk != mother.pk
    assert people[mother.given_name].cnp_index == mother.cnp_index
    assert Kinship.objects.filter(person=people[child.given_name], kind="mother").count() == 1
    aims = list(Objective.objects.filter(plan__case=new, plan__status="draft"))
    assert [aim.text for aim in aims] == ["Acte pentru copil"]
    assert [step.text for step in aims[0].steps.all()] == ["Pas: Acte pentru copil"]
    # Each keeps what it did, and reads nothing of the other's.
    keeper, taker = by(both.keeper), by(receiver)
    for client, sees, not_seen in ((keeper, both.case, new), (taker, new, both.case)):
        assert client.get(reverse("case", args=[sees.pk])).status_code == 200
        assert client.get(reverse("case", args=[not_seen.pk])).status_code == 404
        assert client.get(reverse("household", args=[not_seen.household_id])).status_code == 404
        assert client.get(reverse("transfer", args=[one.pk])).status_code == 200


def test_whom_the_other_knows_is_not_recorded_twice(both: Keepers) -> None:
    close_case(by=both.asker, case=both.own_case, outcome="objectives_met", reason="Gata")
    one = offer_transfer(
        by=both.keeper, case=both.case, organization=both.own.keeper, summary="Rezumat", ground="public_task"
    )
    taken = accept_transfer(by=again(both.asker), transfer=one)
    assert taken.new_case is not None and taken.new_case.household == both.own
    assert Household.objects.filter(keeper=both.own.keeper).count() == 1
    # The child is new there, the mother is the one with the CNP.
    assert both.own.memberships.count() == 3


def test_where_a_case_is_open_already_nothing_is_taken_over(both: Keepers) -> None:
    one = offer_transfer(
        by=both.keeper, case=both.case, organization=both.own.keeper, summary="Rezumat", ground="public_task"
    )
    before = (Household.objects.count(), Case.objects.count())
    with pytest.raises(DomainError):
        accept_transfer(by=both.asker, transfer=one)
    assert (Household.objects.count(), Case.objects.count()) == before
    assert Transfer.objects.get().is_offered


def test_a_commune_without_a_coordinator_answers_through_its_worker(both: Keepers) -> None:
    alone = worker(Role.SOCIAL_WORKER)
    one = offered(both, alone)
    assert transfers_to_answer(alone) == [one]
    worker(Role.COORDINATOR, organization=of(alone))
    assert transfers_to_answer(again(alone)) == []


def test_who_may_not_answer_does_not(both: Keepers, receiver: Any) -> None:
    one = offered(both, receiver)
    for other in (both.keeper, both.asker, worker(Role.SOCIAL_WORKER, organization=of(receiver))):
        for act in (
            lambda by: accept_transfer(by=by, transfer=one),
            lambda by: decline_transfer(by=by, transfer=one, reason="x"),
        ):
            with pytest.raises(NotAllowed):
                act(other)
        assert by(other).get(reverse("transfer_answer", args=[one.pk])).status_code == 404
    with pytest.raises(NotAllowed):
        offer_transfer(by=both.asker, case=both.case, organization=of(receiver), summary="x")


@pytest.mark.parametrize(
    ("said", "field"),
    [({"summary": " "}, "summary"), ({"summary": "x" * 9_000}, "summary"), ({"ground": ""}, "ground")],
)
def test_what_cannot_be_offered(both: Keepers, receiver: Any, said: Any, field: str) -> None:
    with pytest.raises(DomainError) as refused:
        offered(both, receiver, **said)
    assert refused.value.field == field


def test_it_rests_on_the_consent_of_the_household(both: Keepers, receiver: Any) -> None:
    agreed = ConsentFactory(
        person=None, household=both.kept, purpose="transfer", organization=of(receiver), by=both.keeper
    )
    one = offered(both, receiver, ground="")
    assert one.consent == agreed
    withdraw_consent(by=both.keeper, consent=agreed, on=in_days(0), who="Doamna")
    one.refresh_from_db()
    assert one.state == "ended"
    assert transfers_to_answer(receiver) == []


@pytest.mark.parametrize("ends", ["withdrawn", "declined", "closed", "case", "person"])
def test_it_ends(both: Keepers, receiver: Any, ends: str) -> None:
    one = offered(both, receiver)
    with pytest.raises(DomainError):
        offered(both, receiver)
    if ends == "withdrawn":
        withdraw_transfer(by=both.keeper, transfer=one, reason="Rămân aici")
    elif ends == "declined":
        decline_transfer(by=receiver, transfer=one, reason="Nu s-au mutat la noi")
    elif ends == "closed":
        close_case(by=both.keeper, case=both.case, outcome="objectives_met", reason="Gata")
    elif ends == "case":
        seal_case(by=both.keeper, case=both.case, reason="Pericol")
    else:
        seal_person(by=both.keeper, person=both.kept.memberships.first().person, reason="Este căutată")
    assert transfers_to_answer(again(receiver)) == []
    assert by(receiver).get(reverse("transfer", args=[one.pk])).status_code == 404
    with pytest.raises(NotAllowed):
        accept_transfer(by=again(receiver), transfer=one)
    one.refresh_from_db()
    assert not one.is_offered and one.new_case is None


def test_nothing_sealed_is_offered(both: Keepers, receiver: Any) -> None:
    seal_case(by=both.keeper, case=both.case, reason="Pericol")
    with pytest.raises(DomainError):
        offer_transfer(
            by=again(both.keeper),
            case=both.case,
            organization=of(receiver),
            summary="x",
            ground="public_task",
        )


@pytest.mark.both
def test_the_database_lets_one_offer_wait(both: Keepers, receiver: Any) -> None:
    one = offered(both, receiver)
    again_offered = Transfer(case=one.case, organization=one.organization, by=one.by, ground="public_task")
    with pytest.raises(IntegrityError), transaction.atomic():
        again_offered.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Transfer.objects.update(ground="")


def test_all_of_it_on_the_pages(both: Keepers, receiver: Any) -> None:
    keeper, taker = by(both.keeper), by(receiver)
    new = reverse("transfer_new", args=[both.case.pk])
    page = keeper.get(new).content.decode()
    assert "Acte pentru copil" in page and of(receiver).name in page
    said = {
        "organization": str(of(receiver).pk),
        "summary": "Rezumat citit familiei",
        "ground": "public_task",
    }
    assert keeper.post(new, {**said, "summary": ""}).status_code == 422
    assert keeper.post(new, said).status_code == 302
    one = Transfer.objects.get()
    answer = reverse("transfer_answer", args=[one.pk])
    assert answer in taker.get(reverse("my_day")).content.decode()
    assert "Rezumat citit familiei" in taker.get(answer).content.decode()
    assert taker.post(answer, {"decision": "leave", "answer": ""}).status_code == 422
    went = taker.post(answer, {"decision": "take", "answer": "O vizităm luni"})
    one.refresh_from_db()
    assert went.url == reverse("case", args=[one.new_case_id])
    assert "DGASPC Alba" in keeper.get(reverse("case", args=[both.case.pk])).content.decode()
    assert taker.get(went.url).status_code == 200


def test_the_letter_is_a_paper(both: Keepers, receiver: Any) -> None:
    one = offered(both, receiver)
    assert letter_of(one).startswith(b"%PDF")
    page = by(both.keeper).get(reverse("transfer_letter", args=[one.pk]))
    assert page["Content-Type"] == "application/pdf"


@pytest.mark.both
@pytest.mark.parametrize("seals", ["case", "person"])
def test_behind_a_seal_an_offer_is_as_if_there_were_none(both: Keepers, receiver: Any, seals: str) -> None:
    one = offered(both, receiver)
    if seals == "case":
        seal_case(by=both.keeper, case=both.case, reason="Pericol")
    else:
        seal_person(by=both.keeper, person=both.kept.memberships.first().person, reason="Este căutată")
    pages = [reverse("my_day"), *(reverse(name, args=[one.pk]) for name in ("transfer", "transfer_answer"))]
    colleague = worker(Role.SOCIAL_WORKER, organization=both.kept.keeper)
    looked = [answered(by(reader), page) for reader in (receiver, colleague) for page in pages]
    one.delete()
    assert [answered(by(reader), page) for reader in (receiver, colleague) for page in pages] == looked
