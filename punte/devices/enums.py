from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DeviceKind(models.TextChoices):
    TEREN = "teren", pgettext_lazy("device", "Teren, in the browser")
    COLLECT = "collect", pgettext_lazy("device", "ODK Collect")


class DeviceState(models.TextChoices):
    """How a device stands with its keeper."""

    IN_USE = "in_use", _("In use")
    SIGNED_OUT = "signed_out", _("Signed out")
    LOST = "lost", _("Reported lost")
    REVOKED = "revoked", _("No longer let in")


HEARD = (DeviceState.IN_USE, DeviceState.SIGNED_OUT)
"""The states in which what a device wrote is taken in; one that signed out may have left a file of the unsent."""
