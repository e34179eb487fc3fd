from django.db import models
from django.utils.translation import pgettext_lazy


class FormState(models.TextChoices):
    """What became of a questionnaire that a device sent."""

    ARRIVING = "arriving", pgettext_lazy("form from a device", "Files still to come")
    WAITING = "waiting", pgettext_lazy("form from a device", "Waits for a person")
    TAKEN = "taken", pgettext_lazy("form from a device", "Taken in")
    SET_ASIDE = "set_aside", pgettext_lazy("form from a device", "Set aside")
