from django.db import models
from django.utils.translation import pgettext_lazy


class NotificationState(models.TextChoices):
    """Where a notification stands; a proposal, no source gives the list."""

    RECEIVED = "received", pgettext_lazy("notification", "Registered")
    TRIAGE = "triage", pgettext_lazy("notification", "Urgency decided")
    ASSIGNED = "assigned", pgettext_lazy("notification", "Given to be checked")
    VISITED = "visited", pgettext_lazy("notification", "Checked on the spot")
    UNREACHABLE = "unreachable", pgettext_lazy("notification", "Family not found")
    ACCESS_REFUSED = "access_refused", pgettext_lazy("notification", "Entry refused")
    CONFIRMED = "confirmed", pgettext_lazy("notification", "Confirmed")
    NOT_CONFIRMED = "not_confirmed", pgettext_lazy("notification", "Not confirmed")
    UNDETERMINED = "undetermined", pgettext_lazy("notification", "Could not be established")
    SENT_ON = "sent_on", pgettext_lazy("notification", "Sent on")
    MERGED = "merged", pgettext_lazy("notification", "Joined to another")
    CASE_OPENED = "case_opened", pgettext_lazy("notification", "Case opened")
    CLOSED = "closed", pgettext_lazy("notification", "Closed")


OPEN = (
    NotificationState.RECEIVED,
    NotificationState.TRIAGE,
    NotificationState.ASSIGNED,
    NotificationState.VISITED,
    NotificationState.UNREACHABLE,
    NotificationState.ACCESS_REFUSED,
    NotificationState.CONFIRMED,
    NotificationState.NOT_CONFIRMED,
    NotificationState.UNDETERMINED,
)
"""Those about which something is still to be decided."""
TRIED = (NotificationState.VISITED, NotificationState.UNREACHABLE, NotificationState.ACCESS_REFUSED)
"""What a way to the family may come to."""
RESULTS = (
    NotificationState.CONFIRMED,
    NotificationState.NOT_CONFIRMED,
    NotificationState.UNDETERMINED,
)
"""What a check may come to."""
UNCHECKED = (
    NotificationState.RECEIVED,
    NotificationState.TRIAGE,
    NotificationState.ASSIGNED,
    NotificationState.UNREACHABLE,
    NotificationState.ACCESS_REFUSED,
)
"""Where the term of the first check still runs."""


class Danger(models.TextChoices):
    NO = "no", pgettext_lazy("danger", "No")
    UNKNOWN = "unknown", pgettext_lazy("danger", "Not known")
    YES = "yes", pgettext_lazy("danger", "Yes")


class Level(models.IntegerChoices):
    """How soon somebody goes."""

    TERM = 1, pgettext_lazy("urgency", "Within the term")
    TODAY = 2, pgettext_lazy("urgency", "Today")
    NOW = 3, pgettext_lazy("urgency", "At once")


class PersonRole(models.TextChoices):
    CHILD = "child", pgettext_lazy("notified person", "Child")
    ADULT = "adult", pgettext_lazy("notified person", "Adult")
    CAREGIVER = "caregiver", pgettext_lazy("notified person", "Parent or caregiver")
    ALLEGED_AGGRESSOR = "alleged_aggressor", pgettext_lazy("notified person", "Alleged aggressor")


class Decision(models.TextChoices):
    """How a notification ended."""

    CASE = "case", pgettext_lazy("decision", "A case")
    SENT_ON = "sent_on", pgettext_lazy("decision", "Sent on to the institution that is competent")
    REFERRED = "referred", pgettext_lazy("decision", "Referred to a service")
    ADVICE = "advice", pgettext_lazy("decision", "Advice was given")
    NO_ACTION = "no_action", pgettext_lazy("decision", "No further action")


CLOSING = (Decision.REFERRED, Decision.ADVICE, Decision.NO_ACTION)


class Certainty(models.TextChoices):
    SUSPECTED = "suspected", pgettext_lazy("abuse", "suspected")
    CONFIRMED = "confirmed", pgettext_lazy("abuse", "confirmed")


class EventKind(models.TextChoices):
    RECEIVED = "received", pgettext_lazy("notification event", "Registered")
    TRIAGED = "triaged", pgettext_lazy("notification event", "Urgency decided")
    ASSIGNED = "assigned", pgettext_lazy("notification event", "Given to be checked")
    TEAM_LEFT = "team_left", pgettext_lazy("notification event", "The team left")
    TEAM_ARRIVED = "team_arrived", pgettext_lazy("notification event", "The team arrived")
    TEAM_BACK = "team_back", pgettext_lazy("notification event", "The team is back")
    TRIED = "tried", pgettext_lazy("notification event", "On the way to the family")
    CONCLUDED = "concluded", pgettext_lazy("notification event", "Result of the check")
    KNOWN = "known", pgettext_lazy("notification event", "Found among those known")
    JOINED = "joined", pgettext_lazy("notification event", "Joined")
    DECIDED = "decided", pgettext_lazy("notification event", "Decided")
    NOTE = "note", pgettext_lazy("notification event", "Note")
    ADDED = "added", pgettext_lazy("notification event", "Added by the notifier")


class MarkKind(models.TextChoices):
    NAME = "name"
    PHONE = "phone"
    PLACE = "place"
