"""What groups hand over: the words of their verbs, the tables of an extract, what they keep of somebody."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from punte.accounts.guests import Field, Guest
from punte.gatherings import field
from punte.gatherings.groups_extract import tables
from punte.gatherings.groups_keeps import KEEPS

WORDS = {
    "create_series": _("began a group"),
    "change_series": _("changed a group"),
    "plan_meetings": _("planned meetings of a group"),
    "move_group_meeting": _("moved a meeting of a group"),
    "cancel_group_meeting": _("called a meeting of a group off"),
    "enrol": _("put somebody on the list of a group"),
    "agree_to_group": _("recorded that somebody agreed to come to a group"),
    "enrolment_consent": _("opened what somebody agreed to in a group"),
    "end_enrolment": _("took somebody off the list of a group"),
    "take_attendance": _("took the attendance of a meeting"),
    "note_presence": _("noted whether somebody was at a meeting"),
    "settle_presence": _("chose between two marks of who was at a meeting"),
    "recognise_walk_in": _("said who somebody is who came to a meeting"),
    "write_group_note": _("wrote what was worked on in a meeting"),
    "tell_case": _("told those who work with a person what was seen in a group"),
    "take_note": _("read what was seen in a group"),
    "note_day": _("noted a child's day in the day centre"),
    "hand_child_over": _("noted that a child was handed over"),
    "give_training_place": _("gave a place in a training"),
    "certify": _("noted the certificate of a training"),
    "subscribe": _("put somebody on the list of a newsletter"),
    "unsubscribe": _("took somebody off the list of a newsletter"),
    "begin_placement": _("took in a student or a volunteer"),
    "log_placement_day": _("noted a day of a student or a volunteer"),
    "evaluate_placement": _("evaluated a student or a volunteer"),
    "open_to_student": _("opened a part of the case to a student or a volunteer"),
    "close_to_student": _("closed a part of the case to a student or a volunteer"),
    "opened_record": _("read what a supervisor opened"),
    "group": _("opened a group"),
    "attendance": _("opened the attendance of a meeting"),
    "group_month": _("looked at the month of a day centre"),
    "observation": _("opened what was seen in a group"),
    "attendance_sheet": _("made an attendance sheet"),
}

FIELD = Field(
    kind="attendance",
    called=pgettext_lazy("entry from a device", "Attendance of a meeting"),
    reference=field.reference,
    apply=field.apply,
)

GROUPS = Guest("groups", field=FIELD, extract=tables, keeps=KEEPS, words=WORDS)
