"""The pages of a case, which several areas of screens show together."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from punte.cases.models import Case


def case_tabs(case: Case, current: str) -> list[dict[str, Any]]:
    """The address and label of each page of a case, the one named `current` marked; last, who has seen it."""
    pages = (
        ("case", _("In brief")),
        ("case_assessments", _("Assessments")),
        ("case_plan", _("Plan")),
        ("case_interventions", _("Interventions")),
        ("case_referrals", _("Referrals")),
        ("case_regime", _("Regime")),
        ("case_team", _("Team")),
        ("case_documents", _("Documents")),
    )
    tabs = [
        {"url": reverse(name, args=[case.pk]), "label": label, "current": name == current}
        for name, label in pages
    ]
    trail = reverse("household_trail", args=[case.household_id])
    return [*tabs, {"url": trail, "label": _("Who has seen it"), "current": False}]
