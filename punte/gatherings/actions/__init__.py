"""What is done with bodies, meetings and tasks, one verb each."""

from punte.gatherings.actions.agenda import bring_case, write_agenda
from punte.gatherings.actions.bodies import end_body, leave_seat, make_body, take_seat
from punte.gatherings.actions.calling import call_conference, call_session, cancel_meeting, move_meeting
from punte.gatherings.actions.inviting import Invitee, answer_invitation, invite, note_answer, note_heard
from punte.gatherings.actions.minutes import decide, freeze_minutes, write_minutes
from punte.gatherings.actions.planning import put_in_plan
from punte.gatherings.actions.tasks import (
    drop_task,
    finish_task,
    give_task,
    hand_task,
    move_task,
    refuse_task,
)

__all__ = [
    "Invitee",
    "answer_invitation",
    "bring_case",
    "call_conference",
    "call_session",
    "cancel_meeting",
    "decide",
    "drop_task",
    "end_body",
    "finish_task",
    "freeze_minutes",
    "give_task",
    "hand_task",
    "invite",
    "leave_seat",
    "make_body",
    "move_meeting",
    "move_task",
    "note_answer",
    "note_heard",
    "put_in_plan",
    "refuse_task",
    "take_seat",
    "write_agenda",
    "write_minutes",
]
