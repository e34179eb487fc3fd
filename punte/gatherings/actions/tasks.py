"""Somebody is given something to do: it is done, moved, refused, given up, or given to somebody else."""

import datetime as dt
from collections.abc import Callable

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import verb
from punte.cases.models import Case
from punte.cases.permission import case_for, may_with, reads
from punte.gatherings.enums import TaskState
from punte.gatherings.models import Decision, Meeting, Task
from punte.gatherings.permission import check_day, checked, led_meeting, not_yours, note_task
from punte.kernel.errors import DomainError
from punte.organizations.models import Contact, Organization
from punte.people.models import Person


@verb
def give_task(
    *,
    by: User,
    words: str,
    keeper: Organization | None = None,
    case: Case | None = None,
    meeting: Meeting | None = None,
    decision: Decision | None = None,
    user: User | None = None,
    organization: Organization | None = None,
    contact: Contact | None = None,
    person: Person | None = None,
    name: str = "",
    due_on: dt.date | None = None,
) -> Task:
    """Give somebody something to do until a day: of a meeting, of a case, or of neither.

    Args:
        keeper: whose task it is where it is of no case and no meeting.
        organization: an institution that does it, where no colleague is named.

    Raises:
        NotAllowed: the account may not change the meeting or the case, or calls no meetings there.
        DomainError: no words, nobody named, a day that cannot be, or somebody who does not see the sealed case.
    """
    if meeting is not None:
        held = led_meeting(by, meeting)
        case, keeper_id, part = held.case, held.keeper_id, held.compartment
    elif case is not None:
        case = case_for(by, case, Capability.MEET)
        keeper_id, part = case.keeper_id, Task._meta.get_field("compartment").default
    else:
        if keeper is None:
            raise DomainError(_("Say whose task it is."), field="keeper")
        by.standing.require(Capability.MEET, keeper.pk)
        keeper_id, part = keeper.pk, Task._meta.get_field("compartment").default
    if case is not None:
        reads(by, case, part)
    texts = checked(Task, words=words, name=name)
    if not texts["words"]:
        raise DomainError(_("Write what is to be done."), field="words")
    if not any((user, organization, contact, person, texts["name"])):
        raise DomainError(_("Say who does it."), field="who")
    check_day(due_on, "due_on")
    _check_owner(case, user=user, others=any((organization, contact, person, texts["name"])))
    task = Task.objects.create(
        keeper_id=keeper_id,
        case=case,
        meeting=meeting,
        decision=decision,
        compartment=part,
        words=texts["words"],
        user=user,
        contact=contact if user is None else None,
        person=person if user is None and contact is None else None,
        organization=organization,
        name=texts["name"] if not (user or contact or person) else "",
        due_on=due_on,
        first_due_on=due_on,
        by=by,
    )
    note_task(by, "give_task", task, changes={"due_on": [None, str(due_on or "")]})
    return task


@verb
def finish_task(*, by: User, task: Task, why: str = "") -> Task:
    """Say that a task is done, with a remark where there is one.

    Raises:
        NotAllowed: it is neither the account's nor its institution's, nor may it change the meeting or case.
        DomainError: what became of it was said already.
    """
    return _settle(by, task, TaskState.DONE, why, "finish_task")


@verb
def refuse_task(*, by: User, task: Task, why: str) -> Task:
    """Say that one does not do a task, and why.

    Raises:
        NotAllowed, DomainError: as `finish_task`; or no reason is given.
    """
    return _settle(by, task, TaskState.REFUSED, _reason(why), "refuse_task")


@verb
def drop_task(*, by: User, task: Task, why: str) -> Task:
    """Give a task up, and say why; by who leads the meeting or works on the case.

    Raises:
        NotAllowed, DomainError: as `finish_task`; or no reason is given.
    """
    return _settle(by, task, TaskState.DROPPED, _reason(why), "drop_task", allowed=may_keep_task)


