"""Opening, regime, responsibility, closing and reopening."""

import datetime as dt

import pytest
from django.utils import timezone

from punte.accounts.models import TrailEntry
from punte.cases.actions import assign_case, change_regime, close_case, open_case, reopen_case
from punte.cases.models import Case, SevereChild
from punte.kernel.errors import DomainError, NotAllowed
from tests.cases.conftest import Town, again
from tests.factories import TeamFactory, family, worker

TODAY = timezone.localdate


def test_a_case_is_opened_in_a_regime_with_its_worker_and_team(town: Town) -> None:
    assessment = town.assessed((town.child, "LEVEL_SEVERE"), (None, "VAI_01"))
    case = town.case(assessment=assessment, regime="intensive")
    assert str(case) == f"{TODAY().year}/0001"
    assert (case.open, case.regime, case.team, case.responsible) == (
        True,
        "intensive",
        town.team,
        town.worker,
    )
    assert (case.severity, case.severe_child) == (3, True)
    regime = case.regimes.get()
    assert (regime.assessment, regime.reason, regime.by) == (assessment, "o situație grea", town.worker)
    assert case.responsibilities.get().user == town.worker
    assert case.episodes.get().assessment == assessment
    line = TrailEntry.objects.get(verb="open_case")
    assert (line.household, line.subject, line.sealed) == (town.household.pk, case.pk, False)
    assert "grea" not in str(line.changes)


