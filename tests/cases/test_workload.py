"""The first page of a worker and of a coordinator."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from punte.accounts.models import User
from punte.cases.actions import (
    accept_referral,
    acknowledge_answer,
    assign_case,
    close_case,
    follow_assessment,
    log_intervention,
    refer,
    seal_case,
)
from punte.cases.models import Case, CaseDeadline, SevereChild
from punte.cases.refresh_all import refresh_everything
from punte.cases.workload import caseload_of, new_answers, team_day, terms_of
from tests.cases.conftest import DayCentre, Town, again, assessed
from tests.factories import family

pytestmark = pytest.mark.both

TODAY = timezone.localdate


def other_case(town: Town, *, by: User | None = None, **fields: Any) -> Case:
    """A case of another family of the town."""
    household = family(30, 5, keeper=town.organization, name="Albu")[0].memberships.get().household
    return town.case(**{"by": by or town.worker, "household": household, **fields})


def test_a_worker_finds_what_is_overdue_first_and_what_comes_within_a_week(town: Town) -> None:
    case = town.case(regime="intensive", opened_on=TODAY() - dt.timedelta(days=10))
    day = terms_of(town.worker, TODAY())
    assert [item.deadline.rule for item in day.overdue] == ["initial_assessment", "contact_intensive"]
    assert day.overdue[1].days_late(TODAY()) == 3
    assert "7" in day.overdue[1].text
    assert (day.overdue_total, day.due_total, day.due) == (2, 0, [])
    log_intervention(by=town.nurse, case=case, mode="home_visit", at=timezone.now())
    after = terms_of(town.worker, TODAY())
    assert [item.deadline.rule for item in after.due] == ["contact_intensive"]
    assert after.due[0].case.household == town.household
    assert terms_of(town.colleague, TODAY()).overdue == []


def test_the_caseload_is_counted_by_regime_and_severity(town: Town) -> None:
    town.assessed((town.child, "LEVEL_SEVERE"))
    town.case(regime="intensive")
    other_case(town)
    close_case(by=town.worker, case=other_case(town), outcome="moved", reason="x")
    load = caseload_of(town.worker)
    assert load.by_regime == {"intensive": 1, "standard": 1, "monitoring": 0}
    assert (load.by_severity, load.total) == ({3: 1, 0: 1}, 2)


def test_an_answer_is_shown_until_it_is_read(town: Town, day_centre: DayCentre) -> None:
    case = town.case()
    referral = refer(
        by=town.nurse,
        case=case,
        person=town.child,
        need="un loc",
        consent_on=TODAY(),
        service=day_centre.service,
    )
    assert new_answers(town.worker) == []
    accept_referral(by=day_centre.partner, referral=referral)
    assert new_answers(town.worker) == [referral]
    assert new_answers(town.nurse) == [referral]
    seal_case(by=town.worker, case=case, reason="x")
    assert new_answers(again(town.nurse)) == []
    acknowledge_answer(by=again(town.worker), referral=referral)
    assert new_answers(town.worker) == []


def test_a_coordinator_sees_the_load_of_each_worker(town: Town) -> None:
    town.case(regime="intensive", opened_on=TODAY() - dt.timedelta(days=10))
    other_case(town)
    other_case(town, by=town.other_team, regime="monitoring")
    day = team_day(town.coordinator, TODAY())
    first = next(load for load in day.teams if load.team == town.team)
    assert first.caseload.by_regime == {"intensive": 1, "standard": 1, "monitoring": 0}
    [mine] = first.workers
    assert (mine.worker, mine.caseload.total, mine.overdue) == (town.worker, 2, 2)
    assert {load.caseload.total for load in day.teams} == {2, 1}
    assert day.overdue_total == 2
    assert team_day(town.worker, TODAY()).teams == []


def test_cases_without_a_worker_are_listed_but_never_a_sealed_one(town: Town) -> None:
    kept, sealed = other_case(town, by=town.colleague), other_case(town, by=town.colleague)
    seal_case(by=town.colleague, case=sealed, reason="x")
    assert team_day(town.coordinator, TODAY()).without_worker_total == 0
    town.colleague.is_active = False
    town.colleague.save()
    day = team_day(town.coordinator, TODAY())
    assert (day.without_worker, day.without_worker_total) == ([kept], 2)
    assign_case(by=town.coordinator, case=kept, responsible=town.worker)
    assert team_day(town.coordinator, TODAY()).without_worker == []


def test_severe_children_without_a_case_are_listed_until_one_is_opened(town: Town) -> None:
    follow_assessment(by=town.worker, assessment=town.assessed((town.child, "LEVEL_SEVERE")))
    day = team_day(town.coordinator, TODAY())
    assert (day.severe_children, day.severe_children_total) == ([town.household], 1)
    case = town.case()
    assert team_day(town.coordinator, TODAY()).severe_children == []
    close_case(by=town.worker, case=case, outcome="declined", reason="x")
    assert team_day(town.coordinator, TODAY()).severe_children == [town.household]
    follow_assessment(by=town.worker, assessment=town.assessed((town.mother, "VAI_02")))
    assert team_day(town.coordinator, TODAY()).severe_children == []


def test_the_pages_take_a_number_of_queries_that_does_not_grow(
    town: Town, day_centre: DayCentre, pinned: Any
) -> None:
    for _ in range(4):
        case = other_case(town, regime="intensive", opened_on=TODAY() - dt.timedelta(days=10))
        person = case.household.memberships.first().person
        referral = refer(
            by=town.worker,
            case=case,
            person=person,
            need="x",
            consent_on=TODAY(),
            service=day_centre.service,
        )
        accept_referral(by=day_centre.partner, referral=referral)
    assert len(pinned(new_answers, town.worker)) == 4
    pinned(terms_of, town.worker, TODAY())
    pinned(caseload_of, again(town.worker))
    coordinator = again(town.coordinator)
    pinned(team_day, coordinator, TODAY())


def test_rows_brought_in_without_the_verbs_are_settled_as_the_verbs_do(town: Town) -> None:
    follow_assessment(by=town.worker, assessment=town.assessed((town.child, "LEVEL_SEVERE")))
    town.case(regime="intensive")
    closed = other_case(town)
    close_case(by=town.worker, case=closed, outcome="moved", reason="x")
    assessment = assessed(closed.household, town.worker, [(None, "VAI_01")])
    follow_assessment(by=town.worker, assessment=assessment)

    def kept() -> tuple[list[Any], ...]:
        return (
            list(Case.objects.order_by("pk").values()),
            list(
                CaseDeadline.objects.order_by("case", "rule", "since").values(
                    "case", "rule", "due_on", "worker"
                )
            ),
            list(SevereChild.objects.values()),
        )

    before = kept()
    Case.objects.update(responsible=None, severity=0, severe_child=False)
    CaseDeadline.objects.all().delete()
    SevereChild.objects.all().delete()
    refresh_everything()
    after = kept()
    assert after[1:] == before[1:]
    differences = [
        (name, old[name], new[name])
        for old, new in zip(before[0], after[0], strict=True)
        for name in old
        if old[name] != new[name] and old["open"]
    ]
    assert differences == []


@pytest.mark.django_db
def test_an_account_without_cases_has_an_empty_day(town: Town) -> None:
    terms = terms_of(town.colleague, TODAY())
    assert (terms.overdue, terms.due, terms.later, terms.total) == ([], [], [], 0)
    assert (new_answers(town.colleague), caseload_of(town.colleague).total) == ([], 0)
