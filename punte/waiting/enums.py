from django.db import models
from django.utils.translation import pgettext_lazy


class WaitingState(models.TextChoices):
    """Where somebody stands on the list of a service."""

    WAITING = "waiting", pgettext_lazy("waiting list", "waits")
    OFFERED = "offered", pgettext_lazy("waiting list", "a place is offered")
    PLACED = "placed", pgettext_lazy("waiting list", "has a place")
    LEFT = "left", pgettext_lazy("waiting list", "has left the service")
    WITHDRAWN = "withdrawn", pgettext_lazy("waiting list", "waits no more")


class EndedBy(models.TextChoices):
    """What ended an entry by itself, and may be taken back with it."""

    DEATH = "death", pgettext_lazy("waiting list", "the person died")
    JOIN = "join", pgettext_lazy("waiting list", "two files were joined")


STANDS = (WaitingState.WAITING, WaitingState.OFFERED)
"""On the list."""
