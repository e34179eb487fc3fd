"""From the first words to the decision: urgency, who goes, the team, the check, and how it ends."""

import datetime as dt
from pathlib import Path
from typing import Any

import duckdb
import pytest
from django.utils import timezone

from punte.accounts.enums import Role
from punte.accounts.models import User
from punte.cases.actions import assign_case, open_case
from punte.cases.enums import Regime
from punte.kernel.errors import DomainError, EditedMeanwhile, NotAllowed
from punte.notifications.actions import (
    assign_notification,
    check_notification,
    close_notification,
    conclude_check,
    dispatch_team,
    join_case,
    join_notification,
    link_known,
    log_call,
    open_case_from,
    send_on,
    team_arrived,
    team_back,
    triage_notification,
)
from punte.notifications.enums import Decision, EventKind, Level, NotificationState, PersonRole
from punte.notifications.keeps import KEEPS, erase, over
from punte.notifications.models import Notification, NotifiedPerson, SoughtCase
from punte.notifications.routing import proposals
from punte.people.actions.own_file import GIVEN_OUT
from punte.statistics.actions import make_extract
from tests.factories import HouseholdFactory, family, worker
from tests.notifications.town import Town


def again(user: User) -> User:
    """The account as another request has it."""
    return User.objects.get(pk=user.pk)


def seen(town: Town, made: Notification) -> Notification:
    """With somebody who was on the spot."""
    return check_notification(
        by=town.worker, notification=made, outcome="visited", text="Copiii erau singuri."
    )


def test_urgency_follows_the_reasons_and_judgement_says_why(town: Town) -> None:
    made = town.told("Ana")
    asked = {"kind": "child_risk", "danger": "no", "reasons": ["cold"]}
    assert triage_notification(by=town.worker, notification=made, **asked).urgency == Level.TODAY
    raised = triage_notification(
        by=town.worker, notification=made, **asked, judged=Level.NOW, why="Mama a fugit."
    )
    assert (raised.urgency, raised.judged) == (Level.NOW, Level.NOW)
    for level in (Level.NOW, Level.TERM):
        with pytest.raises(DomainError) as refused:
            triage_notification(by=town.worker, notification=made, **asked, judged=level, why=" ")
        assert refused.value.field == "why", "neither raised nor lowered in silence"
    told = made.events.filter(kind=EventKind.TRIAGED).last()
    assert told is not None and "Mama a fugit." in told.text


def test_its_kind_decides_who_reads_it(town: Town) -> None:
    made = town.told("Ana")
    triage_notification(by=town.worker, notification=made, kind="child_abuse", danger="no", reasons=[])
    assert made in Notification.objects.visible_to(again(town.other))
    assert made in Notification.objects.visible_to(again(town.nurse)), "who wrote it sees it"
    mediator = town.told("Dan", by=town.worker)
    assert mediator not in Notification.objects.visible_to(again(town.nurse))


def test_a_worker_is_proposed_who_is_not_on_leave(town: Town) -> None:
    made, busy = town.told("Ana"), town.told("Dan")
    assign_notification(by=town.lead, notification=busy, worker=town.worker)
    assert [one.worker for one in proposals(made)][:2] == [town.other, town.worker]
    case = open_case(
        by=town.other, household=HouseholdFactory(keeper=town.hall), regime=Regime.STANDARD, reason="x"
    )
    until = timezone.localdate() + dt.timedelta(days=9)
    assign_case(by=town.lead, case=case, responsible=town.worker, until=until)
    assert town.other not in [one.worker for one in proposals(made)]
    with pytest.raises(DomainError):
        assign_notification(by=town.lead, notification=made, worker=town.other)


def test_only_who_leads_gives_it_to_others(town: Town) -> None:
    made = town.told("Ana")
    with pytest.raises(NotAllowed):
        assign_notification(by=town.worker, notification=made, worker=town.other)
    with pytest.raises(NotAllowed):
        assign_notification(by=town.nurse, notification=made, worker=town.nurse)
    assert assign_notification(by=town.worker, notification=made, worker=town.worker).state == "assigned"


