"""A sealed case is its team's alone; sight of the household follows the team."""

import pytest
from django.utils import timezone

from punte.accounts.enums import Role
from punte.accounts.models import TrailEntry, User
from punte.cases.actions import (
    add_team_member,
    assign_case,
    close_case,
    log_intervention,
    name_successor,
    open_case,
    refer,
    remove_team_member,
    reopen_case,
    seal_case,
    unseal_case,
)
from punte.cases.models import Case
from punte.cases.workload import caseload_of, terms_of
from punte.kernel.errors import DomainError, NotAllowed
from punte.people.compartments import compartments_of
from punte.people.models import Household
from tests.cases.conftest import Town, again
from tests.factories import OrganizationFactory, worker

pytestmark = pytest.mark.both


def sees(user: User, case: Case) -> bool:
    return Case.objects.visible_to(again(user)).filter(pk=case.pk).exists()


def sees_household(user: User, case: Case) -> bool:
    return Household.objects.visible_to(again(user)).filter(pk=case.household_id).exists()


def reads_violence(user: User, case: Case) -> bool:
    return "violence" in compartments_of(again(user), Household.objects.get(pk=case.household_id))


def test_a_sealed_case_is_seen_by_its_team_alone(town: Town) -> None:
    case = town.case()
    psychologist = worker(Role.PSYCHOLOGIST, organization=town.organization)
    add_team_member(by=town.worker, case=case, user=psychologist, part="sprijin psihologic")
    assert sees(town.colleague, case) and sees(town.coordinator, case)
    seal_case(by=town.worker, case=case, reason="violență în familie")
    case.refresh_from_db()
    assert case.sealed and case.household.sealed
    assert {
        user for user in (town.worker, psychologist) if sees(user, case) and reads_violence(user, case)
    } == {
        town.worker,
        psychologist,
    }
    for colleague in (town.colleague, town.coordinator, town.nurse):
        assert not sees(colleague, case)
        assert not reads_violence(colleague, case)
        with pytest.raises(NotAllowed):
            unseal_case(by=again(colleague), case=case, reason="x")
    assert TrailEntry.objects.get(verb="seal_case").sealed


def test_a_seal_is_set_by_the_responsible_worker_or_the_coordinator(town: Town) -> None:
    case = town.case()
    with pytest.raises(NotAllowed):
        seal_case(by=town.colleague, case=case, reason="x")
    with pytest.raises(DomainError):
        seal_case(by=town.worker, case=case, reason=" ")
    seal_case(by=town.coordinator, case=case, reason="x")
    assert not sees(town.coordinator, case)
    assert sees(town.worker, case)
    with pytest.raises(DomainError):
        seal_case(by=again(town.worker), case=case, reason="x")
    unseal_case(by=again(town.worker), case=case, reason="nu mai e pericol")
    case.refresh_from_db()
    assert not case.sealed and not case.household.sealed
    assert sees(town.coordinator, case)
    assert not town.household.sights.current().exists()
    assert TrailEntry.objects.get(verb="unseal_case").sealed


def test_a_member_of_another_organisation_sees_the_household_through_the_case(town: Town) -> None:
    case = town.case()
    counsellor = worker(Role.SCHOOL_COUNSELLOR)
    assert not sees_household(counsellor, case)
    add_team_member(by=town.worker, case=case, user=counsellor)
    assert sees_household(counsellor, case) and sees(counsellor, case)
    log_intervention(by=again(counsellor), case=case, mode="office", at=case.created_at, note="la școală")
    with pytest.raises(DomainError):
        log_intervention(
            by=again(counsellor), case=case, mode="office", at=case.created_at, compartment="health"
        )
    with pytest.raises(NotAllowed):
        close_case(by=again(counsellor), case=case, outcome="moved", reason="x")
    person_case = town.case(person=town.child)
    add_team_member(by=town.worker, case=person_case, user=counsellor)
    remove_team_member(by=town.worker, case=case, user=counsellor)
    assert sees_household(counsellor, case) and not case.members.filter(end=None).exists()
    remove_team_member(by=town.worker, case=person_case, user=counsellor)
    assert not sees_household(counsellor, case)
    assert not sees(counsellor, case)


def test_a_colleague_in_the_team_of_an_open_case_needs_no_extra_sight(town: Town) -> None:
    case = town.case()
    add_team_member(by=town.worker, case=case, user=town.nurse)
    assert not town.household.sights.exists()
    with pytest.raises(DomainError):
        add_team_member(by=town.worker, case=case, user=town.nurse)
    with pytest.raises(DomainError):
        add_team_member(by=town.worker, case=case, user=worker(Role.PLANNER))
    with pytest.raises(DomainError):
        remove_team_member(by=town.worker, case=case, user=town.colleague)


