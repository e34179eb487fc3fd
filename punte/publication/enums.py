from django.db import models
from django.utils.translation import pgettext_lazy


class ItemKind(models.TextChoices):
    FORM = "form", pgettext_lazy("published", "Form to fill in")
    LIST = "list", pgettext_lazy("published", "List")
    STATISTICS = "statistics", pgettext_lazy("published", "Statistics")
    REPORT = "report", pgettext_lazy("published", "Report")
    STRATEGY = "strategy", pgettext_lazy("published", "Strategy")
    PLAN = "plan", pgettext_lazy("published", "Annual plan")
    MINUTES = "minutes", pgettext_lazy("published", "Minutes")
    ANNOUNCEMENT = "announcement", pgettext_lazy("published", "Announcement")


class DutyStatus(models.TextChoices):
    """How a duty stands today."""

    LATE = "late", pgettext_lazy("duty", "Late")
    SOON = "soon", pgettext_lazy("duty", "Due soon")
    NEVER = "never", pgettext_lazy("duty", "Not met yet")
    MET = "met", pgettext_lazy("duty", "Up to date")
    NOT_OURS = "not_ours", pgettext_lazy("duty", "Does not apply here")
