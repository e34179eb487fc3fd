"""How far the search for a family has come."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchState(models.TextChoices):
    """What became of a search."""

    OPEN = "open", _("under way")
    DECIDED = "decided", _("a family was chosen")
    GIVEN_UP = "given_up", _("given up")
