"""Attendance: each row by itself, so that two leaders who write at once on two phones lose nothing of each other."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.models import TrailEntry, User
from punte.accounts.verbs import record, record_all, verb
from punte.gatherings.actions.series import sealed_people
from punte.gatherings.enums import ListKind, MeetingState, PresenceState
from punte.gatherings.group_permission import meeting_for, refuse_clients, refuse_names
from punte.gatherings.groups_content import COLLEAGUES, groups, kind_of
from punte.gatherings.models import Contradiction, Meeting, Presence
from punte.gatherings.roll import Line, roll_of
from punte.kernel.errors import DomainError, EditedMeanwhile
from punte.people.actions.checks import check_choice, check_lengths, tidy
from punte.people.models import Person
from punte.people.sight import hidden_from

MOST_COUNTED = 100_000
_NAME = 160


@verb
def take_attendance(
    *,
    by: User,
    meeting: Meeting,
    marks: Mapping[UUID, str],
    walk_ins: Sequence[str] = (),
    counted: int | None = None,
    knew: Mapping[UUID, int] | None = None,
) -> Meeting:
    """Write down who was there; the meeting is then held.

    Of two who write about the same person the later stands, and what stood before is in the trail. What was written
    without a signal was written in ignorance of the other: the colleague's mark stands, and somebody chooses.

    Args:
        marks: of people, colleagues or rows on the list of the meeting, their state; the others stay as they are.
        walk_ins: names of who came besides; a name alone, nobody's record.
        counted: how many came besides, without a name; None leaves what stands.
        knew: of what was written without a signal, the revision of each mark as the device knew it, 0 or nothing where
            it knew none; None for what is written in the office.

    Raises:
        NotAllowed: the account neither leads the series nor calls meetings in its institution.
        DomainError: the meeting is not yet, or was called off; somebody is not on the list; a name is empty.
    """
    held = _that_may_be_held(by, meeting)
    lines = {line.key: line for line in roll_of(by, held)}
    for key, state in marks.items():
        if key not in lines:
            raise DomainError(_("Somebody is not on the list of this meeting any more. Look at it again."))
        check_choice(Presence, "state", state)
    names = [_name(held, one) for one in walk_ins]
    if counted is not None and not 0 <= counted <= MOST_COUNTED:
        raise DomainError(_("Write how many they were, as a number."), field="counted")
    states = {lines[key]: state for key, state in marks.items()}
    if knew is not None:
        states = _undisputed(by, states, knew)
    _write(by, held, states, names)
    changes = _held(held, counted)
    record(by=by, verb="take_attendance", keeper=held.keeper_id, subject=held.pk, changes=changes)
    return held


def _that_may_be_held(by: User, meeting: Meeting) -> Meeting:
    held = meeting_for(by, meeting)
    if held.state not in (MeetingState.PLANNED, MeetingState.HELD):
        raise EditedMeanwhile(_("This meeting was moved or called off. Open the one that takes its place."))
    if held.day > timezone.localdate():
        raise DomainError(
            _("This meeting is on %(day)s: attendance is taken on the day or after it.")
            % {"day": held.day.strftime("%d.%m.%Y")}
        )
    return held


def _name(meeting: Meeting, name: str) -> str:
    series = meeting.series
    if series is not None and series.list_kind == ListKind.COUNTED:
        raise DomainError(_("This group only counts who comes: write how many, not who."), field="walk_in")
    if series is not None and series.list_kind == ListKind.CLOSED:
        raise DomainError(_("The list of this group is closed: put them on the list first."), field="walk_in")
    tidied = tidy(name)
    if not tidied:
        raise DomainError(_("Write the name of who came, or count them among the others."), field="walk_in")
    if len(tidied) > _NAME:
        raise DomainError(_("This name is too long."), field="walk_in")
    return tidied


def _undisputed(by: User, states: Mapping[Line, str], knew: Mapping[UUID, int]) -> dict[Line, str]:
    """The marks that no colleague contradicts; each of the others is kept beside what stands."""
    alone = {}
    for line, state in states.items():
        row = line.presence
        if row is None or _is_followed(row, by=by, state=state, knew=knew.get(line.key, 0)):
            alone[line] = state
        else:
            Contradiction.objects.update_or_create(
                presence=row,
                said_by=by,
                settled_at=None,
                defaults={"state": state, "said_at": timezone.now()},
            )
    return alone


def _is_followed(row: Presence, *, by: User, state: str, knew: int) -> bool:
    return row.noted_by_id == by.pk or row.state == state or row.revision == knew


def _write(by: User, meeting: Meeting, states: Mapping[Line, str], names: Sequence[str]) -> None:
    """All at once: what is there is changed, what is not is made, whoever wrote it; each with a line in the trail."""
    now = timezone.now()
    there = _written(meeting, states)
    new, changed, told = [], [], []
    for line, state in states.items():
        row = there.get(line.key)
        if row is None:
            row = Presence(meeting=meeting, person=line.person, user=line.user)
            new.append(row)
        elif row.state != state:
            changed.append(row)
        else:
            continue
        told.append((line, row.state, state))
        row.state, row.noted_by, row.noted_at = state, by, now
        row.revision += 1
    new += [
        Presence(
            meeting=meeting,
            name=name,
            state=PresenceState.PRESENT,
            walked_in=True,
            noted_by=by,
            noted_at=now,
        )
        for name in names
    ]
    Presence.objects.bulk_create(new)
    Presence.objects.bulk_update(changed, ["state", "noted_by", "noted_at", "revision"])
    if changed:
        _settle(by, Contradiction.objects.filter(presence__in=changed))
    _trace(by, meeting, told)


def _written(meeting: Meeting, lines: Collection[Line]) -> dict[UUID, Presence]:
    """The rows of these people that are there, those too that the account may not know of: they are written over."""
    people = [line.person.pk for line in lines if line.person is not None]
    rows = list(Presence.objects.filter(meeting=meeting, person__in=people))
    rows += [line.presence for line in lines if line.presence is not None and line.person is None]
    colleagues = [line.user.pk for line in lines if line.user is not None and line.presence is None]
    rows += list(Presence.objects.filter(meeting=meeting, user__in=colleagues)) if colleagues else []
    return {row.person_id or row.user_id or row.pk: row for row in rows}


def _trace(by: User, meeting: Meeting, told: Sequence[tuple[Line, str, str]]) -> None:
    people = [line.person.pk for line, _was, _is in told if line.person is not None]
    sealed = sealed_people(people) if people else frozenset()
    record_all(
        TrailEntry(
            actor=by,
            verb="note_presence",
            keeper=meeting.keeper_id,
            person=line.person.pk if line.person else None,
            subject=meeting.pk,
            sealed=line.person is not None and line.person.pk in sealed,
            changes={"was": was, "is": state} if was else {"is": state},
        )
        for line, was, state in told
    )


def _held(meeting: Meeting, counted: int | None) -> dict[str, list[int]]:
    changes = {}
    if counted is not None and counted != meeting.counted:
        changes["counted"] = [meeting.counted, counted]
        meeting.counted = counted
    meeting.state = MeetingState.HELD
    meeting.revision += 1
    meeting.save(update_fields=["state", "counted", "revision"])
    return changes


def _settle(by: User, open_ones: QuerySet[Contradiction]) -> int:
    return open_ones.filter(settled_at=None).update(settled_by=by, settled_at=timezone.now())


@verb
def settle_presence(*, by: User, presence: Presence, state: str) -> Presence:
    """Say how somebody's presence is, of whom two leaders wrote otherwise.

    Raises:
        NotAllowed: as for `take_attendance`.
        EditedMeanwhile: a colleague has chosen already, or nobody says otherwise.
        DomainError: the meeting was called off; the state is none of those that were said.
    """
    meeting = _that_may_be_held(by, presence.meeting)
    line = next((one for one in roll_of(by, meeting) if one.presence == presence), None)
    said = Contradiction.objects.filter(presence=presence, settled_at=None)
    if line is None or not said.exists():
        raise EditedMeanwhile(_("A colleague has chosen already."))
    if state not in {line.state, *said.values_list("state", flat=True)}:
        raise DomainError(_("Choose one of the values in the list."), field="state")
    _write(by, meeting, {line: state}, [])
    _settle(by, said)
    record(
        by=by, verb="settle_presence", keeper=meeting.keeper_id, person=presence.person_id, subject=meeting.pk
    )
    return presence


@verb
def recognise_walk_in(*, by: User, presence: Presence, person: Person) -> Presence:
    """Say which person of the record somebody is who came and was known by a name alone.

    Raises:
        NotAllowed: as for `take_attendance`.
        DomainError: they are known already, or the person is on the list of the meeting.
    """
    meeting = meeting_for(by, presence.meeting)
    held = Presence.objects.select_for_update(of=("self",), no_key=True).filter(pk=presence.pk).first()
    if held is None or not held.name:
        raise EditedMeanwhile(_("A colleague has said already who this is."))
    if not Person.objects.visible_to(by).filter(pk=person.pk).exists() or person.pk in hidden_from(by).people:
        raise DomainError(_("This cannot be recorded now. Ask your coordinator."))
    if Presence.objects.filter(meeting=meeting, person=person).exists():
        raise DomainError(_("%(person)s is on the list of this meeting already.") % {"person": person})
    held.person, held.name, held.noted_by, held.noted_at = person, "", by, timezone.now()
    held.save(update_fields=["person", "name", "noted_by", "noted_at"])
    record(
        by=by,
        verb="recognise_walk_in",
        keeper=meeting.keeper_id,
        person=person.pk,
        subject=meeting.pk,
        sealed=person.pk in sealed_people([person.pk]),
    )
    return held


@verb
def write_group_note(
    *,
    by: User,
    meeting: Meeting,
    note: str = "",
    themes: Sequence[str] = (),
    methods: Sequence[str] = (),
    length: int | None = None,
    reached: int | None = None,
) -> Meeting:
    """What was worked on, how, and a note without names (R34, R213); of a campaign how many it reached.

    Raises:
        NotAllowed: as for `take_attendance`.
        DomainError: the note names somebody of the list or, among colleagues, a client; an unknown theme or method.
    """
    held = _that_may_be_held(by, meeting)
    known = groups()
    if not set(themes) <= known.themes.keys() or not set(methods) <= known.methods.keys():
        raise DomainError(_("Choose one of the values in the list."), field="themes")
    check_lengths(Meeting, minutes=note)
    _refuse_names(by, held, note)
    held.minutes, held.themes, held.methods = note.strip(), list(themes), list(methods)
    held.length, held.reached = length, reached
    if reached is not None:
        held.state = MeetingState.HELD
    held.save(update_fields=["minutes", "themes", "methods", "length", "reached", "state"])
    record(by=by, verb="write_group_note", keeper=held.keeper_id, subject=held.pk)
    return held


def _refuse_names(by: User, meeting: Meeting, note: str) -> None:
    if not note.strip():
        return
    kind = kind_of(meeting.kind)
    if kind is not None and kind.people == COLLEAGUES:
        refuse_clients(by, note, field="note")
        return
    people = [line.person for line in roll_of(by, meeting) if line.person is not None]
    refuse_names(note, people, field="note")
