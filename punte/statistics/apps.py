from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext as _


class Statistics(AppConfig):
    name = "punte.statistics"
    label = "statistics"

    def ready(self) -> None:
        """The stated needs come in with the reference data, of which the rooms below know nothing."""
        from punte.directory.signals import reference_loaded

        reference_loaded.connect(_load_needs, dispatch_uid="stated_needs")


def _load_needs(*, folder: Path, **_named: Any) -> str:
    from punte.statistics.actions import load_needs

    there, made = load_needs(folder)
    return _("%(label)s: %(there)s (%(made)s new)") % {
        "label": _("stated needs"),
        "there": there,
        "made": made,
    }
