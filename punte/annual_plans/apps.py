from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext as _


class AnnualPlans(AppConfig):
    name = "punte.annual_plans"
    label = "annual_plans"

    def ready(self) -> None:
        """Approved plans come in with the reference data, of which the rooms below know nothing."""
        from punte.directory.signals import reference_loaded

        reference_loaded.connect(_load_plans, dispatch_uid="approved_plans")


def _load_plans(**_named: Any) -> str:
    from django.conf import settings

    from punte.annual_plans.actions import load_plans
    from punte.annual_plans.models import PlanVersion

    made = len(load_plans(settings.CONTENT / "plans"))
    return _("%(label)s: %(there)s (%(made)s new)") % {
        "label": _("approved plans"),
        "there": PlanVersion.objects.count(),
        "made": made,
    }