def test_a_team_goes_arrives_and_the_term_is_met(town: Town) -> None:
    made = town.told("Ana", by=town.worker)
    with pytest.raises(DomainError):
        dispatch_team(by=town.worker, notification=made, users=[])
    dispatch_team(by=town.worker, notification=made, users=[town.worker, town.nurse])
    assert made in Notification.objects.visible_to(again(town.nurse)), "who goes out reads it"
    with pytest.raises(EditedMeanwhile):
        dispatch_team(by=town.worker, notification=made, users=[town.other])
    with pytest.raises(DomainError):
        team_arrived(by=town.nurse, notification=made, at=timezone.now() + dt.timedelta(hours=1))
    team_arrived(by=town.nurse, notification=made)
    team_back(by=town.nurse, notification=made, found="Doi copii singuri, soba rece.")
    made.refresh_from_db()
    assert made.state == NotificationState.VISITED and not made.runs
    with pytest.raises(EditedMeanwhile):
        team_back(by=town.nurse, notification=made, found="x")


def test_who_was_not_found_is_counted_and_the_term_runs_on(town: Town) -> None:
    made = town.told("Ana")
    tried = check_notification(by=town.worker, notification=made, outcome="unreachable", text="Nimeni acasă.")
    assert (tried.tries, tried.runs) == (1, True)
    late = made.received_at - dt.timedelta(hours=80)
    Notification.objects.filter(pk=made.pk).update(received_at=late, due_at=late + dt.timedelta(hours=72))
    assert list(Notification.objects.late(timezone.now())) == [made]
    assert not seen(town, made).runs


def test_a_result_is_apart_from_the_decision(town: Town) -> None:
    made = town.told("Ana", kind="child_abuse", by=town.worker)
    with pytest.raises(DomainError):
        conclude_check(by=town.worker, notification=made, result="confirmed", abuse={}, text="")
    seen(town, made)
    with pytest.raises(DomainError):
        conclude_check(
            by=town.worker,
            notification=made,
            result="not_confirmed",
            abuse={"physical": "confirmed"},
            text="",
        )
    abuse = {"physical": "confirmed", "neglect_food": "suspected"}
    done = conclude_check(by=town.worker, notification=made, result="confirmed", abuse=abuse, text="Vânătăi.")
    assert {one.kind: one.certainty for one in done.abuse.all()} == abuse
    assert done.is_open
    sent = send_on(
        by=town.worker, notification=made, to="DGASPC Cluj", reason="Competența ei", package=["report"]
    )
    assert (sent.decision, sent.package_named) == (
        Decision.SENT_ON,
        ["Referatul / raportul de referire a cazului"],
    )
    with pytest.raises(EditedMeanwhile):
        send_on(by=town.worker, notification=made, to="DGASPC Cluj", reason="Încă o dată")


def test_a_case_is_opened_from_it_by_the_verb_of_cases(town: Town) -> None:
    home = HouseholdFactory(keeper=town.hall)
    family(30, 9, household=home)
    made = seen(town, town.told("Ana"))
    case = open_case_from(
        by=town.worker, notification=made, household=home, regime=Regime.INTENSIVE, reason="Copii singuri"
    )
    made.refresh_from_db()
    assert (made.case, made.household, made.state) == (case, home, NotificationState.CASE_OPENED)
    second = town.told("Ana")
    assert join_case(by=town.worker, notification=second, case=case).state == NotificationState.MERGED


def test_nothing_more_is_said_with_a_reason_and_after_somebody_was_there(town: Town) -> None:
    made = town.told("Ana")
    with pytest.raises(DomainError):
        close_notification(by=town.worker, notification=made, decision="no_action", reason="Glumă")
    seen(town, made)
    with pytest.raises(DomainError):
        close_notification(by=town.worker, notification=made, decision="no_action", reason=" ")
    assert (
        close_notification(by=town.worker, notification=made, decision="no_action", reason="Nimic").state
        == "closed"
    )


def test_the_second_call_joins_the_first_which_takes_over_what_is_urgent(town: Town) -> None:
    first, second = town.told("Ana Zambilă"), town.told("Ana Zambila", danger="yes")
    join_notification(by=town.worker, notification=second, into=first)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (second.merged_into, second.state, first.urgency) == (first, "merged", Level.NOW)
    with pytest.raises(EditedMeanwhile):
        join_notification(by=town.worker, notification=first, into=second)
    with pytest.raises(DomainError):
        join_notification(by=town.worker, notification=first, into=first)


