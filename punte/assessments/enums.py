"""The closed lists of this room."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PackAbout(models.TextChoices):
    """What one filled questionnaire is about."""

    HOUSEHOLD = "household", _("A household")
    PERSON = "person", _("A person")


class UploadState(models.TextChoices):
    """How far a version that was uploaded has come."""

    CHECKED = "checked", pgettext_lazy("version of a methodology", "Checked")
    ASKED = "asked", pgettext_lazy("version of a methodology", "Waits for a second look")
    AGREED = "agreed", pgettext_lazy("version of a methodology", "Agreed to")
    WITHDRAWN = "withdrawn", pgettext_lazy("version of a methodology", "Withdrawn")
