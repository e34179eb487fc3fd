"""Conferences of a case: who is asked and what they read, what was decided, what nobody changes any more."""

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from punte.accounts.enums import Role
from punte.accounts.models import TrailEntry
from punte.cases.actions import seal_case
from punte.cases.enums import PlanStatus
from punte.gatherings.actions import (
    Invitee,
    answer_invitation,
    cancel_meeting,
    decide,
    freeze_minutes,
    give_task,
    invite,
    move_meeting,
    note_answer,
    note_heard,
    put_in_plan,
    write_agenda,
    write_minutes,
)
from punte.gatherings.enums import InvitationState, InvitedAs, MeetingState, PresenceState
from punte.gatherings.models import Invitation, Meeting
from punte.gatherings.queries import invitations_of, meetings_of_case, silent, taken_hours
from punte.kernel.errors import DomainError, EditedMeanwhile, NotAllowed
from punte.organizations.models import Contact
from punte.people.actions import change_person, join_people
from punte.registers.actions import add_entry
from tests.factories import LONG_AGO, MembershipFactory, PersonFactory, worker
from tests.gatherings.scene import Town, again, fresh

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def town() -> Town:
    return Town()


def test_a_conference_is_called_with_all_who_are_asked(town: Town) -> None:
    meeting = town.conference(agenda=[("term", "Revizuirea planului"), ("", "  ")])
    assert meeting.is_planned and meeting.case == town.case
    assert [one.words for one in meeting.agenda.all()] == ["Revizuirea planului"]
    assert meeting.invitations.count() == 5
    assert TrailEntry.objects.filter(verb="call_conference", case=town.case.pk).exists()
    assert [one.meeting for one in invitations_of(again(town.nurse), TODAY(), TODAY())] == [meeting]


def test_a_child_who_is_heard_at_this_age_is_asked_or_it_is_said_why_not(town: Town) -> None:
    with pytest.raises(DomainError) as refused:
        town.conference(invite=[])
    assert refused.value.field == "child_why_not"
    meeting = town.conference(invite=[], child_why_not="Este în spital.")
    row = meeting.invitations.get()
    assert (row.person, row.state, row.why_not) == (town.child, InvitationState.NOT_ASKED, "Este în spital.")
    asked = invite(by=town.manager, meeting=meeting, invitee=Invitee(InvitedAs.CHILD, person=town.child))
    assert meeting.invitations.get() == asked


def test_only_who_calls_meetings_and_sees_the_case_calls_one(town: Town) -> None:
    meeting = town.conference()
    with pytest.raises(NotAllowed):
        cancel_meeting(by=town.stranger, meeting=meeting, why="Nu pot")
    assert meetings_of_case(again(town.stranger), town.case) == []
    with pytest.raises(DomainError):
        town.conference(day=TODAY() - dt.timedelta(days=1))
    with pytest.raises(DomainError):
        town.conference(mode="online")
    with pytest.raises(DomainError):
        town.conference(reason="fun")
    assert Meeting.objects.count() == 1


def test_to_a_sealed_case_only_its_circle_is_invited_by_account(town: Town) -> None:
    meeting = town.conference()
    seal_case(by=town.manager, case=town.case, reason="Pericol")
    assert Invitation.objects.of_partner(again(town.teacher)).count() == 0
    assert Invitation.objects.of_account(again(town.nurse)).count() == 1
    with pytest.raises(DomainError):
        invite(
            by=town.manager,
            meeting=meeting,
            invitee=Invitee(InvitedAs.COLLEAGUE, user=town.stranger),
        )
    sealed = town.conference(invite=[Invitee(InvitedAs.COLLEAGUE, user=town.nurse)])
    assert sealed.invitations.count() == 1


def test_answers_come_from_who_was_asked(town: Town) -> None:
    meeting = town.conference()
    of_school = meeting.invitations.get(organization=town.school)
    with pytest.raises(NotAllowed):
        answer_invitation(by=town.officer, invitation=of_school, state="accepted")
    with pytest.raises(DomainError):
        answer_invitation(by=town.teacher, invitation=of_school, state="statement", statement=" ")
    answer_invitation(by=town.teacher, invitation=of_school, state="statement", statement="Vine rar.")
    of_school.refresh_from_db()
    assert (of_school.state, of_school.statement, of_school.answered_by) == (
        "statement",
        "Vine rar.",
        town.teacher,
    )
    of_mother = meeting.invitations.get(person=town.mother)
    note_answer(by=town.manager, invitation=of_mother, state="accepted")
    note_heard(by=town.manager, invitation=of_mother, apart=False, why_not="Nu a vrut.")
    with pytest.raises(DomainError):
        note_heard(by=town.manager, invitation=of_mother, apart=False)


