"""Which service of the plan a service of the directory may be, where its name or its provider is written otherwise."""

from collections.abc import Mapping
from functools import lru_cache

from punte.annual_plans.checks.remark import Comparison
from punte.annual_plans.content import PlanContent, ServiceLine
from punte.directory.reference.printed_name import ServiceName, read_name, stem_of
from punte.kernel.text import fold

# Every service that the plan does not name is laid beside every row of it.
_read = lru_cache(maxsize=1024)(read_name)
_fold = lru_cache(maxsize=1024)(fold)


def likely_pair(name: str, provider: str, content: PlanContent, comparison: Comparison) -> ServiceLine | None:
    """The row that may be the service: of the same own name whoever gives it, or of its provider and its kind."""
    wanted = _read(name)
    rated = ((_likeness(wanted, provider, line, comparison), line) for line in content.services)
    likeness, best = max(rated, key=lambda one: one[0], default=(0, None))
    return best if likeness else None


def likely_twin(service: str, others: Mapping[str, tuple[str, str]]) -> tuple[str, str] | None:
    """The name and provider of another of the services that may be the same one, by its own name."""
    wanted = _read(others[service][0])
    for key, (name, provider) in others.items():
        there = _read(name)
        if key != service and _may_be(wanted, there) and _own(wanted) & _own(there):
            return name, provider
    return None


def _likeness(wanted: ServiceName, provider: str, line: ServiceLine, comparison: Comparison) -> int:
    there = _read(line.name)
    if not _may_be(wanted, there):
        return 0
    shared = _own(wanted) & _own(there)
    theirs = {_fold(line.provider), _fold(comparison.providers.get(line.organization, ""))}
    if _fold(provider) not in theirs:
        return len(shared)
    alike = len(wanted.groups & there.groups) + len(wanted.kinds & there.kinds)
    if not shared and not (wanted.groups and wanted.groups <= there.groups):
        return 0
    return max(1, 10 * len(shared) + alike - len(_own(wanted) ^ _own(there)))


def _may_be(one: ServiceName, other: ServiceName) -> bool:
    same_kind = bool(one.kinds & other.kinds)
    return same_kind and (not one.numbers or not other.numbers or one.numbers == other.numbers)


@lru_cache(maxsize=1024)
def _own(name: ServiceName) -> frozenset[str]:
    return frozenset(stem_of(word) for word in name.own_words.split())
