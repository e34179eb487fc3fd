"""The closed lists of this room."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PackAbout(models.TextChoices):
    """What one filled questionnaire is about."""

    HOUSEHOLD = "household", _("A household")
    PERSON = "person", _("A person")
