"""The pictures of first pages: whose they are, that they count what their reader sees, and where they lead."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from punte.accounts.enums import Role
from punte.accounts.models import User
from punte.accounts.pictures import Drawn, Picture
from punte.assessments.listed import list_anew
from punte.cases.actions import follow_assessment, seal_case
from punte.cases.enums import VisitStatus
from punte.cases.models import Case, CaseDeadline, PlannedService, SeverityPeriod, Visit
from punte.directory.models import OccupancySnapshot
from punte.kernel.office_rules import OfficeRulesError, section
from punte.notifications.enums import NotificationState
from punte.petitions.models import Petition
from punte.www.frame import pictures as host
from punte.www.frame.pictures import by_week, first_monday, pictures_of
from punte.www.office.cases.views.pictures import findings, load, severity, terms, visits
from punte.www.office.day.views.pictures import _shown
from punte.www.office.notifications.views.pictures import _stands as stands
from punte.www.office.petitions.views.pictures import due
from punte.www.office.returns.views.pictures import _stands as sheet_stands
from punte.www.partner.views.pictures import places
from tests.cases.conftest import DayCentre, Town, again
from tests.factories import HouseholdFactory, worker
from tests.www.office.cases.conftest import SignIn, text_of
from tests.www.office.day.test_lines import step_for

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate
BY_A_PAGE = {"HX-Request": "true"}
DRAWN_FOR_NOBODY = {Role.STUDENT, Role.TRAINEE}


def of(drawn: Drawn | None) -> Mapping[str, list[int]]:
    """By what is counted its numbers."""
    assert drawn is not None
    return {one.label: list(one.values) for one in drawn.series}


def visited(
    case: Case, who: User, day: dt.date, status: VisitStatus = VisitStatus.HELD, **more: Any
) -> Visit:
    settled = {} if status == VisitStatus.PLANNED else {"settled_at": timezone.now(), "settled_by": who}
    return Visit.objects.create(
        case=case,
        household=case.household,
        keeper=case.keeper,
        who=who,
        by=who,
        day=day,
        status=status,
        **settled,
        **more,
    )


def all_of_it(town: Town, case: Case) -> None:
    """What the pictures of workers and coordinators count of a case."""
    last_week = TODAY() - dt.timedelta(days=7)
    for who in (town.worker, town.colleague, town.nurse):
        visited(case, who, last_week)
        PlannedService.objects.filter(pk=step_for(who, case).pk).update(due_on=last_week)
    CaseDeadline.objects.filter(case=case).update(due_on=last_week)
    SeverityPeriod.objects.create(case=case, start=last_week, severity=3)
    list_anew({case.household_id})


def test_each_role_has_two_or_three_pictures_and_may_look_at_all_of_them(db: None) -> None:
    by_role = section("pictures")["by_role"]
    assert set(Role) - {Role(one) for one in by_role} == DRAWN_FOR_NOBODY
    for role in Role:
        names = by_role.get(role, [])
        assert [one.name for one in pictures_of(worker(role))] == names
        assert len(names) in (1, 2, 3) or role in DRAWN_FOR_NOBODY


def test_a_picture_that_is_none_is_refused_by_its_name(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(host, "section", lambda _name: {"by_role": {"planner": ["weather"]}})
    with pytest.raises(OfficeRulesError, match="weather"):
        pictures_of(worker(Role.PLANNER))


@pytest.mark.parametrize("who", ["colleague", "nurse", "coordinator"])
def test_a_sealed_case_changes_no_picture_of_who_is_outside(town: Town, sign_in: SignIn, who: str) -> None:
    """What hangs on it is added and taken away behind the seal; the load alone contains it, as on the team's page."""
    case = town.case(team=town.team)
    seal_case(by=town.worker, case=case, reason="Pericol")
    town.assessed((town.child, "VSG_01"))
    other = town.case(household=HouseholdFactory(keeper=town.organization), by=town.colleague, team=town.team)
    visited(other, again(getattr(town, who)), TODAY())
    browser = sign_in(getattr(town, who))
    before = browser.get(reverse("first_pictures"), headers=BY_A_PAGE).content
    assert b"<figure" in before
    all_of_it(town, case)
    assert browser.get(reverse("first_pictures"), headers=BY_A_PAGE).content == before
    assert visits(again(town.worker), TODAY()).totals[-2] == 1


def test_a_week_of_visits_leads_to_exactly_those(town: Town, sign_in: SignIn) -> None:
    case, monday = town.case(), first_monday(TODAY())
    visited(case, town.worker, monday)
    visited(case, town.worker, monday + dt.timedelta(days=6), VisitStatus.NOT_HELD)
    visited(case, town.worker, monday - dt.timedelta(days=1))
    visited(case, town.worker, TODAY(), VisitStatus.PLANNED)
    visited(case, town.colleague, TODAY())
    drawn = visits(again(town.worker), TODAY())
    assert [drawn.totals[0], drawn.totals[-1], sum(drawn.totals)] == [2, 1, 3]
    days = sign_in(town.worker).get(drawn.places[0].url).context["days"]
    assert sum(len(day.visits) for day in days) == 2


def test_terms_are_in_time_late_or_not_met(town: Town) -> None:
    case, day = town.case(), TODAY() - dt.timedelta(days=1)
    CaseDeadline.objects.filter(case=case).delete()
    for number, met in enumerate((day, day + dt.timedelta(days=1), None)):
        CaseDeadline.objects.create(
            case=case,
            keeper=case.keeper,
            worker=town.worker,
            rule=f"r{number}",
            since=timezone.now(),
            due_on=day,
            met_on=met,
        )
    CaseDeadline.objects.create(
        case=case, keeper=case.keeper, worker=town.worker, rule="today", since=timezone.now(), due_on=TODAY()
    )
    told = of(terms(again(town.worker), TODAY()))
    assert [sum(values) for values in told.values()] == [1, 1, 1]


