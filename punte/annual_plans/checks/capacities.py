"""Capacity and occupancy of the reference year, and services named twice, not at all, or otherwise elsewhere."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from statistics import median
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from punte.annual_plans.checks.matching import likely_pair, likely_twin
from punte.annual_plans.checks.naming import lei, listed, rows_of, services, source_name
from punte.annual_plans.checks.remark import Comparison, Mismatch, Weight
from punte.annual_plans.checks.rule import rule
from punte.annual_plans.checks.subsidies import shift_in
from punte.annual_plans.checks.units import measure
from punte.annual_plans.content import PlanContent, ServiceLine
from punte.annual_plans.enums import Section
from punte.directory.enums import CapacityUnit
from punte.kernel.text import fold

_FULL = 100
_FEWEST, _TIMES, _SPREAD = 5, 10, 3 * 1.4826
_NUMBER = re.compile(r"\d+")


@rule("capacity_missing", pgettext_lazy("plan check", "No capacity"), Weight.ERROR)
def capacity_missing(content: PlanContent, _comparison: Comparison) -> Iterable[Mismatch]:
    """An existing service without a capacity."""
    for line in content.services:
        if line.capacity is None and not line.capacity_printed:
            yield Mismatch(line, _("The capacity is not given."))


@rule("capacity_unclear", pgettext_lazy("plan check", "Capacity not one number"), Weight.QUESTION)
def capacity_unclear(content: PlanContent, _comparison: Comparison) -> Iterable[Mismatch]:
    """A capacity that cannot be read as one number."""
    for line in content.services:
        if line.capacity is None and line.capacity_printed:
            message = _("The capacity, “%(printed)s”, is not one number of people or places.")
            yield Mismatch(line, message % {"printed": line.capacity_printed})


@rule("capacity_zero", pgettext_lazy("plan check", "Capacity 0"), Weight.ERROR)
def capacity_zero(content: PlanContent, _comparison: Comparison) -> Iterable[Mismatch]:
    """A service that serves nobody."""
    for line in content.services:
        if line.capacity == 0:
            yield Mismatch(line, _("The capacity is 0: the service does not work, or the number is missing."))


@rule("capacity_far_off", pgettext_lazy("plan check", "Capacity far from the others"), Weight.QUESTION)
def capacity_far_off(content: PlanContent, _comparison: Comparison) -> Iterable[Mismatch]:
    """A capacity far above the others of its code that says what it counts."""
    for line, others in _far_off(content):
        if _says_unit(line):
            message = _(
                "The capacity, %(printed)s, is %(times)s times the median of the %(number)s services with the"
                " code %(code)s (%(middle)s)."
            )
            yield Mismatch(line, message % others)


@rule("capacity_unit_unclear", pgettext_lazy("plan check", "Capacity without its unit"), Weight.QUESTION)
def capacity_unit_unclear(content: PlanContent, _comparison: Comparison) -> Iterable[Mismatch]:
    """A capacity far above the others of its code that does not say what it counts: it may be people in a year."""
    for line, others in _far_off(content):
        if not _says_unit(line):
            message = _(
                "The capacity is %(printed)s, without a unit; the %(number)s services with the code %(code)s have a"
                " median of %(middle)s. Are they people at one time, or in a month or a year?"
            )
            yield Mismatch(line, message % others)


def _says_unit(line: ServiceLine) -> bool:
    return line.capacity_unit not in ("", CapacityUnit.PERSONS)


def _far_off(content: PlanContent) -> Iterable[tuple[ServiceLine, dict[str, Any]]]:
    """Capacities ten times and three (robust) spreads above the middle of five or more of their code and unit."""
    groups: dict[tuple[str, str], list[ServiceLine]] = defaultdict(list)
    for line in content.services:
        if line.code and line.capacity:
            groups[line.code, measure(line)].append(line)
    for group in groups.values():
        if len(group) < _FEWEST:
            continue
        sizes = [line.capacity or 1 for line in group]
        middle = median(sizes)
        spread = median(abs(math.log(size / middle)) for size in sizes)
        for line in group:
            times = (line.capacity or 1) / middle
            if times >= _TIMES and math.log(times) > _SPREAD * spread:
                yield (
                    line,
                    {
                        "printed": line.capacity_printed,
                        "times": round(times),
                        "number": len(group),
                        "code": line.code,
                        "middle": round(middle),
                    },
                )


@rule(
    "capacity_differs", pgettext_lazy("plan check", "Another source says another capacity"), Weight.QUESTION
)
def capacity_differs(content: PlanContent, comparison: Comparison) -> Iterable[Mismatch]:
    """A capacity other than the one that the directory holds from another source."""
    for line in content.services:
        for other in comparison.capacities.get(line.service, []):
            if line.capacity is not None and other.value != line.capacity:
                message = _("The plan says %(printed)s; %(source)s says %(value)s %(unit)s for %(year)s.")
                words = {
                    "printed": line.capacity_printed or line.capacity,
                    "source": source_name(other.source),
                    "value": other.value,
                    "unit": CapacityUnit(other.unit).label,
                    "year": other.year,
                }
                yield Mismatch(line, message % words)


@rule("stacked_values", pgettext_lazy("plan check", "Several values in one cell"), Weight.QUESTION)
def stacked_values(content: PlanContent, _comparison: Comparison) -> Iterable[Mismatch]:
    """A proposed service whose cells hold several numbers; the reader must add them up."""
    for line in content.proposed:
        cells = [
            cell for cell in (line.per_day_printed, line.places_printed) if len(_NUMBER.findall(cell)) > 1
        ]
        if cells:
            message = _(
                "One cell holds several values: %(cells)s. We read %(per_day)s a day, %(places)s places."
            )
            words = {"cells": listed(cells), "per_day": line.per_day or "–", "places": line.places or "–"}
            yield Mismatch(line, message % words)


@rule("occupancy_without_capacity", pgettext_lazy("plan check", "Occupancy without capacity"), Weight.ERROR)
def occupancy_without_capacity(content: PlanContent, _comparison: Comparison) -> Iterable[Mismatch]:
    """A share of nothing."""
    for line in content.services:
        if line.occupancy is not None and not line.capacity:
            message = _("The occupancy is %(share)s%%, but there is no capacity that it could be a share of.")
            yield Mismatch(line, message % {"share": f"{line.occupancy.normalize():f}"})


@rule("occupancy_impossible", pgettext_lazy("plan check", "Occupancy of 0 or over 100%"), Weight.ERROR)
def occupancy_impossible(content: PlanContent, _comparison: Comparison) -> Iterable[Mismatch]:
    """An occupancy that a service with people in it cannot have."""
    for line in content.services:
        if line.occupancy is not None and not 0 < line.occupancy <= _FULL:
            yield Mismatch(
                line, _("The occupancy is %(share)s%%.") % {"share": f"{line.occupancy.normalize():f}"}
            )


@rule("occupancy_missing", pgettext_lazy("plan check", "Money without occupancy"), Weight.QUESTION)
def occupancy_missing(content: PlanContent, _comparison: Comparison) -> Iterable[Mismatch]:
    """A service that asks for money without saying how full it was."""
    for line in content.services:
        if line.occupancy is None and line.local:
            message = _(
                "%(amount)s are asked of the local budget, but the occupancy of the year before is not given."
            )
            yield Mismatch(line, message % {"amount": lei(line.local)})


@rule("occupancy_not_reported", pgettext_lazy("plan check", "Occupancy not given"), Weight.QUESTION)
def occupancy_not_reported(content: PlanContent, _comparison: Comparison) -> Iterable[Mismatch]:
    """The other services without an occupancy, told once."""
    lines = [line for line in content.services if line.occupancy is None and not line.local]
    if lines:
        message = _("%(services)s that ask nothing of the local budget give no occupancy: rows %(rows)s.")
        yield Mismatch(
            Section.EXISTING.value, message % {"services": services(len(lines)), "rows": rows_of(lines)}
        )


@rule("same_service_twice", pgettext_lazy("plan check", "The same service twice"), Weight.ERROR)
def same_service_twice(content: PlanContent, _comparison: Comparison) -> Iterable[Mismatch]:
    """A service of a provider named in two rows."""
    seen: dict[tuple[str, str], ServiceLine] = {}
    for line in content.services:
        keys = [(fold(line.provider), fold(line.name)), *([("", line.service)] if line.service else [])]
        first = next((seen[key] for key in keys if key in seen), None)
        if first:
            message = _("The same service of the same provider is in row %(row)s.")
            yield Mismatch(line, message % {"row": first.position})
        for key in keys:
            seen.setdefault(key, line)


@rule("gone_without_a_word", pgettext_lazy("plan check", "Gone since the plan before"), Weight.ERROR)
def gone_without_a_word(content: PlanContent, comparison: Comparison) -> Iterable[Mismatch]:
    """A service of the plan before that is not in this one, and that the directory does not say is closed."""
    kept = {line.service for line in content.services if line.service}
    named = {(fold(line.provider), fold(line.name)) for line in content.services}
    for line in comparison.before.services if comparison.before else ():
        there = line.service in kept or (fold(line.provider), fold(line.name)) in named
        if not there and line.service not in comparison.closed:
            message = _(
                "%(service)s of %(provider)s was in the plan for %(year)s and is no longer; nothing says why."
            )
            words = {"service": line.name, "provider": line.provider, "year": comparison.before.year}  # type: ignore[union-attr]
            yield Mismatch(Section.EXISTING.value, message % words, subject=f"{line.provider}: {line.name}")


@rule("not_in_plan", pgettext_lazy("plan check", "In the directory, not in the plan"), Weight.QUESTION)
def not_in_plan(content: PlanContent, comparison: Comparison) -> Iterable[Mismatch]:
    """Services that the directory knows in the place and the plan does not name, told once for each provider."""
    kept = {line.service for line in content.services if line.service}
    unnamed = {service: about for service, about in comparison.offered.items() if service not in kept}
    missing: dict[str, list[str]] = defaultdict(list)
    for service, (name, provider) in unnamed.items():
        pair = likely_pair(name, provider, content, comparison)
        perhaps = _the_same_as(pair) if pair else _twin(likely_twin(service, unnamed))
        missing[provider].append(f"{name}{perhaps}")
    for provider, names in missing.items():
        message = _(
            "%(provider)s: the directory has %(services)s here that the plan does not name: %(names)s."
        )
        words = {"provider": provider, "services": services(len(names)), "names": listed(names)}
        yield Mismatch(Section.EXISTING.value, message % words, subject=provider)


def _the_same_as(line: ServiceLine) -> str:
    return _(" (perhaps row %(row)s, “%(name)s”)") % {"row": line.position, "name": line.name}


def _twin(other: tuple[str, str] | None) -> str:
    if other is None:
        return ""
    name, provider = other
    return _(" (perhaps the same as “%(name)s”, %(provider)s)") % {"name": name, "provider": provider}


@rule("numbering", pgettext_lazy("plan check", "Numbers out of order"), Weight.QUESTION)
def numbering(content: PlanContent, _comparison: Comparison) -> Iterable[Mismatch]:
    """Numbers of a table that are missing, twice or skipped; providers of I.A keep theirs over several rows."""
    providers = list(content.services)
    firsts = [line for at, line in enumerate(providers) if at == 0 or providers[at - 1].number != line.number]
    shift = shift_in(content)
    subsidies = [line for line in content.subsidies if not (shift and line == shift.last)]
    tables: tuple[Sequence[Any], ...] = (firsts, content.eligible, subsidies, content.campaigns)
    for lines in tables:
        counted = Counter(line.number for line in lines)
        for expected, line in enumerate(lines, start=1):
            if line.number is None:
                yield Mismatch(line, _("The row has no number."))
            elif line.number != expected or counted[line.number] > 1:
                message = _("The row has number %(number)s; %(expected)s was expected.")
                yield Mismatch(line, message % {"number": line.number, "expected": expected})
                break