def test_who_must_answer_and_did_not_stands_out(town: Town) -> None:
    meeting = town.conference()
    assert silent([meeting]) == {meeting.pk: 2}
    later = town.conference(day=TODAY() + dt.timedelta(days=20))
    assert silent([later]) == {}
    Invitation.objects.filter(meeting=later).update(created_at=timezone.now() - dt.timedelta(days=3))
    assert silent([later]) == {later.pk: 2}


def test_a_moved_meeting_asks_everybody_anew_until_minutes_begin(town: Town) -> None:
    meeting = town.conference(agenda=[("", "Școala")])
    answer_invitation(by=town.nurse, invitation=meeting.invitations.get(user=town.nurse), state="accepted")
    later = move_meeting(
        by=town.manager, meeting=meeting, day=TODAY() + dt.timedelta(days=2), hour=dt.time(9)
    )
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.MOVED and meeting.moved_to == later
    assert later.invitations.get(user=town.nurse).state == InvitationState.ASKED
    assert [one.words for one in later.agenda.all()] == ["Școala"]
    begun = town.conference()
    write_minutes(by=town.manager, meeting=begun, revision=0, minutes="S-a discutat.")
    with pytest.raises(DomainError, match="begun|începută|început"):
        move_meeting(by=town.manager, meeting=begun, day=TODAY() + dt.timedelta(days=2))
    with pytest.raises(DomainError):
        cancel_meeting(by=town.manager, meeting=begun, why="Târziu")


def test_minutes_are_written_by_one_hand_at_a_time_and_then_stand(town: Town) -> None:
    meeting = town.conference()
    there = {one.pk: PresenceState.PRESENT for one in meeting.invitations.all()}
    held = write_minutes(by=town.manager, meeting=meeting, revision=0, minutes="Lipsește des.", present=there)
    with pytest.raises(EditedMeanwhile):
        write_minutes(by=town.manager, meeting=meeting, revision=0, minutes="Altceva")
    held = write_minutes(
        by=town.manager,
        meeting=held,
        revision=1,
        minutes="Lipsește des.",
        present={meeting.invitations.get(organization=town.school).pk: PresenceState.ABSENT},
    )
    assert held.presences.count() == 5 and held.presences.get(organization=town.school).state == "absent"
    decide(by=town.manager, meeting=held, words="Școala anunță absențele", dissent="Mama nu este de acord.")
    write_agenda(by=town.manager, meeting=held, items=["Absențe", "Altele"])
    freeze_minutes(by=town.manager, meeting=held)
    for change in (
        lambda: write_minutes(by=town.manager, meeting=held, revision=2, minutes="Alt text"),
        lambda: decide(by=town.manager, meeting=held, words="Încă una"),
        lambda: write_agenda(by=town.manager, meeting=held, items=["Nimic"]),
    ):
        with pytest.raises(DomainError):
            change()


def test_a_day_that_has_not_come_has_no_minutes(town: Town) -> None:
    meeting = town.conference(day=TODAY() + dt.timedelta(days=1))
    with pytest.raises(DomainError):
        write_minutes(by=town.manager, meeting=meeting, revision=0, minutes="Deja")
    with pytest.raises(DomainError):
        freeze_minutes(by=town.manager, meeting=meeting)


def test_a_decision_becomes_a_step_of_the_plan_once(town: Town) -> None:
    meeting = town.conference()
    held = write_minutes(by=town.manager, meeting=meeting, revision=0, minutes="S-a discutat.")
    decision = decide(by=town.manager, meeting=held, words="Meditații de două ori pe săptămână")
    with pytest.raises(NotAllowed):
        put_in_plan(by=town.nurse, decision=decision, words=decision.words)
    due = TODAY() + dt.timedelta(days=14)
    step = put_in_plan(
        by=town.manager,
        decision=decision,
        words=decision.words,
        aim="Merge la școală",
        worker=town.nurse,
        due_on=due,
    )
    assert (step.text, step.worker, step.due_on, step.objective.text) == (
        "Meditații de două ori pe săptămână",
        town.nurse,
        due,
        "Merge la școală",
    )
    assert step.objective.plan.status == PlanStatus.DRAFT
    with pytest.raises(DomainError):
        put_in_plan(by=town.manager, decision=decision, words=decision.words)
    other = decide(by=town.manager, meeting=held, words="Transport asigurat")
    second = put_in_plan(by=town.manager, decision=other, words=other.words, objective=step.objective_id)
    assert second.objective_id == step.objective_id


