"""Tasks of everybody: whose, until when, what became of them."""

import datetime as dt

import pytest
from django.utils import timezone

from punte.cases.actions import assign_case, seal_case
from punte.gatherings.actions import (
    drop_task,
    finish_task,
    give_task,
    hand_task,
    move_task,
    refuse_task,
)
from punte.gatherings.enums import TaskState
from punte.gatherings.models import Task
from punte.gatherings.queries import due_soon_by_user, of_nobody, own_tasks
from punte.kernel.errors import DomainError, NotAllowed
from tests.factories import worker
from tests.gatherings.scene import Town, again, fresh

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def town() -> Town:
    return Town()


def test_a_task_is_done_moved_refused_or_given_up(town: Town) -> None:
    def given() -> Task:
        return give_task(
            by=town.manager, case=town.case, words="Sună la școală", user=town.nurse, due_on=TODAY()
        )

    done = finish_task(by=town.nurse, task=given())
    assert done.state == TaskState.DONE and done.settled_by == town.nurse
    with pytest.raises(DomainError):
        finish_task(by=town.nurse, task=done)
    moved = given()
    move_task(by=town.nurse, task=moved, due_on=TODAY() + dt.timedelta(days=3), why="Vacanță")
    moved = move_task(by=town.nurse, task=moved, due_on=TODAY() + dt.timedelta(days=5), why="Tot vacanță")
    assert (moved.first_due_on, moved.due_on) == (TODAY(), TODAY() + dt.timedelta(days=5))
    with pytest.raises(DomainError):
        refuse_task(by=town.nurse, task=moved, why=" ")
    assert refuse_task(by=town.nurse, task=moved, why="Nu este a mea").state == TaskState.REFUSED
    assert drop_task(by=town.manager, task=given(), why="Nu mai e nevoie").state == TaskState.DROPPED
    assert own_tasks(again(town.nurse)).count() == 0


def test_somebody_is_named_and_words_are_there(town: Town) -> None:
    with pytest.raises(DomainError):
        give_task(by=town.manager, case=town.case, words=" ", user=town.nurse)
    with pytest.raises(DomainError):
        give_task(by=town.manager, case=town.case, words="Ceva")
    with pytest.raises(NotAllowed):
        give_task(by=town.stranger, case=town.case, words="Ceva", user=town.nurse)
    alone = give_task(by=town.manager, keeper=town.house, words="Sala de ședințe", user=town.manager)
    assert list(own_tasks(again(town.manager))) == [alone]


def test_a_partner_answers_for_the_tasks_of_its_institution(town: Town) -> None:
    task = give_task(by=town.manager, case=town.case, words="Adeverință", organization=town.school)
    with pytest.raises(NotAllowed):
        finish_task(by=town.officer, task=task)
    with pytest.raises(NotAllowed):
        drop_task(by=town.teacher, task=task, why="Nu")
    assert list(Task.objects.of_partner(again(town.teacher))) == [task]
    finish_task(by=town.teacher, task=task)


def test_of_a_sealed_case_its_circle_alone_has_tasks(town: Town) -> None:
    of_school = give_task(by=town.manager, case=town.case, words="Adeverință", organization=town.school)
    of_stranger = give_task(by=town.manager, case=town.case, words="Ceva", user=town.stranger, due_on=TODAY())
    assert due_soon_by_user() == {town.stranger.pk: 1}
    seal_case(by=town.manager, case=town.case, reason="Pericol")
    assert not Task.objects.of_partner(again(town.teacher)).exists()
    assert not own_tasks(again(town.stranger)).exists() and due_soon_by_user() == {}
    with pytest.raises(NotAllowed):
        finish_task(by=town.teacher, task=of_school)
    with pytest.raises(NotAllowed):
        finish_task(by=town.stranger, task=of_stranger)
    for who in ({"user": town.stranger}, {"organization": town.school}, {"name": "Vecina"}):
        with pytest.raises(DomainError):
            give_task(by=town.manager, case=fresh(town.case), words="Ceva", **who)
    give_task(by=town.manager, case=fresh(town.case), words="Ceva", user=town.nurse)


def test_tasks_of_a_case_go_to_who_follows_and_others_stand_out(town: Town) -> None:
    task = give_task(by=town.manager, case=town.case, words="Sună", user=town.manager)
    other = give_task(by=town.manager, case=town.case, words="Cântărește", user=town.nurse)
    leader = worker("coordinator", organization=town.house)
    follows = worker("case_manager", organization=town.house)
    assign_case(by=leader, case=town.case, responsible=follows)
    task.refresh_from_db()
    assert task.user == follows
    town.nurse.appointments.update(end=TODAY())
    left = Task.objects.visible_to(again(leader)).waiting().filter(of_nobody())
    assert list(left) == [other]
    assert hand_task(by=leader, task=other, to=follows).user == follows
    assert not left.all().exists()
