"""Cases that belong together: tied by a person, shown to who sees both, never across a seal or an order."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from punte.accounts.enums import Role
from punte.cases.actions import open_case, seal_case, seal_person, tie_cases, untie_cases
from punte.cases.models import Case, CaseTie
from punte.cases.ties import tied_to
from punte.kernel.errors import DomainError, NotAllowed
from punte.registers.actions import add_entry
from tests.access.test_behind_a_seal import by
from tests.cases.two_keepers import again, in_days
from tests.factories import HouseholdFactory, OrganizationFactory, TeamFactory, family, worker

pytestmark = pytest.mark.django_db
WHY = {"kind": "siblings", "reason": "Frații Dinu, plasați separat", "sure": True}


@pytest.fixture
def town() -> Any:
    team = TeamFactory(organization=OrganizationFactory())
    responsible = worker(Role.CASE_MANAGER, team=team)
    cases = []
    for name in ("Dinu", "Oprea"):
        home = HouseholdFactory(keeper=team.organization, name=name)
        family(40, 7, household=home)
        cases.append(open_case(by=responsible, household=home, regime="standard", reason="Vizită", team=team))
    return SimpleNamespace(organization=team.organization, worker=again(responsible), cases=cases)


def tied(town: Any, **said: Any) -> CaseTie:
    first, second = town.cases
    return tie_cases(by=town.worker, case=first, other=second, **{**WHY, **said})


def others(user: Any, case: Case) -> list[Case]:
    case = Case.objects.select_related("household").get(pk=case.pk)
    return [one.case for one in tied_to(again(user), case)]


def test_each_stands_on_the_page_of_the_other_until_they_are_untied(town: Any) -> None:
    first, second = town.cases
    tie = tied(town)
    assert (others(town.worker, first), others(town.worker, second)) == ([second], [first])
    page = by(town.worker).get(reverse("case", args=[first.pk])).content.decode()
    assert str(second) in page and WHY["reason"] in page
    with pytest.raises(DomainError):
        tied(town)
    untie_cases(by=town.worker, case=second, tie=tie, reason="Sunt din nou împreună")
    assert others(town.worker, first) == []
    with pytest.raises(DomainError):
        untie_cases(by=town.worker, case=second, tie=tie, reason="x")
    assert tied(town).pk != tie.pk


def test_who_does_not_see_the_other_does_not_learn_of_it(town: Any) -> None:
    first, second = town.cases
    tied(town)
    alone = worker(Role.CASE_MANAGER, organization=town.organization)
    Case.objects.filter(pk=first.pk).update(responsible=alone)
    first.responsibilities.update(user=alone)
    assert Case.objects.visible_to(again(alone)).get() == first
    assert others(alone, first) == []
    assert str(second) not in by(alone).get(reverse("case", args=[first.pk])).content.decode()
    with pytest.raises(NotAllowed):
        tie_cases(by=again(alone), case=first, other=second, **WHY)


@pytest.mark.parametrize("seals", ["case", "person"])
@pytest.mark.parametrize("before", [True, False])
def test_never_across_a_seal(town: Any, seals: str, before: bool) -> None:
    first, second = town.cases
    if not before:
        tied(town)
    if seals == "case":
        seal_case(by=town.worker, case=first, reason="Pericol")
    else:
        seal_person(by=town.worker, person=first.household.memberships.first().person, reason="Este căutată")
    town.worker = again(town.worker)
    if before:
        with pytest.raises(DomainError):
            tied(town)
    assert others(town.worker, first) == others(town.worker, second) == []


def test_never_across_an_order(town: Any) -> None:
    order = {"kind": "order", "until": in_days(60), "file_no": "4100/2026"}
    victim = town.cases[1].household.memberships.order_by("person__birth_date").first().person
    add_entry(
        by=town.worker,
        register="protection_order",
        subject=victim,
        start=in_days(-3),
        state="issued",
        given=order,
    )
    town.worker = again(town.worker)
    with pytest.raises(DomainError) as refused:
        tied(town)
    assert "ordin" not in str(refused.value.message).lower()
    assert not CaseTie.objects.exists()


def test_a_person_says_of_every_tie_that_it_is_safe(town: Any) -> None:
    with pytest.raises(DomainError) as asked:
        tied(town, sure=False)
    assert asked.value.field == "sure"
    assert not CaseTie.objects.exists()


def test_on_the_pages(town: Any) -> None:
    first, second = town.cases
    client, url = by(town.worker), reverse("tie_new", args=[first.pk])
    assert client.get(url).status_code == 200
    for wrong in ("2026/9999", "x", str(first)):
        assert client.post(url, {**WHY, "number": wrong}).status_code == 422
    assert client.post(url, {**WHY, "number": str(second)}).status_code == 302
    end = reverse("tie_end", args=[second.pk, CaseTie.objects.get().pk])
    assert client.post(end, {"reason": "Nu mai e cazul"}).status_code == 302
    assert client.get(end).status_code == 404


@pytest.mark.both
def test_the_database_holds_a_tie_once_and_in_order(town: Any) -> None:
    tie = tied(town)
    for first, second in ((tie.first, tie.second), (tie.second, tie.first), (tie.first, tie.first)):
        with pytest.raises(IntegrityError), transaction.atomic():
            CaseTie.objects.create(first=first, second=second, kind="siblings", by=town.worker)