def test_who_is_meant_is_said_by_a_person(town: Town) -> None:
    home = HouseholdFactory(keeper=town.hall)
    [ana] = family(30, household=home)
    made = town.told("Ana")
    told = made.people.get()
    link_known(by=town.worker, notification=made, household=home, person=ana, notified=told)
    told.refresh_from_db()
    made.refresh_from_db()
    assert (made.household, told.person) == (home, ana)
    with pytest.raises(NotAllowed):
        link_known(by=town.worker, notification=made, household=HouseholdFactory())


def test_calls_are_counted_and_name_nobody(town: Town) -> None:
    made = log_call(
        by=town.nurse, keeper=town.hall, line="child", kind="counselling", minutes=12, outcome="answered"
    )
    assert made.minutes == 12
    for wrong in ({"line": "x"}, {"minutes": 700}, {"at": timezone.now() + dt.timedelta(days=1)}):
        given = {"line": "child", "kind": "silent", "minutes": 1, "outcome": "none", **wrong}
        with pytest.raises(DomainError):
            log_call(by=town.nurse, keeper=town.hall, **given)


def test_the_extract_has_abuse_by_its_forms_and_no_words(town: Town, settings: Any, tmp_path: Path) -> None:
    settings.VAR = tmp_path
    made = seen(town, town.told("Ana", kind="child_abuse", by=town.worker))
    conclude_check(
        by=town.worker, notification=made, result="confirmed", abuse={"physical": "confirmed"}, text=""
    )
    log_call(by=town.nurse, keeper=town.hall, line="child", kind="silent", minutes=1, outcome="none")
    folder = tmp_path / "extracts" / make_extract().name

    def rows(asked: str, table: str) -> list[tuple[Any, ...]]:
        return duckdb.connect().execute(f"SELECT {asked} FROM '{folder / table}.parquet'").fetchall()

    assert rows("abuse, certainty, youngest", "notified_abuse") == [("physical", "confirmed", 9)]
    assert rows("state, result, hours_to_check", "notifications") == [("confirmed", "confirmed", 0)]
    assert rows("line, minutes", "hotline_calls") == [("child", 1)]


def test_what_names_anybody_is_erased_when_its_time_is_over(town: Town) -> None:
    made = seen(town, town.told("Ana", where="Str. Gării 3"))
    close_notification(by=town.worker, notification=made, decision="advice", reason="Sfat")
    day = timezone.localdate() + dt.timedelta(days=1)
    assert over(day) == {town.hall.pk: 1}
    assert erase(town.hall.pk, day) == 1
    made.refresh_from_db()
    assert (made.what, made.where_found, made.notifier_name, made.number) == ("", "", "", 1)
    assert [one.name for one in made.people.all()] == [""]
    assert {one.text for one in made.events.all()} == {""}
    assert over(day) == {}


def test_the_words_for_the_notifier_tell_nothing_of_what_was_found(town: Town) -> None:
    made = seen(town, town.told("Ana"))
    results = ("confirmed", "not_confirmed", "undetermined")
    told = set()
    for result in results:
        conclude_check(by=town.worker, notification=made, result=result, abuse={}, text="")
        told.add(Notification.objects.get(pk=made.pk).told_state)
    assert len(told) == 1


def test_the_file_of_somebody_tells_that_they_were_told_of_and_nothing_to_the_aggressor(town: Town) -> None:
    officer = worker(Role.DATA_PROTECTION_OFFICER, organization=town.hall)
    home = HouseholdFactory(keeper=town.hall)
    mother, father = family(34, 36, household=home)
    made = town.told("Ana")
    for person, role in ((mother, PersonRole.CAREGIVER), (father, PersonRole.ALLEGED_AGGRESSOR)):
        NotifiedPerson.objects.create(notification=made, person=person, name="x", role=role)
    [told] = KEEPS[0].told_to(officer, mother, GIVEN_OUT)  # type: ignore[misc]
    assert str(made) in told.values() and not any("Vecin" in said for said in told.values())
    assert KEEPS[0].told_to(officer, father, GIVEN_OUT) == []  # type: ignore[misc]
    case = open_case(by=town.worker, household=home, regime=Regime.STANDARD, reason="x")
    SoughtCase.objects.filter(notification=made).update(case=case)
    assert KEEPS[0].told_to(officer, mother, GIVEN_OUT) == []  # type: ignore[misc]
