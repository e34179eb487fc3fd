from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PetitionKind(models.TextChoices):
    REQUEST = "request", pgettext_lazy("petition", "Request")
    COMPLAINT = "complaint", pgettext_lazy("petition", "Complaint")
    PETITION = "petition", pgettext_lazy("petition", "Petition or proposal")
    INFORMATION = "info_544", pgettext_lazy("petition", "Request for public information (Law 544/2001)")
    OWN_DATA = "own_data", pgettext_lazy("petition", "Request about one's own data (GDPR)")


class PetitionStatus(models.TextChoices):
    RECEIVED = "received", pgettext_lazy("petition status", "Registered")
    IN_WORK = "in_work", pgettext_lazy("petition status", "Being worked on")
    REDIRECTED = "redirected", pgettext_lazy("petition status", "Sent to another institution")
    ANSWERED = "answered", pgettext_lazy("petition status", "Answered")
    CLOSED = "closed", pgettext_lazy("petition status", "Filed")


class Mail(models.TextChoices):
    """What became of telling the petitioner by e-mail."""

    WAITS = "waits", _("E-mail about to be sent")
    SENT = "sent", _("Told by e-mail")
    FAILED = "failed", _("The e-mail could not be sent")


OPEN = (PetitionStatus.RECEIVED, PetitionStatus.IN_WORK)
"""Those that still wait for an answer."""


class Channel(models.TextChoices):
    ONLINE = "online", pgettext_lazy("petition channel", "On this site")
    OFFICE = "office", pgettext_lazy("petition channel", "At the office")
    POST = "post", pgettext_lazy("petition channel", "By post")
    EMAIL = "email", pgettext_lazy("petition channel", "By e-mail")


class EventKind(models.TextChoices):
    RECEIVED = "received", pgettext_lazy("petition event", "Registered")
    ASSIGNED = "assigned", pgettext_lazy("petition event", "Given to a worker")
    NOTE = "note", pgettext_lazy("petition event", "Internal note")
    MESSAGE = "message", pgettext_lazy("petition event", "Message from the petitioner")
    EXTENDED = "extended", pgettext_lazy("petition event", "Term extended")
    REDIRECTED = "redirected", pgettext_lazy("petition event", "Sent to another institution")
    ANSWERED = "answered", pgettext_lazy("petition event", "Answered")
    CLOSED = "closed", pgettext_lazy("petition event", "Filed")
    ABOUT = "about", pgettext_lazy("petition event", "Workers named")


class ClosingReason(models.TextChoices):
    """Why a petition is filed without another answer (OG 27/2002, art. 7 and art. 10)."""

    ANSWERED = "answered", _("The answer was given, nothing is left to do")
    ANONYMOUS = "anonymous", _("Without the name or the address of the petitioner (OG 27/2002, art. 7)")
    REPEATED = "repeated", _("The same petitioner was answered about the same matter (OG 27/2002, art. 10)")
    WITHDRAWN = "withdrawn", _("The petitioner gave it up")
