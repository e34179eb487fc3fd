from django.db import models
from django.utils.translation import pgettext_lazy


class FormState(models.TextChoices):
    """What became of a questionnaire that a device sent."""

    ARRIVING = "arriving", pgettext_lazy("form from a device", "Files still to come")
    WAITING = "waiting", pgettext_lazy("form from a device", "Waits for a person")
    TAKEN = "taken", pgettext_lazy("form from a device", "Taken in")
    SET_ASIDE = "set_aside", pgettext_lazy("form from a device", "Set aside")


class EntryKind(models.TextChoices):
    """What a device without a signal may write down, in the words of the wire."""

    HOUSEHOLD_NEW = "household_new", pgettext_lazy("entry from a device", "New household")
    HOUSEHOLD_CHANGE = "household_change", pgettext_lazy("entry from a device", "Household changed")
    CASE_OPEN = "case_open", pgettext_lazy("entry from a device", "Case opened")
    ASSESSMENT = "assessment", pgettext_lazy("entry from a device", "Assessment")
    PLAN = "plan", pgettext_lazy("entry from a device", "Draft plan")
    INTERVENTION = "intervention", pgettext_lazy("entry from a device", "Intervention")
    FILE = "file", pgettext_lazy("entry from a device", "Photograph or signature")


class EntryStatus(models.TextChoices):
    """How an entry was answered; what was refused or waits is not kept, because the device keeps it."""

    APPLIED = "applied", pgettext_lazy("entry from a device", "In the record")
    CONFLICT = "conflict", pgettext_lazy("entry from a device", "To be settled")


class FileKind(models.TextChoices):
    PHOTO = "photo", pgettext_lazy("file from a device", "Photograph")
    SIGNATURE = "signature", pgettext_lazy("file from a device", "Signature")
