from django.db import models
from django.utils.translation import gettext_lazy as _


class ApplicationState(models.TextChoices):
    """How far an application that a resident began has come."""

    BEGUN = "begun", _("begun on the site")
    TIED = "tied", _("household found")
    FINISHED = "finished", _("finished at the desk")
    CLOSED = "closed", _("closed without an application")


OPEN = (ApplicationState.BEGUN, ApplicationState.TIED)
