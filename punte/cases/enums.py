from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Regime(models.TextChoices):
    """Set by professional judgement, in any direction, never as stages (R1, R2)."""

    INTENSIVE = "intensive", _("Intensive case management")
    STANDARD = "standard", _("Standard case management")
    MONITORING = "monitoring", _("Monitoring")


class Outcome(models.TextChoices):
    OBJECTIVES_MET = "objectives_met", _("Objectives met")
    PARTLY_MET = "partly_met", _("Objectives partly met")
    DECLINED = "declined", _("The family declined support")
    MOVED = "moved", _("Moved to another UAT")
    TRANSFERRED = "transferred", _("Taken over by another service")
    DIED = "died", _("Death")


class PlanStatus(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("plan", "Draft")
    ADOPTED = "adopted", pgettext_lazy("plan", "In force")
    SUPERSEDED = "superseded", pgettext_lazy("plan", "Replaced")


class Progress(models.TextChoices):
    NOT_STARTED = "not_started", pgettext_lazy("objective", "Not started")
    UNDER_WAY = "under_way", pgettext_lazy("objective", "Under way")
    ACHIEVED = "achieved", pgettext_lazy("objective", "Achieved")
    GIVEN_UP = "given_up", pgettext_lazy("objective", "Given up")


class AgreementWay(models.TextChoices):
    SIGNED = "signed", _("Signed on paper")
    SPOKEN = "spoken", _("Spoken, with a witness")
    BY_PHONE = "by_phone", _("By phone")


class ReminderKind(models.TextChoices):
    """What a family is reminded of."""

    VISIT = "visit", pgettext_lazy("reminder", "A visit")
    PAPER = "paper", pgettext_lazy("reminder", "A paper that expires")


class AnswerWay(models.TextChoices):
    """How the answer to a referral came."""

    ACCOUNT = "account", pgettext_lazy("answer", "In Punte")
    CODE = "code", pgettext_lazy("answer", "With the code of the letter")
    WRITTEN_DOWN = "written", pgettext_lazy("answer", "Written down by the worker")


class ReferralStatus(models.TextChoices):
    SENT = "sent", pgettext_lazy("referral", "Sent")
    ACCEPTED = "accepted", pgettext_lazy("referral", "Accepted")
    REFUSED = "refused", pgettext_lazy("referral", "Refused")
    DONE = "done", pgettext_lazy("referral", "Done")
    WITHDRAWN = "withdrawn", pgettext_lazy("referral", "Withdrawn")


class InterventionMode(models.TextChoices):
    """How a contact happened; what was done is a code of the methodology."""

    HOME_VISIT = "home_visit", pgettext_lazy("contact", "Home visit")
    OFFICE = "office", pgettext_lazy("contact", "At the office")
    PHONE = "phone", pgettext_lazy("contact", "By phone")
    WITH_INSTITUTION = "with_institution", pgettext_lazy("contact", "With an institution")
    ACCOMPANIMENT = "accompaniment", pgettext_lazy("contact", "Accompaniment")
    OTHER = "other", pgettext_lazy("contact", "Other")


class VisitStatus(models.TextChoices):
    """What became of a planned visit: one that was moved leads to the visit that took its place, one that was called
    off fell away with the closing of its case."""

    PLANNED = "planned", pgettext_lazy("visit", "Planned")
    HELD = "held", pgettext_lazy("visit", "Took place")
    MOVED = "moved", pgettext_lazy("visit", "Moved")
    NOT_HELD = "not_held", pgettext_lazy("visit", "Did not take place")
    CALLED_OFF = "called_off", pgettext_lazy("visit", "Called off")


class CaseDeed(models.TextChoices):
    """What may wait for a second person, by the name of its verb."""

    ADOPT_PLAN = "adopt_plan", _("The plan comes into force")
    CLOSE_CASE = "close_case", _("The case is closed")
    LOWER_SEVERITY = "lower_severity", _("The severity is lowered")
    MOVE_ENTRY = "move_entry", _("An entry of a register is carried on")


class ApprovalState(models.TextChoices):
    ASKED = "asked", pgettext_lazy("approval", "Waits for an answer")
    GIVEN = "given", pgettext_lazy("approval", "Approved")
    GIVEN_BACK = "given_back", pgettext_lazy("approval", "Given back")
    WITHDRAWN = "withdrawn", pgettext_lazy("approval", "Withdrawn")


class TransferState(models.TextChoices):
    OFFERED = "offered", pgettext_lazy("transfer", "Waits for an answer")
    ACCEPTED = "accepted", pgettext_lazy("transfer", "Taken over")
    DECLINED = "declined", pgettext_lazy("transfer", "Not taken over")
    WITHDRAWN = "withdrawn", pgettext_lazy("transfer", "Withdrawn")
    ENDED = "ended", pgettext_lazy("transfer", "Ended")


class TieKind(models.TextChoices):
    """Why two cases belong together."""

    SIBLINGS = "siblings", pgettext_lazy("tie", "Brothers and sisters placed apart")
    TWO_HOMES = "two_homes", pgettext_lazy("tie", "Two households of one child")
