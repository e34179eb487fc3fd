"""How much each worker carries beside the norm of the service, for who assigns.

The weights contain sealed cases, as the figures of the team's page do; no list names those.
"""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from punte.accounts.models import User
from punte.cases.models import Case
from punte.cases.policy import CaseloadNorm, caseload_norm
from punte.kernel.prepared import Prepared


@dataclass(frozen=True)
class Carried:
    """The open cases of one worker, counted by regime, beside the norm."""

    of: CaseloadNorm
    by_regime: Mapping[str, int] = field(default_factory=dict)

    @property
    def cases(self) -> int:
        """How many they are."""
        return sum(self.by_regime.values())

    @cached_property
    def weight(self) -> int:
        """What they weigh."""
        return self.of.weight(self.by_regime)

    @property
    def is_over(self) -> bool:
        """Whether they weigh more than the norm."""
        return self.weight > self.of.norm

    def beside_norm(self, *, more: int = 0) -> str:
        """The weight and the norm in words, and whether it goes over with `more`."""
        words = _("load %(weight)s of %(norm)s") % {"weight": self.weight, "norm": self.of.norm}
        if self.is_over:
            return _("%(load)s, over the norm") % {"load": words}
        if self.weight + more > self.of.norm:
            return _("%(load)s, goes over the norm with this case") % {"load": words}
        return words


@dataclass(frozen=True)
class Loads:
    """What the workers of some keepers carry."""

    of: CaseloadNorm
    by_worker: Mapping[UUID, Carried]

    @classmethod
    def read(cls, keepers: Collection[UUID]) -> "Loads":
        """The open cases of organisations by who answers for them (one query)."""
        norm = caseload_norm()
        counted: dict[UUID, dict[str, int]] = {}
        for worker, regime, cases in _carried(keepers=keepers):
            counted.setdefault(worker, {})[regime] = cases
        return cls(norm, {worker: Carried(norm, by_regime) for worker, by_regime in counted.items()})

    def of_worker(self, worker: UUID) -> Carried:
        """What one worker carries."""
        return self.by_worker.get(worker) or Carried(self.of)

    def choice(self, worker: User, *, case: Case | None = None) -> tuple[str, str]:
        """The worker as a choice, with the load beside the norm; `case` is the one that would be given."""
        carried = self.of_worker(worker.pk)
        more = self.of.weights[case.regime] if case and case.responsible_id != worker.pk else 0
        words = ngettext("%(name)s, has %(n)s case", "%(name)s, has %(n)s cases", carried.cases)
        named = words % {"name": worker.name, "n": carried.cases}
        return str(worker.pk), f"{named}, {carried.beside_norm(more=more)}"


_carried = Prepared(
    lambda keepers: (
        Case.objects.filter(keeper__in=keepers, open=True)
        .exclude(responsible=None)
        .order_by()
        .values_list("responsible", "regime")
        .annotate(cases=Count("*"))
    )
)


def warning_of_load(worker: User, cases: Sequence[Case], *, start: dt.date | None = None) -> str:
    """That a worker carries more than the norm since some cases were given; empty where it is not so.

    Args:
        start: the first day, where it is still to come: then the cases are added to what is carried today.
    """
    loads = Loads.read({case.keeper_id for case in cases})
    weight = loads.of_worker(worker.pk).weight
    if start and start > timezone.localdate():
        weight += sum(loads.of.weights[case.regime] for case in cases if case.responsible_id != worker.pk)
    if weight <= loads.of.norm:
        return ""
    words = _(
        "%(name)s carries a load of %(weight)s then, over the norm of %(norm)s: see who else could take it."
    )
    return words % {"name": worker.name, "weight": weight, "norm": loads.of.norm}
