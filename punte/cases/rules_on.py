"""Which rules of terms are on in an institution: what nobody has read in the law only where it was switched on."""

from collections.abc import Collection, Mapping
from uuid import UUID

from punte.cases.models import RuleSwitch
from punte.deadlines.model import Rule, Rulebook
from punte.kernel.prepared import Prepared

_switched_on = Prepared(
    lambda keepers: (
        RuleSwitch.objects.current()
        .filter(organization__in=keepers)
        .order_by()
        .values_list("organization", "rule")
    )
)


def rules_on(book: Rulebook, keepers: Collection[UUID]) -> Mapping[UUID, tuple[Rule, ...]]:
    """The rules by which the terms of each institution are made (one query)."""
    on: dict[UUID, set[str]] = {keeper: set() for keeper in keepers}
    for keeper, rule in _switched_on(keepers=list(on)):
        on[keeper].add(rule)
    return {
        keeper: tuple(rule for rule in book.rules if rule.is_on or rule.key in switched)
        for keeper, switched in on.items()
    }
