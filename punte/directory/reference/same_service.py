"""Whether two printed services are one, and what a printed code means. Pure, and explained."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from punte.directory.reference.printed_name import ServiceName, read_name

_NEAR = 0.6
_SHORTEST_OWN_NAME = 3


@dataclass(frozen=True)
class PrintedService:
    """A service as one line of one source names it.

    Attributes:
        dataset, line, name: where it is printed, and how.
        provider: the folded legal name of its provider.
        uat: SIRUTA of where it is given; None where not printed.
        mode: how it is given (a ServiceMode), empty where not known.
        places: localities that may stand in the name.
        complex_name: the complex that the unit belongs to.
    """

    dataset: str
    line: str
    name: str
    provider: str
    uat: int | None
    mode: str = ""
    places: str = ""
    complex_name: str = ""

    @cached_property
    def read(self) -> ServiceName:
        """The name taken apart."""
        return read_name(self.name, places=self.places, complex_name=self.complex_name)

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells one printed line from every other."""
        return self.dataset, self.line, self.name


Known = tuple[PrintedService, ...]
"""One service already known, as each of its sources names it."""


@dataclass(frozen=True)
class Verdict:
    """What is thought of a printed service beside those already known.

    Attributes:
        same: the known one that it is; None where it is none of them, or where that is not certain.
        candidates: those that it may be, where it is not certain.
        why: the reason, in a sentence.
    """

    same: Known | None
    candidates: tuple[Known, ...]
    why: str


def judge(row: PrintedService, known: Sequence[Known], siblings: Sequence[PrintedService] = ()) -> Verdict:
    """Decide whether a printed service is one of those known from other sources.

    Certain is only: the same provider and locality, no other kind of service, no other number, and either the same
    own name („Țăndărică”), or no own name, the same common words, and no other service of the provider that is
    called nearly so in either source.

    Args:
        known: services of other sources that may still be the same as one of this source.
        siblings: other lines of the row's own source, which names a service once.
    """
    fitting = [service for service in known if all(_fits(row, other) for other in service)]
    rivals = [other for other in siblings if _fits(row, other)]
    if row.read.own:
        return _by_own_name(row, fitting, known, rivals)
    return _by_common_words(row, fitting, rivals)


def named_one_by_one(row: PrintedService, units: int, known: Sequence[Known]) -> tuple[Known, ...]:
    """The services numbered 1 to `units` that a line such as „3 case de tip familial” names together, or none."""
    numbered = {
        number: service
        for service in _those(known, _fits, row)
        for number in service[0].read.numbers
        if service[0].read.kinds == row.read.kinds and not service[0].read.own
    }
    wanted = [str(number) for number in range(1, units + 1)]
    return tuple(numbered[number] for number in wanted) if units > 1 and set(numbered) == set(wanted) else ()


def _by_own_name(
    row: PrintedService, fitting: Sequence[Known], known: Sequence[Known], rivals: Sequence[PrintedService]
) -> Verdict:
    namesakes = _those(fitting, _same_own_name, row)
    exact = _those(namesakes, _same_common_words, row)
    rivals = [other for other in rivals if _same_own_name(row, other)]
    why = _("same provider, same name “%(name)s”, same kind of service") % {"name": row.read.own_words}
    if len(exact) == 1:
        return Verdict(exact[0], (), why)
    if len(namesakes) == 1 and not rivals:
        return Verdict(namesakes[0], (), why)
    if namesakes:
        return Verdict(None, tuple(namesakes), _("more than one service of the provider has this name"))
    elsewhere = _those(known, _namesake_elsewhere, row)
    if elsewhere:
        return Verdict(None, tuple(elsewhere), _("the same name, but another provider or locality"))
    return _perhaps_near(row, fitting)


def _by_common_words(
    row: PrintedService, fitting: Sequence[Known], rivals: Sequence[PrintedService]
) -> Verdict:
    exact = [service for service in _those(fitting, _same_common_words, row) if not service[0].read.own]
    near = _those(fitting, _near, row)
    rivals = [other for other in rivals if _near(row, other)]
    if len(exact) == 1 and near == exact and not rivals:
        return Verdict(
            exact[0], (), _("same provider, same common words, and no other service called nearly so")
        )
    if exact:
        return Verdict(None, tuple(near), _("the provider has several services called nearly so"))
    return _perhaps_near(row, fitting)


def _perhaps_near(row: PrintedService, fitting: Sequence[Known]) -> Verdict:
    near = _those(fitting, _near, row)
    if near:
        return Verdict(None, tuple(near), _("same provider, nearly the same common words"))
    return Verdict(None, (), _("nothing like it in another source"))


def _those(
    services: Iterable[Known], test: Callable[[PrintedService, PrintedService], bool], row: PrintedService
) -> list[Known]:
    return [service for service in services if any(test(row, other) for other in service)]


def _fits(one: PrintedService, other: PrintedService) -> bool:
    """Whether nothing speaks against the two being one, before their names are compared."""
    return (
        one.provider == other.provider
        and (one.uat is None or other.uat is None or one.uat == other.uat)
        and _may_be_equal(one.mode, other.mode)
        and _may_be_equal(one.read.numbers, other.read.numbers)
    )


def _may_be_equal(one: object, other: object) -> bool:
    return not one or not other or one == other


def _same_own_name(one: PrintedService, other: PrintedService) -> bool:
    return len(one.read.own) >= _SHORTEST_OWN_NAME and one.read.own == other.read.own


def _namesake_elsewhere(one: PrintedService, other: PrintedService) -> bool:
    return (
        _same_own_name(one, other)
        and _may_be_equal(one.mode, other.mode)
        and _may_be_equal(one.read.numbers, other.read.numbers)
    )


def _same_common_words(one: PrintedService, other: PrintedService) -> bool:
    return (one.read.kinds, one.read.groups, one.read.numbers) == (
        other.read.kinds,
        other.read.groups,
        other.read.numbers,
    )


def _near(one: PrintedService, other: PrintedService) -> bool:
    """Whether the common words are nearly the same and may mean the same people."""
    if one.read.own and other.read.own or one.read.numbers != other.read.numbers:
        return False
    if one.read.own or other.read.own:
        return _same_common_words(one, other)
    kinds, others = one.read.kinds, other.read.kinds
    shared = kinds & others
    alike = kinds <= others or others <= kinds or len(shared) >= _NEAR * len(kinds | others)
    return bool(shared) and alike and _may_be_same_people(one.read.groups, other.read.groups)


def _may_be_same_people(groups: frozenset[str], others: frozenset[str]) -> bool:
    if not groups or not others:
        return groups == others
    return groups <= others or others <= groups


def nomenclature_code(printed: str, codes: Collection[str], misprints: Mapping[str, str]) -> str:
    """The code of the nomenclature that was meant, empty where none fits.

    Spaces and hyphens are read as they should stand („8891CZ-C-II”, „8899 CZD-I”); any other misprint must be listed
    in `misprints` (printed: meant), with its reason, in content/reference/code_misprints.csv.
    """
    if printed in codes:
        return printed
    if printed in misprints:
        return misprints[printed]
    meant = [code for code in codes if _compact(code) == _compact(printed)]
    return meant[0] if len(meant) == 1 else ""


def _compact(code: str) -> str:
    return re.sub(r"[^0-9A-Z]", "", code.upper())
