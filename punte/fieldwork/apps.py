from typing import Any

from django.apps import AppConfig
from django.utils import timezone


class Fieldwork(AppConfig):
    name = "punte.fieldwork"
    label = "fieldwork"

    def ready(self) -> None:
        """What a team allowed for a sealed case is not still allowed when the case is sealed again."""
        from punte.accounts.guests import hand_over
        from punte.cases.signals import case_unsealed
        from punte.fieldwork.keeps import KEPT

        hand_over(KEPT)
        case_unsealed.connect(_end_permits, dispatch_uid="field_permits")


def _end_permits(*, case: Any, **_named: Any) -> None:
    case.field_permits.current().update(end=timezone.localdate())
