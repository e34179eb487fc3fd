"""The verbs of meetings as the trail says them."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: Mapping[str, str | Promise] = {
    "case_meetings": _("looked at the meetings of the case"),
    "case_institutions": _("looked at what went between the case and institutions"),
    "conference_form": _("opened the page on which a conference is called"),
    "meeting": _("read a meeting"),
    "meeting_form": _("opened a page on which a meeting is written"),
    "invitation": _("read an invitation"),
    "invitation_letter": _("took the letter of an invitation"),
    "minutes_draft": _("looked at the minutes before they were issued"),
    "minutes_pdf": _("took the minutes of a meeting"),
    "task": _("read a task"),
    "call_conference": _("called a conference of the case"),
    "call_session": _("called a session of a body"),
    "move_meeting": _("moved a meeting"),
    "cancel_meeting": _("called a meeting off"),
    "invite_to_meeting": _("invited somebody to a meeting"),
    "answer_invitation": _("answered an invitation"),
    "note_answer": _("wrote down the answer to an invitation"),
    "note_heard": _("wrote down whether somebody was heard by themselves"),
    "write_agenda": _("wrote the agenda of a meeting"),
    "bring_case": _("brought a case before a body, without a name"),
    "write_minutes": _("wrote in the minutes of a meeting"),
    "decide": _("wrote down a decision of a meeting"),
    "put_in_plan": _("put a decision of a meeting into the plan"),
    "freeze_minutes": _("closed the minutes of a meeting"),
    "issue_minutes": _("issued the minutes of a meeting"),
    "give_task": _("gave somebody a task"),
    "finish_task": _("said that a task is done"),
    "refuse_task": _("refused a task"),
    "drop_task": _("gave a task up"),
    "move_task": _("put a task on another day"),
    "hand_task": _("gave a task to somebody else"),
    "body_report_draft": _("looked at the report of a body before it was issued"),
    "body_report_file": _("took the report of a body"),
    "issue_body_report": _("issued the report of a body"),
    "make_body": _("recorded a body"),
    "end_body": _("ended the mandate of a body"),
    "take_seat": _("recorded a member of a body"),
    "leave_seat": _("ended the seat of a member of a body"),
}
