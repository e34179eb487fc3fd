from django.db import models
from django.utils.translation import gettext_lazy as _


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
    DRAFT = "draft", _("Draft")
    ADOPTED = "adopted", _("In force")
    SUPERSEDED = "superseded", _("Replaced")


class Progress(models.TextChoices):
    NOT_STARTED = "not_started", _("Not started")
    UNDER_WAY = "under_way", _("Under way")
    ACHIEVED = "achieved", _("Achieved")
    GIVEN_UP = "given_up", _("Given up")


class AgreementWay(models.TextChoices):
    SIGNED = "signed", _("Signed on paper")
    SPOKEN = "spoken", _("Spoken, with a witness")
    BY_PHONE = "by_phone", _("By phone")


class ReferralStatus(models.TextChoices):
    SENT = "sent", _("Sent")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")
    DONE = "done", _("Done")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class InterventionMode(models.TextChoices):
    """How a contact happened; what was done is a code of the methodology."""

    HOME_VISIT = "home_visit", _("Home visit")
    OFFICE = "office", _("At the office")
    PHONE = "phone", _("By phone")
    WITH_INSTITUTION = "with_institution", _("With an institution")
    ACCOMPANIMENT = "accompaniment", _("Accompaniment")
    OTHER = "other", _("Other")