def test_nobody_gets_into_a_sealed_household_by_opening_a_case_of_it(town: Town) -> None:
    seal_case(by=town.worker, case=town.case(), reason="x")
    with pytest.raises(NotAllowed):
        open_case(
            by=again(town.colleague),
            household=town.household,
            person=town.child,
            regime="standard",
            reason="x",
        )
    inside = open_case(
        by=again(town.worker), household=town.household, person=town.child, regime="standard", reason="x"
    )
    assert inside.sealed and not sees(town.colleague, inside)


def test_a_sealed_case_that_closed_is_kept_by_its_last_worker(town: Town) -> None:
    case = town.case()
    add_team_member(by=town.worker, case=case, user=town.nurse)
    seal_case(by=town.worker, case=case, reason="x")
    close_case(by=again(town.worker), case=case, outcome="moved", reason="x")
    assert sees(town.worker, case) and reads_violence(town.worker, case)
    assert not sees(town.nurse, case) and not sees(town.coordinator, case)
    reopen_case(by=again(town.worker), case=case, regime="intensive", reason="x")
    assert sees(town.worker, case)


def test_sight_passes_with_a_sealed_case_to_its_new_worker(town: Town) -> None:
    case = town.case()
    add_team_member(by=town.worker, case=case, user=town.coordinator)
    seal_case(by=town.worker, case=case, reason="x")
    assign_case(by=again(town.coordinator), case=case, responsible=town.colleague)
    assert sees(town.colleague, case) and reads_violence(town.colleague, case)
    assert not sees(town.worker, case) and not reads_violence(town.worker, case)


def test_every_line_about_a_sealed_case_is_sealed(town: Town) -> None:
    case = town.case()
    seal_case(by=town.worker, case=case, reason="x")
    me = again(town.worker)
    log_intervention(by=me, case=case, mode="phone", at=case.created_at, note="confidențial")
    refer(
        by=me,
        case=case,
        person=town.child,
        need="adăpost",
        consent_on=case.created_at.date(),
        organization=town.organization,
    )
    lines = TrailEntry.objects.filter(verb__in=["log_intervention", "refer"])
    assert lines.count() == 2 and all(line.sealed for line in lines)


def test_who_no_longer_works_here_sees_nothing_that_is_still_in_their_name(town: Town) -> None:
    case = town.case()
    seal_case(by=town.worker, case=case, reason="violență în familie")
    town.worker.appointments.update(role=Role.PLANNER)
    assert not sees(town.worker, case) and not sees_household(town.worker, case)
    town.worker.appointments.update(role=Role.SOCIAL_WORKER, organization=OrganizationFactory(), team=None)
    assert not sees(town.worker, case)
    assert terms_of(again(town.worker), timezone.localdate()).total == 0
    assert caseload_of(again(town.worker)).total == 0


def test_a_sealed_case_whose_team_has_gone_is_given_to_a_worker_by_who_does_not_see_it(town: Town) -> None:
    case = town.case()
    seal_case(by=town.worker, case=case, reason="violență în familie")
    coordinator = again(town.coordinator)
    assert not Case.objects.without_team(coordinator).exists()
    with pytest.raises(NotAllowed):
        name_successor(by=coordinator, case=case, responsible=town.colleague, reason="x")
    town.worker.appointments.update(end=timezone.localdate())
    assert list(Case.objects.without_team(coordinator)) == [case]
    with pytest.raises(DomainError):
        name_successor(by=coordinator, case=case, responsible=coordinator, reason="x")
    with pytest.raises(NotAllowed):
        name_successor(by=again(town.nurse), case=case, responsible=town.colleague, reason="x")
    name_successor(by=coordinator, case=case, responsible=town.colleague, reason="a plecat din serviciu")
    assert sees(town.colleague, case) and reads_violence(town.colleague, case)
    assert not sees(town.coordinator, case)
    assert not Case.objects.without_team(again(town.coordinator)).exists()
    assert TrailEntry.objects.get(verb="name_successor").sealed


def test_a_sealed_case_with_a_member_at_work_is_not_left_alone(town: Town) -> None:
    case = town.case()
    add_team_member(by=town.worker, case=case, user=town.nurse)
    seal_case(by=town.worker, case=case, reason="x")
    town.worker.appointments.update(end=timezone.localdate())
    assert not Case.objects.without_team(again(town.coordinator)).exists()
