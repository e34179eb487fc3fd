"""What a place costs the local budget, beside the services of the same code that are counted in the same unit."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from statistics import median

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from punte.annual_plans.checks.naming import lei, name_of
from punte.annual_plans.checks.remark import Comparison, Mismatch, Weight
from punte.annual_plans.checks.rule import rule
from punte.annual_plans.checks.subsidies import subsidised
from punte.annual_plans.checks.units import measure
from punte.annual_plans.content import PlanContent, ServiceLine

_SPREAD = 3 * 1.4826
"""Three standard deviations, estimated from the median absolute deviation."""
_AWAY = 0.25
_PAIR_APART = 2
_A_HALF = 0.5
_Costs = list[tuple[ServiceLine, float]]


@rule("cost_per_place", pgettext_lazy("plan check", "Cost per place out of line"), Weight.QUESTION)
def cost_per_place(content: PlanContent, _comparison: Comparison) -> Iterable[Mismatch]:
    """What a service asks of the local budget for each place, beside the others of its code counted in its unit.

    Those of another unit tell only one thing: that the amount is theirs for another, round number of places.

    Of three or more, one is out of line when it is away from the median by more than three spreads (median absolute
    deviation, scaled) and by more than a quarter; of two, when the dearer asks twice as much or more.
    """
    by_code: dict[str, dict[str, _Costs]] = defaultdict(lambda: defaultdict(list))
    for line in subsidised(content):
        if line.code and line.capacity:
            by_code[line.code][measure(line)].append((line, float(line.local or 0) / line.capacity))
    for groups in by_code.values():
        for unit, group in groups.items():
            yield from _out_of_line(group)
            if len(group) == 1:
                yield from _for_other_places(*group[0], [groups[other] for other in groups if other != unit])


def _for_other_places(line: ServiceLine, cost: float, others: list[_Costs]) -> Iterable[Mismatch]:
    for group in others:
        middle = median(other for _line, other in group)
        match = _would_match(line, middle)
        if len(group) > 1 and match and cost >= _PAIR_APART * middle:
            message = _(
                "%(cost)s for each of %(capacity)s; the %(number)s services with the code %(code)s that are counted"
                " otherwise usually ask %(middle)s."
            )
            yield Mismatch(line, message % _words(line, cost, len(group), middle) + match)


def _out_of_line(group: _Costs) -> Iterable[Mismatch]:
    if len(group) < 2:
        return
    if len(group) == 2:
        (cheap, low), (dear, high) = sorted(group, key=lambda one: one[1])
        if high >= _PAIR_APART * low:
            message = _(
                "%(cost)s for each of %(capacity)s; the other service with the code %(code)s, %(other)s, %(low)s."
            )
            yield Mismatch(
                dear,
                message
                % {
                    "cost": lei(_round(high)),
                    "capacity": _capacity(dear),
                    "code": dear.code,
                    "other": name_of(cheap),
                    "low": lei(_round(low)),
                },
            )
        return
    for line, cost in group:
        others = [other for one, other in group if one is not line]
        middle = median(others)
        spread = median(abs(other - middle) for other in others)
        if abs(cost - middle) > max(_SPREAD * spread, _AWAY * middle):
            message = _(
                "%(cost)s for each of %(capacity)s; half of the other %(number)s services with the code %(code)s"
                " ask at most %(middle)s."
            )
            words = _words(line, cost, len(others), middle)
            yield Mismatch(line, message % words + _would_match(line, middle))


@rule("own_below_subsidy", pgettext_lazy("plan check", "Own service cheaper than a subsidy"), Weight.QUESTION)
def own_below_subsidy(content: PlanContent, _comparison: Comparison) -> Iterable[Mismatch]:
    """An own service, paid whole, that costs less for each place than half of what others get as a subsidy."""
    groups: dict[tuple[str, str], list[float]] = defaultdict(list)
    helped = subsidised(content)
    for line in helped:
        if line.code and line.capacity:
            groups[line.code, measure(line)].append(float(line.local or 0) / line.capacity)
    for line in content.services:
        others = groups.get((line.code, measure(line)))
        if line in helped or not (others and line.local and line.capacity):
            continue
        cost, middle = float(line.local) / line.capacity, median(others)
        if cost < _A_HALF * middle:
            message = _(
                "%(cost)s for each of %(capacity)s; half of the %(number)s subsidised services with the code %(code)s"
                " get at least %(middle)s. Perhaps a digit is missing."
            )
            yield Mismatch(line, message % _words(line, cost, len(others), middle))


@rule("cost_standard", pgettext_lazy("plan check", "Cost below the standard"), Weight.QUESTION)
def cost_standard(content: PlanContent, comparison: Comparison) -> Iterable[Mismatch]:
    """A service whose whole budget is less, for each place, than the cost standard of its code (HG 426/2020, art. 2).

    Only of own services: a subsidy is a part of what a service costs, which its provider adds to.
    """
    helped = subsidised(content)
    for line in content.services:
        standard = comparison.standards.get(line.code)
        if standard is None or line in helped or not (line.capacity and line.total):
            continue
        cost = line.total / line.capacity
        if cost < standard[0]:
            message = _(
                "%(cost)s for each of %(capacity)s; the cost standard of the code %(code)s is %(least)s (%(source)s)."
            )
            words = _words(line, float(cost), 0, 0)
            words |= {"least": lei(standard[0]), "source": standard[1]}
            yield Mismatch(line, message % words)


def _words(line: ServiceLine, cost: float, number: int, middle: float) -> dict[str, object]:
    """What a message says of a service and of the `number` it is held against, which usually ask the `middle`."""
    return {
        "cost": lei(_round(cost)),
        "capacity": _capacity(line),
        "number": number,
        "code": line.code,
        "middle": lei(_round(middle)),
    }


def _would_match(line: ServiceLine, middle: float) -> str:
    """For how many places the amount would be in line, where that is a round number."""
    places = float(line.local or 0) / middle if middle else 0
    if places and abs(places - round(places)) < 0.005 and round(places) != line.capacity:
        return " " + _("At that cost the amount would be for %(places)s.") % {"places": round(places)}
    return ""


def _capacity(line: ServiceLine) -> str:
    return line.capacity_printed or str(line.capacity)


def _round(amount: float) -> Decimal:
    return Decimal(round(amount))
