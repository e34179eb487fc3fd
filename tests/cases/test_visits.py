"""Visits: planned, moved, held, not held; by whom they are read, and what a calendar learns of them."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from icalendar import Calendar

from punte.accounts.enums import Compartment, Role
from punte.accounts.models import TrailEntry
from punte.cases.actions import (
    add_team_member,
    assign_case,
    close_case,
    follow_assessment,
    hold_visit,
    log_intervention,
    miss_visit,
    move_visit,
    plan_visit,
    reopen_case,
    seal_case,
    seal_person,
)
from punte.cases.calendar_file import calendar_of
from punte.cases.enums import VisitStatus
from punte.cases.models import CalendarFeed, Visit
from punte.cases.visits import (
    hidden_addresses,
    planned_of,
    planned_with,
    visits_of,
    visits_of_keepers,
    who_may_go,
)
from punte.kernel.errors import DomainError, NotAllowed
from tests.cases.conftest import Town, again, make_town
from tests.factories import HouseholdFactory, family, worker

TODAY = timezone.localdate


def day(number: int) -> dt.date:
    return TODAY() + dt.timedelta(days=number)


def planned(town: Town, **fields: Any) -> Visit:
    about = {"by": town.worker, "day": day(1), "hour": dt.time(11), "purpose": "Acte pentru școală", **fields}
    return plan_visit(**about)


def events(user: Any) -> list[Any]:
    return Calendar.from_ical(calendar_of(again(user))).walk("VEVENT")


def test_a_visit_is_planned_in_a_case_and_the_trail_says_so(town: Town) -> None:
    case = town.case()
    visit = planned(town, case=case, minutes=45)
    assert (visit.household, visit.keeper, visit.who) == (town.household, town.organization, town.worker)
    line = TrailEntry.objects.get(verb="plan_visit")
    assert (line.subject, line.household) == (visit.pk, town.household.pk)
    assert planned_of(town.worker, day(7)) == [visit] and planned_of(town.worker, day(0)) == []


def test_a_visit_is_planned_before_there_is_a_case(town: Town) -> None:
    visit = planned(town, household=town.household)
    assert visit.case is None
    assert planned_with(town.colleague, town.household) == [visit]
    assert planned_with(town.colleague, town.household, town.case()) == [visit]
    with pytest.raises(NotAllowed):
        planned(town, by=make_town().worker, household=town.household)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"day": -1}, "day"),
        ({"day": 400}, "day"),
        ({"minutes": 0}, "minutes"),
        ({"compartment": "unknown"}, "compartment"),
    ],
)
def test_what_cannot_be_planned_is_refused(town: Town, fields: dict[str, Any], field: str) -> None:
    if "day" in fields:
        fields = {**fields, "day": day(fields["day"])}
    with pytest.raises(DomainError) as refused:
        planned(town, case=town.case(), **fields)
    assert refused.value.field == field
    assert not Visit.objects.exists()


def test_only_who_works_on_a_case_plans_in_it_and_only_who_reads_it_goes(town: Town) -> None:
    case = town.case()
    for stranger in (town.other_team, make_town().worker, worker(Role.TRAINEE, team=town.team)):
        with pytest.raises(NotAllowed):
            planned(town, by=stranger, case=case)
    for who, part in ((town.other_team, "general"), (town.nurse, "education")):
        with pytest.raises(DomainError) as refused:
            planned(town, case=case, who=who, compartment=part)
        assert refused.value.field == "who"
    assert planned(town, case=case, who=town.nurse, compartment="health").who == town.nurse
    names = who_may_go(town.worker, keeper=town.organization.pk, case=case)
    assert {town.worker, town.colleague, town.nurse} <= set(names) and town.other_team not in names


def test_to_a_sealed_case_nobody_beside_its_team_is_sent(town: Town) -> None:
    case = town.case()
    add_team_member(by=town.worker, case=case, user=town.nurse)
    case = seal_case(by=town.worker, case=case, reason="Pericol")
    assert set(who_may_go(town.worker, keeper=town.organization.pk, case=case)) == {town.worker, town.nurse}
    with pytest.raises(DomainError):
        planned(town, case=case, who=town.colleague)


def test_a_visit_that_is_moved_stays_on_record_and_leads_to_the_next(town: Town) -> None:
    first = planned(town, case=town.case())
    later = move_visit(
        by=town.nurse, visit=first, day=day(3), hour=None, who=town.nurse, reason="Mama lucrează"
    )
    first.refresh_from_db()
    assert (first.status, first.moved_to, first.reason) == (VisitStatus.MOVED, later, "Mama lucrează")
    assert (later.day, later.hour, later.purpose, later.who) == (day(3), None, first.purpose, town.nurse)
    assert planned_of(again(town.worker), day(9)) == [] and visits_of(town.worker, day(0), day(9)) == []
    for verb in (move_visit, hold_visit, miss_visit):
        about = {"day": day(4)} if verb is move_visit else {"reason": "?"} if verb is miss_visit else {}
        with pytest.raises(DomainError):
            verb(by=town.worker, visit=first, **about)
    with pytest.raises(DomainError):
        move_visit(by=town.worker, visit=later, day=later.day)


def test_a_visit_did_not_take_place_with_a_reason(town: Town) -> None:
    visit = planned(town, case=town.case())
    with pytest.raises(DomainError):
        miss_visit(by=town.worker, visit=visit, reason=" ")
    miss_visit(by=town.worker, visit=visit, reason="Nimeni acasă")
    visit.refresh_from_db()
    assert (visit.status, visit.reason, visit.settled_by) == (
        VisitStatus.NOT_HELD,
        "Nimeni acasă",
        town.worker,
    )


def test_what_is_planned_falls_away_when_its_case_closes_and_stays_away(town: Town) -> None:
    case = town.case()
    done = planned(town, case=case, day=day(0))
    hold_visit(by=town.worker, visit=done)
    own, of_nurse = planned(town, case=case), planned(town, case=case, who=town.nurse)
    of_home = planned(town, household=town.household, day=day(2))
    assert len(events(town.worker)) == 3
    close_case(by=town.worker, case=case, outcome="objectives_met", reason="Se descurcă")
    for visit in (done, own, of_nurse, of_home):
        visit.refresh_from_db()
    for visit in (own, of_nurse):
        assert (visit.status, visit.settled_by) == (VisitStatus.CALLED_OFF, town.worker)
        assert visit.reason and visit.reason != "Se descurcă"
    assert done.status == VisitStatus.HELD
    case = reopen_case(by=again(town.worker), case=case, regime="standard", reason="Din nou greu")
    assert visits_of(again(town.worker), day(0), day(9)) == [done, of_home]
    assert visits_of(again(town.nurse), day(0), day(9)) == planned_of(again(town.nurse), day(9)) == []
    assert visits_of_keepers(again(town.coordinator), day(0), day(9)) == [done, of_home]
    assert planned_with(again(town.worker), town.household, case) == [of_home]
    assert len(events(town.worker)) == 2
    with pytest.raises(DomainError):
        move_visit(by=town.worker, visit=own, day=day(4))


def test_the_visits_of_who_answers_for_a_case_pass_to_who_takes_it_over(town: Town) -> None:
    case = town.case()
    passes, stays = planned(town, case=case), planned(town, case=case, who=town.nurse)
    assign_case(by=town.coordinator, case=case, responsible=town.colleague)
    for visit, who in ((passes, town.colleague), (stays, town.nurse)):
        visit.refresh_from_db()
        assert visit.who == who


def test_what_is_noted_of_a_visit_holds_it(town: Town) -> None:
    case, moment = town.case(), timezone.now() - dt.timedelta(minutes=1)
    named, same_day, other = (
        planned(town, case=case, day=day(2)),
        planned(town, case=case, day=day(0)),
        planned(town, case=case, day=day(0), who=town.nurse),
    )
    done = log_intervention(by=town.worker, case=case, mode="home_visit", at=moment, visit=named)
    log_intervention(by=town.worker, case=case, mode="phone", at=moment)
    log_intervention(by=town.worker, case=case, mode="home_visit", at=moment, met_family=False)
    same_day.refresh_from_db()
    assert same_day.is_planned
    second = log_intervention(by=town.worker, case=case, mode="home_visit", at=moment)
    for visit, held_by in ((named, done), (same_day, second)):
        visit.refresh_from_db()
        assert (visit.status, visit.intervention) == (VisitStatus.HELD, held_by)
    other.refresh_from_db()
    assert other.is_planned
    with pytest.raises(DomainError):
        log_intervention(by=town.worker, case=case, mode="home_visit", at=moment, visit=named)


def test_an_assessment_holds_the_visit_of_its_day(town: Town) -> None:
    visit = planned(town, household=town.household, day=day(0))
    tomorrow = planned(town, household=town.household)
    assessment = town.assessed()
    follow_assessment(by=town.worker, assessment=assessment)
    visit.refresh_from_db()
    tomorrow.refresh_from_db()
    assert (visit.status, visit.assessment) == (VisitStatus.HELD, assessment)
    assert tomorrow.is_planned


def test_a_visit_is_not_held_before_its_day(town: Town) -> None:
    with pytest.raises(DomainError):
        hold_visit(by=town.worker, visit=planned(town, household=town.household))


def test_who_no_longer_reads_a_visit_does_not_find_it(town: Town) -> None:
    case = town.case()
    ours = planned(town, case=case, who=town.nurse, compartment=Compartment.HEALTH)
    assert visits_of_keepers(again(town.coordinator), day(0), day(7)) == [ours]
    assert visits_of(again(town.nurse), day(0), day(7)) == [ours]
    town.nurse.appointments.update(role=Role.SCHOOL_MEDIATOR)
    assert visits_of(again(town.nurse), day(0), day(7)) == []
    assert planned_with(again(town.nurse), town.household, case) == []


def test_a_sealed_case_is_in_no_list_and_no_file_of_who_is_outside(town: Town) -> None:
    case = town.case()
    planned(town, case=case, who=town.colleague)
    planned(town, case=case)
    file_before = calendar_of(again(town.other_team))
    assert len(events(town.colleague)) == len(events(town.worker)) == 1
    seal_case(by=town.worker, case=case, reason="Pericol")
    assert visits_of(again(town.colleague), day(0), day(9)) == []
    assert planned_with(again(town.colleague), town.household, case) == []
    assert visits_of_keepers(again(town.coordinator), day(0), day(9)) == []
    # Neither does the file of whoever is inside say anything of it: it is as long as that of who has no visit.
    assert calendar_of(again(town.colleague)) == calendar_of(again(town.worker)) == file_before
    assert len(visits_of(again(town.worker), day(0), day(9))) == 1


def test_the_calendar_says_hours_and_numbers_alone(town: Town) -> None:
    case = town.case()
    planned(town, case=case, compartment=Compartment.VIOLENCE, purpose="Ordin de protecție")
    planned(
        town, household=HouseholdFactory(keeper=town.organization, name="Ene"), hour=None, purpose="Foamete"
    )
    text = calendar_of(again(town.worker)).decode()
    for secret in (
        town.household.name,
        "Ene",
        "Ordin",
        "Foamete",
        "violen",
        town.household.address or "Str.",
    ):
        assert secret not in text
    with_hour, of_a_day = sorted(events(town.worker), key=lambda event: "DTEND" not in event)
    assert str(with_hour["SUMMARY"]) == f"Vizită, cazul {case}" and str(of_a_day["SUMMARY"]) == "Vizită"
    assert timezone.localtime(with_hour["DTSTART"].dt).time() == dt.time(11)
    assert of_a_day["DTSTART"].dt == day(1) and with_hour["CLASS"] == "PRIVATE"
    miss_visit(by=town.worker, visit=Visit.objects.get(case=case), reason="Nu se poate")
    assert len(events(town.worker)) == 1


@pytest.mark.parametrize(
    ("when", "begins", "ends"),
    [
        # The hour that is there twice is the first; 90 minutes last as long as they do.
        ((2026, 10, 25, 3, 30), (0, 30), (2, 0)),
        ((2026, 10, 25, 4, 0), (2, 0), (3, 30)),
        # The hour that is not there is the moment after which the clock went on.
        ((2026, 3, 29, 3, 30), (1, 30), (3, 0)),
        ((2026, 3, 29, 4, 0), (1, 0), (2, 30)),
    ],
)
def test_in_the_night_when_the_clocks_change_a_visit_lasts_as_long_as_any(
    when: tuple[int, ...], begins: tuple[int, int], ends: tuple[int, int]
) -> None:
    local = dt.datetime(*when)  # type: ignore[arg-type]
    visit = Visit(day=local.date(), hour=local.time(), minutes=90)
    assert visit.begins_at and visit.ends_at
    assert (visit.begins_at.hour, visit.begins_at.minute) == begins
    assert (visit.ends_at.hour, visit.ends_at.minute) == ends


def test_where_whoever_lives_there_is_hidden_no_list_shows_the_address(town: Town) -> None:
    other = HouseholdFactory(keeper=town.organization, name="Pop")
    known, at_others = planned(town, case=town.case()), planned(town, household=other)
    assert hidden_addresses(town.worker, [known, at_others]) == frozenset()
    violence = planned(town, case=known.case, compartment=Compartment.VIOLENCE)
    assert hidden_addresses(town.worker, [known, violence]) == {violence.pk}
    seal_person(by=town.worker, person=town.mother, reason="Este căutată")
    ours = Visit.objects.select_related("case").filter(pk__in=[known.pk, at_others.pk])
    assert hidden_addresses(again(town.worker), ours) == {known.pk}


def test_whoever_was_sealed_in_a_household_is_not_told_by_a_missing_address(town: Town) -> None:
    home = HouseholdFactory(keeper=town.organization, name="Pop")
    adult, _child = family(30, 4, household=home)
    visit = planned(town, by=town.other_team, household=home)
    case = town.case(household=home)
    seal_person(by=town.worker, person=adult, reason="Este căutată")
    assert case.pk and hidden_addresses(again(town.other_team), [visit]) == frozenset()


def test_a_secret_opens_the_visits_of_an_open_account_alone(town: Town) -> None:
    CalendarFeed.objects.create(user=town.worker, digest=CalendarFeed.digest_of("secret"))
    assert CalendarFeed.opened_by("secret") == town.worker
    assert CalendarFeed.opened_by("") is None and CalendarFeed.opened_by("other") is None
    town.worker.is_active = False
    town.worker.save()
    assert CalendarFeed.opened_by("secret") is None


@pytest.mark.both
def test_what_became_of_a_visit_is_said_by_somebody(town: Town) -> None:
    visit = planned(town, case=town.case())
    for wrong in (
        {"status": VisitStatus.HELD},
        {"status": VisitStatus.MOVED, "settled_at": timezone.now(), "settled_by": town.worker},
        {"settled_at": timezone.now(), "settled_by": town.worker},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Visit.objects.filter(pk=visit.pk).update(**wrong)