def test_cases_are_numbered_by_keeper_and_year(town: Town) -> None:
    last_year = dt.date(TODAY().year - 1, 12, 31)
    numbers = [
        str(
            town.case(
                household=family(40, keeper=town.organization)[0].memberships.get().household, opened_on=day
            )
        )
        for day in (TODAY(), TODAY(), last_year)
    ]
    assert numbers == [f"{TODAY().year}/0001", f"{TODAY().year}/0002", f"{TODAY().year - 1}/0001"]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"regime": "strict"}, "regime"),
        ({"reason": "  "}, "reason"),
        ({"opened_on": dt.date(2999, 1, 1)}, "opened_on"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(town: Town, fields: dict, field: str) -> None:
    with pytest.raises(DomainError) as refused:
        town.case(**fields)
    assert refused.value.field == field
    assert not Case.objects.exists()


def test_an_assessment_person_team_or_worker_of_others_is_refused(town: Town) -> None:
    stranger = family(30)[0]
    elsewhere = TeamFactory()
    for fields in (
        {"person": stranger},
        {"team": elsewhere},
        {"responsible": worker(team=elsewhere)},
        {"responsible": town.nurse},
    ):
        with pytest.raises(DomainError):
            town.case(**fields)
    theirs = Town.assessed(town)
    theirs.household = stranger.memberships.get().household
    with pytest.raises(DomainError):
        town.case(assessment=theirs)


def test_one_case_of_a_household_or_person_is_open_at_a_time(town: Town) -> None:
    first = town.case()
    with pytest.raises(DomainError, match=str(first)):
        town.case()
    town.case(person=town.child)
    with pytest.raises(DomainError):
        town.case(person=town.child)


def test_only_who_manages_cases_of_the_keeper_opens_one(town: Town) -> None:
    for stranger in (town.nurse, worker()):
        with pytest.raises(NotAllowed):
            open_case(by=stranger, household=town.household, regime="standard", reason="x")


def test_the_regime_changes_in_any_direction_and_remembers(town: Town) -> None:
    case = town.case()
    assessment = town.assessed()
    for regime in ("monitoring", "intensive", "standard", "intensive", "monitoring"):
        change_regime(
            by=town.worker, case=case, regime=regime, assessment=assessment, reason=f"spre {regime}"
        )
    periods = list(case.regimes.order_by("start", "id").values_list("regime", flat=True))
    assert periods == ["standard", "monitoring", "intensive", "standard", "intensive", "monitoring"]
    assert case.regimes.get(end=None).regime == "monitoring"
    assert [period.regime for period in case.regimes.current()] == ["monitoring"]
    case.refresh_from_db()
    assert case.regime == "monitoring"
    assert TrailEntry.objects.filter(verb="change_regime").count() == 5


def test_a_change_of_regime_needs_a_reason_and_an_assessment_of_this_family(town: Town) -> None:
    case, assessment = town.case(), town.assessed()
    theirs = town.assessed()
    theirs.household = family(20)[0].memberships.get().household
    for fields in (
        {"assessment": None},
        {"assessment": theirs},
        {"reason": ""},
        {"regime": "standard"},
    ):
        with pytest.raises(DomainError):
            change_regime(
                **{
                    "by": town.worker,
                    "case": case,
                    "regime": "intensive",
                    "assessment": assessment,
                    "reason": "da",
                    **fields,
                }
            )
    assert case.regimes.count() == 1


def test_a_case_passes_to_another_worker(town: Town) -> None:
    case = town.case()
    with pytest.raises(NotAllowed):
        assign_case(by=town.worker, case=case, responsible=town.colleague)
    assign_case(by=town.coordinator, case=case, responsible=town.colleague)
    assign_case(by=town.coordinator, case=case, responsible=town.worker)
    assign_case(by=town.coordinator, case=case, responsible=town.colleague)
    assert case.responsibilities.get(end=None).user == town.colleague
    assert case.responsibilities.count() == 4
    case.refresh_from_db()
    assert case.responsible == town.colleague
    assert set(case.deadlines.values_list("worker", flat=True)) == {town.colleague.pk}
    with pytest.raises(DomainError):
        assign_case(by=town.coordinator, case=case, responsible=town.colleague)
    with pytest.raises(DomainError):
        assign_case(by=town.coordinator, case=case, responsible=town.nurse)


def test_a_case_closes_with_its_outcome_and_opens_again_under_its_number(town: Town) -> None:
    assessment = town.assessed((town.child, "LEVEL_SEVERE"))
    case = town.case()
    assert SevereChild.objects.get().covered
    for fields in ({"outcome": "", "reason": "da"}, {"outcome": "moved", "reason": ""}):
        with pytest.raises(DomainError):
            close_case(by=town.worker, case=case, **fields)
    close_case(by=town.worker, case=case, outcome="objectives_met", reason="familia se descurcă")
    case.refresh_from_db()
    assert not case.open
    assert not SevereChild.objects.get().covered
    episode = case.episodes.get()
    assert (episode.outcome, episode.closed_by, episode.closing_reason) == (
        "objectives_met",
        town.worker,
        "familia se descurcă",
    )
    assert not case.regimes.filter(end=None).exists()
    assert not case.responsibilities.filter(end=None).exists()
    assert [row.rule for row in case.deadlines.not_met()] == ["after_closing"]
    with pytest.raises(DomainError, match="closed|închis"):
        change_regime(by=town.worker, case=case, regime="intensive", assessment=assessment, reason="x")
    reopened = reopen_case(by=town.worker, case=case, regime="intensive", reason="din nou greu")
    assert (str(reopened), reopened.open, reopened.regime) == (str(case), True, "intensive")
    assert case.episodes.count() == 2
    assert case.regimes.get(end=None).regime == "intensive"
    assert SevereChild.objects.get().covered
    assert "after_closing" not in {row.rule for row in case.deadlines.not_met()}
    with pytest.raises(DomainError):
        reopen_case(by=town.worker, case=case, regime="intensive", reason="x")


def test_a_case_is_not_reopened_beside_another(town: Town) -> None:
    case = town.case()
    close_case(by=town.worker, case=case, outcome="moved", reason="x")
    town.case()
    with pytest.raises(DomainError):
        reopen_case(by=town.worker, case=case, regime="standard", reason="x")


def test_a_colleague_of_another_team_does_not_touch_the_case(town: Town) -> None:
    case = town.case()
    with pytest.raises(NotAllowed):
        close_case(by=town.other_team, case=case, outcome="moved", reason="x")
    close_case(by=again(town.colleague), case=case, outcome="moved", reason="x")
