"""Cases go to somebody else for a leave, and come back."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import timezone

from punte.cases.actions import assign_case, close_case, pass_on_cases
from punte.cases.models import Case, CaseDeadline, Responsibility
from punte.kernel.errors import DomainError
from tests.cases.conftest import Town, again

pytestmark = pytest.mark.both

TODAY = dt.date(2026, 11, 20)


@pytest.fixture(autouse=True)
def it_is(monkeypatch: pytest.MonkeyPatch) -> Callable[[dt.date], None]:
    def turn(day: dt.date) -> None:
        monkeypatch.setattr(timezone, "localdate", lambda *_: day)

    turn(TODAY)
    return turn


def after(days: int) -> dt.date:
    return TODAY + dt.timedelta(days=days)


def who_answers(case: Case) -> list[tuple[str, dt.date, dt.date | None]]:
    rows = Responsibility.objects.filter(case=case).order_by("start", "id")
    return [(row.user.name, row.start, row.end) for row in rows]


def sees(town: Town, case: Case) -> list[bool]:
    users = (again(town.worker), again(town.colleague))
    return [Case.objects.visible_to(user).filter(pk=case.pk).exists() for user in users]


def test_a_leave_that_begins_today_ends_by_itself(town: Town, it_is: Callable[[dt.date], None]) -> None:
    case = town.case()
    assign_case(by=town.coordinator, case=case, responsible=town.colleague, until=after(4))
    assert who_answers(case)[1:] == [
        (town.colleague.name, TODAY, after(5)),
        (town.worker.name, after(5), None),
    ]
    case.refresh_from_db()
    assert case.responsible == town.colleague
    assert set(CaseDeadline.objects.filter(case=case).values_list("worker", flat=True)) == {town.colleague.pk}
    assert pass_on_cases() == 0
    it_is(after(5))
    assert pass_on_cases() == 1
    case.refresh_from_db()
    assert case.responsible == town.worker
    assert set(CaseDeadline.objects.filter(case=case).values_list("worker", flat=True)) == {town.worker.pk}


def test_a_leave_to_come_changes_nothing_before_its_day(town: Town, it_is: Callable[[dt.date], None]) -> None:
    case = town.case()
    Case.objects.filter(pk=case.pk).update(team=None)
    assign_case(by=town.coordinator, case=case, responsible=town.colleague, start=after(3), until=after(9))
    case.refresh_from_db()
    assert case.responsible == town.worker
    assert sees(town, case) == [True, False]
    assert pass_on_cases() == 0
    it_is(after(3))
    assert pass_on_cases() == 1
    case.refresh_from_db()
    assert case.responsible == town.colleague
    assert sees(town, case)[1]


def test_another_worker_in_between_takes_the_place_of_the_whole_cover(town: Town) -> None:
    case = town.case()
    assign_case(by=town.coordinator, case=case, responsible=town.colleague, until=after(4))
    case.refresh_from_db()
    assign_case(by=town.coordinator, case=case, responsible=town.other_team)
    assert who_answers(case)[-1] == (town.other_team.name, TODAY, None)
    assert not Responsibility.objects.filter(case=case, start__gt=TODAY).exists()


def test_a_case_that_is_closed_during_a_leave_goes_back_to_nobody(
    town: Town, it_is: Callable[[dt.date], None]
) -> None:
    case = town.case()
    assign_case(by=town.coordinator, case=case, responsible=town.colleague, until=after(4))
    case.refresh_from_db()
    close_case(by=town.colleague, case=case, outcome="objectives_met", reason="gata")
    assert not Responsibility.objects.filter(case=case, end=None).exists()
    it_is(after(5))
    assert pass_on_cases() == 0


def test_a_worker_who_left_meanwhile_does_not_get_it_back(
    town: Town, it_is: Callable[[dt.date], None]
) -> None:
    case = town.case()
    assign_case(by=town.coordinator, case=case, responsible=town.colleague, until=after(4))
    town.worker.appointments.update(end=after(2))
    it_is(after(5))
    assert pass_on_cases() == 0
    case.refresh_from_db()
    assert case.responsible == town.colleague


@pytest.mark.parametrize(
    ("start", "until", "field"), [(-1, None, "start"), (3, 2, "until"), (None, -1, "until")]
)
def test_days_that_cannot_be_are_refused(
    town: Town, start: int | None, until: int | None, field: str
) -> None:
    case = town.case()
    days = {
        "start": start if start is None else after(start),
        "until": until if until is None else after(until),
    }
    with pytest.raises(DomainError) as refused:
        assign_case(by=town.coordinator, case=case, responsible=town.colleague, **days)
    assert refused.value.field == field


def test_what_nobody_answers_for_cannot_go_back(town: Town) -> None:
    case = town.case()
    Case.objects.filter(pk=case.pk).update(responsible=None)
    with pytest.raises(DomainError, match="nu are la cine"):
        assign_case(by=town.coordinator, case=case, responsible=town.colleague, until=after(2))