def test_findings_are_of_the_profession_and_lead_to_exactly_those_cases(town: Town, sign_in: SignIn) -> None:
    town.case(team=town.team)
    assessment = town.assessed((town.child, "VSG_01"), (town.mother, "VSG_01"), (town.child, "VEC_01"))
    follow_assessment(by=town.worker, assessment=assessment)
    list_anew({town.household.pk})
    drawn = findings(again(town.nurse), TODAY())
    assert drawn is not None and drawn.totals == [1]
    assert "VSG_01" in drawn.places[0].url
    assert sign_in(town.nurse).get(drawn.places[0].url).context["total"] == 1


def test_the_load_goes_over_the_norm_in_red(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    town.case(regime="intensive")
    rules = {**section("caseload"), "norm": 2}
    monkeypatch.setattr("punte.cases.policy.section", lambda _name: rules)
    drawn = load(again(town.coordinator), TODAY())
    assert list(of(drawn).values()) == [[2], [1]]
    assert drawn is not None and _shown(Picture("load", "", bool, load), drawn).norm == pytest.approx(66.7)


def test_severity_is_of_what_was_open_and_leaves_out_what_is_sealed(town: Town) -> None:
    for sealed in (False, True):
        case = town.case() if sealed else town.case(household=HouseholdFactory(keeper=town.organization))
        SeverityPeriod.objects.filter(case=case).delete()
        SeverityPeriod.objects.create(case=case, start=TODAY(), severity=2)
        Case.objects.filter(pk=case.pk).update(sealed=sealed)
    told = of(severity(again(town.coordinator), TODAY()))
    assert [values[-1] for values in told.values()] == [0, 1, 0]
    assert not any(sum(values[:-1]) for values in told.values())


def test_what_waits_is_told_by_its_term(town: Town, sign_in: SignIn) -> None:
    for number, days in enumerate((-1, 3, 9, None), start=1):
        Petition.objects.create(
            organization=town.organization, year=2026, number=number, kind="request", text="Un ajutor", anonymous=True,
            due_on=None if days is None else TODAY() + dt.timedelta(days=days),
        )  # fmt: skip
    drawn = due(again(town.worker), TODAY())
    assert drawn.totals == [1, 1, 1, 1]
    assert sign_in(town.worker).get(drawn.places[0].url).context["total"] == 1
    assert sign_in(town.worker).get(drawn.places[1].url).context["total"] == 4


def test_places_are_those_of_the_last_count_before_the_end_of_each_week(day_centre: DayCentre) -> None:
    OccupancySnapshot.objects.create(
        service=day_centre.service, at=timezone.now() - dt.timedelta(days=30), taken=9, source="said"
    )
    drawn = places(again(day_centre.partner), TODAY())
    assert drawn is not None and (drawn.heads[-1], drawn.heads[-3], drawn.heads[0]) == (6, 9, 0)
    assert [one.values[-1] for one in drawn.series] == [6, 4]


def test_a_sheet_and_a_notification_are_in_time_late_or_still_waited_for() -> None:
    term, now = dt.date(2026, 10, 15), timezone.now()
    hour = dt.timedelta(hours=1)
    assert [sheet_stands(sent, term, term) for sent in (term, None)] == ["in_time", "waits"]
    after = term + dt.timedelta(days=1)
    assert [sheet_stands(sent, term, after) for sent in (after, None)] == ["late", "missing"]
    state = NotificationState.RECEIVED
    told = [stands(state, now + shift, checked, now) for shift in (-hour, hour) for checked in (now, None)]
    assert told == ["late", "overdue", "in_time", "waiting"]
    assert stands(NotificationState.CLOSED, now - hour, None, now) == "in_time"


def test_pictures_come_once_the_page_stands_and_on_the_first_page_alone(town: Town, sign_in: SignIn) -> None:
    visited(town.case(), town.worker, TODAY())
    asked = f'hx-get="{reverse("first_pictures")}"'
    browser = sign_in(town.worker)
    assert asked in text_of(browser.get(reverse("my_day")))
    part = browser.get(reverse("first_pictures"), headers=BY_A_PAGE)
    whole = browser.get(reverse("first_pictures"))
    assert "<html" not in text_of(part) and "<html" in text_of(whole)
    assert "HX-Request" in part.headers["Vary"]
    assert text_of(part).count("<figure") == 1, "what is empty is left out"
    leads = sign_in(town.coordinator)
    assert asked in text_of(leads.get(reverse("team_day"))) and asked not in text_of(
        leads.get(reverse("my_day"))
    )
    student = sign_in(worker(Role.STUDENT, organization=town.organization))
    assert asked not in text_of(student.get(reverse("my_day")))


def test_columns_stand_on_the_floor_and_reach_as_high_as_the_highest() -> None:
    today = dt.date(2026, 11, 25)
    drawn = by_week(
        today,
        [(today, "a"), (today, "b"), (dt.date(2026, 10, 5), "a"), (dt.date(2026, 10, 4), "a"), (today, "c")],
        [("a", "A", "done"), ("b", "B", "late")],
    )
    assert [place.short for place in drawn.places][::7] == ["05.10", "23.11"]
    shown = _shown(Picture("a", "", bool, lambda *_: drawn, "weeks"), drawn)
    first, last = shown.rows[0], shown.rows[-1]
    assert [(part.start, part.size) for part in last.parts] == [(60, 44), (16, 44)]
    assert (first.top, last.top, last.head) == (60, 16, 2)
