from django.db import models
from django.utils.translation import pgettext_lazy


class MeetingState(models.TextChoices):
    """What became of a meeting that somebody called."""

    PLANNED = "planned", pgettext_lazy("meeting", "planned")
    HELD = "held", pgettext_lazy("meeting", "held")
    MOVED = "moved", pgettext_lazy("meeting", "moved")
    CANCELLED = "cancelled", pgettext_lazy("meeting", "cancelled")


class MeetingMode(models.TextChoices):
    """Where people meet."""

    ROOM = "room", pgettext_lazy("meeting", "in a room")
    ONLINE = "online", pgettext_lazy("meeting", "on-line")
    BOTH = "both", pgettext_lazy("meeting", "in a room and on-line")


class ListKind(models.TextChoices):
    """Who comes to the meetings of a series."""

    CLOSED = "closed", pgettext_lazy("series of meetings", "who is enrolled")
    OPEN = "open", pgettext_lazy("series of meetings", "who is enrolled and who walks in")
    COUNTED = "counted", pgettext_lazy("series of meetings", "only counted, nobody by name")


class InvitedAs(models.TextChoices):
    """As what somebody is invited: it decides what the invitation says."""

    COLLEAGUE = "colleague", pgettext_lazy("invited as", "colleague")
    PARTNER = "partner", pgettext_lazy("invited as", "partner")
    FAMILY = "family", pgettext_lazy("invited as", "family")
    CHILD = "child", pgettext_lazy("invited as", "child")
    MEMBER = "member", pgettext_lazy("invited as", "member")


class InvitationState(models.TextChoices):
    """What was answered to an invitation."""

    ASKED = "asked", pgettext_lazy("invitation", "not answered")
    ACCEPTED = "accepted", pgettext_lazy("invitation", "comes")
    DECLINED = "declined", pgettext_lazy("invitation", "does not come")
    STATEMENT = "statement", pgettext_lazy("invitation", "sent their view")
    WITHDRAWN = "withdrawn", pgettext_lazy("invitation", "withdrawn")
    # Of a child who might have been asked and was not; the row says why.
    NOT_ASKED = "not_asked", pgettext_lazy("invitation", "not invited")


STANDING = (InvitationState.ASKED, InvitationState.ACCEPTED, InvitationState.STATEMENT)
"""Who is still expected, or answered with more than a no."""


class PresenceState(models.TextChoices):
    """Whether somebody was there."""

    PRESENT = "present", pgettext_lazy("presence", "present")
    LATE = "late", pgettext_lazy("presence", "came late")
    LEFT_EARLY = "left_early", pgettext_lazy("presence", "left early")
    EXCUSED = "excused", pgettext_lazy("presence", "excused")
    ABSENT = "absent", pgettext_lazy("presence", "absent")


WAS_THERE = (PresenceState.PRESENT, PresenceState.LATE, PresenceState.LEFT_EARLY)
"""What counts as a participation."""


class TaskState(models.TextChoices):
    """What became of a task."""

    OPEN = "open", pgettext_lazy("task", "to be done")
    DONE = "done", pgettext_lazy("task", "done")
    REFUSED = "refused", pgettext_lazy("task", "refused")
    DROPPED = "dropped", pgettext_lazy("task", "given up")


class EnrolmentEnd(models.TextChoices):
    """How somebody's enrolment in a series ended."""

    FINISHED = "finished", pgettext_lazy("enrolment", "finished")
    LEFT = "left", pgettext_lazy("enrolment", "stopped coming")
    MOVED_AWAY = "moved_away", pgettext_lazy("enrolment", "moved away")
    DIED = "died", pgettext_lazy("enrolment", "died")
    MISTAKE = "mistake", pgettext_lazy("enrolment", "entered by mistake")
    JOINED = "joined", pgettext_lazy("enrolment", "two files were joined")
    WITHDRAWN = "withdrawn", pgettext_lazy("enrolment", "took the consent back")


class ContactMode(models.TextChoices):
    """How a parent was spoken with in the morning."""

    FACE = "face", pgettext_lazy("contact with a parent", "face to face")
    PHONE = "phone", pgettext_lazy("contact with a parent", "by phone")
    MESSAGE = "message", pgettext_lazy("contact with a parent", "by a message")


class PlacementKind(models.TextChoices):
    """As what somebody works here without being employed."""

    STUDENT = "student", pgettext_lazy("placement", "student in practice")
    VOLUNTEER = "volunteer", pgettext_lazy("placement", "volunteer")