def test_hours_are_told_and_never_what_they_are_for(town: Town) -> None:
    town.conference(length=90)
    taken = taken_hours(again(town.manager), [town.nurse], TODAY())
    assert [(one.start, one.end) for one in taken] == [(dt.time(10), dt.time(11, 30))]
    seal_case(by=town.manager, case=town.case, reason="Pericol")
    assert taken_hours(again(town.stranger), [town.nurse], TODAY()) == []
    assert len(taken_hours(again(town.manager), [town.nurse], TODAY())) == 1


def test_who_died_is_expected_no_more(town: Town) -> None:
    meeting = town.conference()
    change_person(by=town.manager, person=town.mother, died_on=TODAY())
    assert meeting.invitations.get(person=town.mother).state == InvitationState.WITHDRAWN


def test_two_files_of_one_person_are_one_at_a_meeting(town: Town) -> None:
    double = PersonFactory(keeper=town.house, birth_date=town.child.birth_date, sex=town.child.sex)
    MembershipFactory(person=double, household=town.home, relation="child")
    asked = [Invitee(InvitedAs.CHILD, person=town.child), Invitee(InvitedAs.CHILD, person=double)]
    meeting = town.conference(invite=asked)
    join_people(by=town.manager, keep=town.child, join=double, why="Același copil.")
    assert meeting.invitations.get(person=town.child)
    assert [one.name for one in meeting.invitations.filter(person=None)] == [str(double)]


def test_who_is_invited_is_written_to_in_words_that_tell_nothing(
    town: Town, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        town.conference(subject="Bătaia de luni")
    to = sorted(address for one in mail.outbox for address in one.to)
    assert to == sorted([town.nurse.email, town.teacher.email, town.officer.email])
    for sent in mail.outbox:
        said = sent.subject + sent.body
        assert "invitație" in said and str(town.case) not in said
        assert "Bătaia" not in said and "Exemplescu" not in said


def test_who_is_known_at_an_institution_is_chosen_and_not_typed(client: Client) -> None:
    town = Town()
    contact = Contact.objects.create(
        keeper=town.house, organization=town.school, duty="", name="Ana Dirigintă", start=LONG_AGO
    )
    client.force_login(town.manager)
    page = reverse("conference_new", args=[town.case.pk])
    shown = client.get(page).content.decode()
    assert "Școala Exemplu: Ana Dirigintă" in shown and f"Poliția Exemplu: {town.officer.name}" in shown
    said = {
        "reason": "review",
        "day": (TODAY() + dt.timedelta(days=20)).isoformat(),
        "mode": "room",
        "compartment": "general",
        "must": "on",
        "child_why_not": "Este la tabără.",
    }
    said |= {"partners": [town.school.pk, town.police.pk], "known": [contact.pk, town.officer.pk]}
    assert client.post(page, said).status_code == 302
    meeting = Meeting.objects.get()
    asked = {(one.organization, one.contact, one.user) for one in meeting.invitations.all()}
    assert asked >= {(town.school, contact, None), (town.police, None, town.officer)}
    assert meeting.invitations.filter(organization=town.school).count() == 1
    # The institution reads what its contact is asked to; of two officers the one who is asked.
    assert Invitation.objects.of_partner(again(town.teacher)).count() == 1
    other = worker(Role.PARTNER, organization=town.police)
    assert Invitation.objects.of_partner(again(other)).count() == 0
    # Of a sealed case nobody of an institution is offered.
    seal_case(by=town.manager, case=fresh(town.case), reason="Violență")
    assert "Ana Dirigintă" not in client.get(page).content.decode()


def test_what_went_between_a_case_and_institutions_is_one_page(town: Town, client: Client) -> None:
    town.conference()
    give_task(
        by=town.manager,
        case=town.case,
        words="Trimite foaia matricolă",
        organization=town.school,
        due_on=TODAY(),
    )
    talk = add_entry(
        by=town.manager,
        register="institution_contact",
        subject=town.case,
        start=TODAY(),
        given={"whom": "agentul de post", "how": "phone", "said": "Trece pe acolo"},
    )
    page = reverse("case_institutions", args=[town.case.pk])
    client.force_login(town.manager)
    said = client.get(page).content.decode()
    for words in ("Școala Exemplu", "Poliția Exemplu", "Trimite foaia matricolă", "agentul de post"):
        assert words in said
    assert reverse("entry", args=[talk.pk]) in said and "institution_contact" in said
    # Of a meeting about violence who does not read that part learns nothing here.
    Meeting.objects.update(compartment="violence")
    client.force_login(town.nurse)
    seen = client.get(page).content.decode()
    assert "Poliția Exemplu" not in seen and "agentul de post" in seen
    seal_case(by=town.manager, case=fresh(town.case), reason="Violență")
    client.force_login(town.stranger)
    assert client.get(page).status_code == 404