@verb
def move_task(*, by: User, task: Task, due_on: dt.date, why: str) -> Task:
    """Put a task on another day, and say why; the day that was first meant stays on record.

    Raises:
        NotAllowed, DomainError: as `finish_task`; or no reason is given, or the day has passed.
    """
    held = _held(by, task, may_settle_task)
    reason = _reason(why)
    if due_on < timezone.localdate():
        raise DomainError(_("This day has passed. Choose a day that is still to come."), field="due_on")
    check_day(due_on, "due_on")
    former, held.due_on = held.due_on, due_on
    held.first_due_on = held.first_due_on or former
    held.save(update_fields=["due_on", "first_due_on"])
    note_task(by, "move_task", held, reason=reason, changes={"due_on": [str(former or ""), str(due_on)]})
    return held


@verb
def hand_task(*, by: User, task: Task, to: User) -> Task:
    """Give a task to another colleague, as where who had it has left.

    Raises:
        NotAllowed: as `drop_task`.
        DomainError: what became of it was said already, or the colleague does not see the sealed case.
    """
    held = _held(by, task, may_keep_task)
    _check_owner(held.case, user=to, others=False)
    former, held.user = held.user_id, to
    held.person = held.contact = None
    held.name = ""
    held.save(update_fields=["user", "person", "contact", "name"])
    note_task(by, "hand_task", held, changes={"user": [former and str(former), str(to.pk)]})
    return held


def may_keep_task(user: User, task: Task) -> bool:
    """Whether an account that sees a task may give it up or to somebody else."""
    if task.case is not None:
        seen = Case.objects.visible_to(user).filter(pk=task.case.pk).exists()
        return seen and may_with(user, task.case, Capability.MEET)
    return user.standing.may(Capability.MEET, task.keeper_id)


def may_settle_task(user: User, task: Task) -> bool:
    """Whether an account may say what became of a task: whose it is, whose institution's, or who keeps it."""
    asked = task.user_id is None and task.person_id is None and task.organization_id is not None
    if asked and user.standing.may(Capability.ANSWER_REFERRALS, task.organization_id):
        return not (task.case and task.case.sealed)
    return task.user_id == user.pk or may_keep_task(user, task)


def _held(by: User, task: Task, allowed: Callable[[User, Task], bool]) -> Task:
    seen = Task.objects.visible_to(by) | Task.objects.of_partner(by)
    if not seen.filter(pk=task.pk).exists():
        raise not_yours()
    held = (
        Task.objects.select_for_update(of=("self",), no_key=True)
        .select_related("case__household", "case__keeper")
        .get(pk=task.pk)
    )
    if not allowed(by, held):
        raise not_yours()
    if held.state != TaskState.OPEN:
        raise DomainError(
            _("What became of this task was said already: %(state)s.") % {"state": held.get_state_display()}
        )
    return held


def _settle(
    by: User,
    task: Task,
    state: TaskState,
    why: str,
    verb: str,
    *,
    allowed: Callable[[User, Task], bool] = may_settle_task,
) -> Task:
    held = _held(by, task, allowed)
    held.state, held.why = state, checked(Task, why=why)["why"]
    held.settled_at, held.settled_by = timezone.now(), by
    held.save(update_fields=["state", "why", "settled_at", "settled_by"])
    note_task(by, verb, held, changes={"state": state.value})
    return held


def _reason(why: str) -> str:
    if not why.strip():
        raise DomainError(_("Write a reason. It stays on record."), field="why")
    return why.strip()


def _check_owner(case: Case | None, *, user: User | None, others: bool) -> None:
    if user is not None and not user.is_active:
        raise DomainError(_("This account is closed. Choose somebody else."), field="who")
    if case is None or not case.sealed:
        return
    sees = user is not None and Case.objects.visible_to(user).filter(pk=case.pk).exists()
    if not sees or (others and user is None):
        raise DomainError(_("A task of a sealed case is given to its circle alone, by account."), field="who")
