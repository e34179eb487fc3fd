from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

BUDGETS = ("local", "county", "state", "contributions", "other")
"""The five sources of money of a service, in the order of the model plan."""


class PlanStatus(models.TextChoices):
    """A draft is edited; a checked plan waits for approval; an approved one is frozen as a version."""

    DRAFT = "draft", pgettext_lazy("annual plan", "Draft")
    CHECKED = "checked", pgettext_lazy("annual plan", "Waiting for approval")
    APPROVED = "approved", pgettext_lazy("annual plan", "Approved")


class Section(models.TextChoices):
    """The parts of the annual plan, in the order of the model of Ordin 1086/2018; each holds rows of one kind."""

    LEGAL_BASIS = "legal_basis", _("Legal basis")
    CONSULTATION = "consultation", _("Providers consulted")
    CONTENTS = "contents", _("What the plan holds")
    EXISTING = "existing", _("I.A Existing services")
    PROPOSED = "proposed", _("I.B Services to establish")
    CONTRACTING = "contracting", _("I.C Contracting and grants")
    ELIGIBLE = "eligible", _("I.D.1 Services eligible for subsidies")
    SUBSIDY_EXPENSES = "subsidy_expenses", _("I.D.2 Expenses that may be subsidised")
    SUBSIDIES = "subsidies", _("I.D.3 Budget of the subsidies")
    INFORMATION = "information", _("II Information of the public")
    CAMPAIGNS = "campaigns", _("II.4 Campaigns")
    TRAINING = "training", _("III.1 Training")
    METHODOLOGY = "methodology", _("III Meetings, methodology and supervision")
    SIGNATURES = "signatures", _("Signatures")
