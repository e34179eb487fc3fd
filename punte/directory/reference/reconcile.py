"""Lines of several sources brought together into services, with everything that a person should look at. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from punte.directory.enums import CapacityUnit
from punte.directory.reference.same_service import Known, PrintedService, judge, named_one_by_one
from punte.directory.reference.sources import DEPARTMENT, SourceLine

Key = tuple[str, str, str]


@dataclass(frozen=True)
class Remark:
    """Something about a printed line that a person should know or settle.

    Attributes:
        kind: `not certain`, `capacity differs`, … (the heading under which the summary counts it).
        candidates: what the line may be, as printed elsewhere.
    """

    kind: str
    dataset: str
    line: str
    printed: str
    candidates: str
    why: str


@dataclass
class NamedService:
    """One service with every line that names it; the first line names it best."""

    lines: list[SourceLine] = field(default_factory=list)

    @property
    def printed(self) -> Known:
        """The service as each line prints it."""
        return tuple(line.printed for line in self.lines)

    @property
    def coded(self) -> SourceLine:
        """The line whose code is the service's: one that prints a code, else one that lets it be deduced."""
        return max(self.lines, key=lambda line: (bool(line.code and line.code_printed), bool(line.code)))


@dataclass(frozen=True)
class Settled:
    """What a person decided of two printed lines (content/reference/same_services.csv)."""

    same: Mapping[Key, Key]
    different: frozenset[tuple[Key, Key]]

    @classmethod
    def of(cls, rows: Iterable[Mapping[str, str]]) -> "Settled":
        """Read the rows of the table of decisions."""
        same, different = {}, set()
        for row in rows:
            one = (row["dataset"], row["line"], row["printed"])
            other = (row["other_dataset"], row["other_line"], row["other_printed"])
            if row["same"] == "yes":
                same[one] = other
            else:
                different |= {(one, other), (other, one)}
        return cls(same, frozenset(different))


def reconcile(lines: Sequence[SourceLine], settled: Settled) -> tuple[list[NamedService], list[Remark]]:
    """Bring the lines together, source after source; within a source the names that tell most come first."""
    services: list[NamedService] = []
    remarks: list[Remark] = []
    left_out: list[Remark] = []
    by_source: dict[str, list[SourceLine]] = defaultdict(list)
    groups: list[SourceLine] = []
    for line in lines:
        remark = _not_a_service(line, lines)
        if remark:
            left_out.append(remark)
        elif line.units > 1 and not line.printed.read.numbers:
            groups.append(line)
        else:
            by_source[line.printed.dataset].append(line)
    for rows in by_source.values():
        _take_source(rows, services, settled, remarks)
    for line in groups:
        _take_group(line, services, remarks)
    for service in services:
        remarks += [
            *_differences(service),
            *_about_code(service),
            *_about_capacity(service),
            *_about_place(service),
        ]
    return services, [*remarks, *left_out]


def _not_a_service(line: SourceLine, lines: Sequence[SourceLine]) -> Remark | None:
    if line.status == DEPARTMENT:
        return remark_on(
            line, _("not a service"), (), _("a department of the directorate, not a service unit")
        )
    if line.printed.name:
        return None
    others = [(other.printed,) for other in lines if _may_be_unnamed(line, other)]
    return remark_on(line, _("not a service"), others, _("the name is missing in the source"))


def _may_be_unnamed(line: SourceLine, other: SourceLine) -> bool:
    return other.provider == line.provider and bool(other.printed.name)


def _take_source(
    rows: Sequence[SourceLine], services: list[NamedService], settled: Settled, remarks: list[Remark]
) -> None:
    """Names of their own first: what they take no longer confuses the nameless."""
    waiting = sorted(rows, key=lambda line: not line.printed.read.own)
    by_line = {line.printed.key: service for service in services for line in service.lines}
    open_services = {id(service): service for service in services}
    made: list[NamedService] = []
    for line in sorted(waiting, key=lambda line: line.printed.key not in settled.same):
        target = by_line.get(settled.same.get(line.printed.key, ("", "", "")))
        if target:
            open_services.pop(id(target), None)
            target.lines.append(line)
            waiting.remove(line)
    for line in list(waiting):
        siblings = [other.printed for other in waiting if other is not line]
        known = [
            service.printed
            for service in open_services.values()
            if not any((line.printed.key, other.key) in settled.different for other in service.printed)
        ]
        verdict = judge(line.printed, known, siblings)
        if verdict.same:
            service = by_line[verdict.same[0].key]
            service.lines.append(line)
            open_services.pop(id(service))
            waiting.remove(line)
            continue
        made.append(NamedService([line]))
        if verdict.candidates:
            remarks.append(remark_on(line, _("not certain"), verdict.candidates, verdict.why))
    services += made


def _take_group(line: SourceLine, services: list[NamedService], remarks: list[Remark]) -> None:
    units = named_one_by_one(line.printed, line.units, [service.printed for service in services])
    if units:
        why = _("names together %(number)s services that stand one by one elsewhere") % {"number": line.units}
        remarks.append(remark_on(line, _("several in one line"), units, why))
    else:
        services.append(NamedService([line]))


def _differences(service: NamedService) -> Iterable[Remark]:
    first = next((line for line in service.lines if line.capacities), None)
    for line in service.lines:
        if line is first or first is None or not line.capacities:
            continue
        one, other = first.capacities[0], line.capacities[0]
        if one.value != other.value:
            why = _("%(one)s in %(year)s, %(other)s in %(other_year)s; both are kept") % {
                "one": one.value, "year": one.year, "other": other.value, "other_year": other.year,
            }  # fmt: skip
            yield remark_on(line, _("capacity differs"), [(first.printed,)], why)


def _about_code(service: NamedService) -> Iterable[Remark]:
    line = service.coded
    if not line.code:
        why = line.code_why or _("no code is printed, and none follows from the kind of service")
        yield remark_on(line, _("no code"), (), why)
    elif not line.code_printed:
        yield remark_on(line, _("code deduced"), (), f"{line.code}: {line.code_why}")
    elif line.code_printed != line.code:
        yield remark_on(line, _("code misprinted"), (), f"{line.code_printed} → {line.code}")


def _about_capacity(service: NamedService) -> Iterable[Remark]:
    for line in service.lines:
        if line.capacity_printed and not any(one.unit != CapacityUnit.OTHER for one in line.capacities):
            yield remark_on(line, _("capacity unclear"), (), line.capacity_printed)
        elif any(one.value == 0 for one in line.capacities):
            yield remark_on(line, _("capacity unclear"), (), _("printed as 0"))


def _about_place(service: NamedService) -> Iterable[Remark]:
    for line in service.lines:
        if line.printed.uat is None:
            yield remark_on(line, _("unknown locality"), (), line.place or "–")


def remark_on(line: SourceLine, kind: str, candidates: Iterable[Known], why: str) -> Remark:
    """A remark on one line of a source."""
    named = "; ".join(_place(service[0]) for service in candidates)
    return Remark(kind, line.printed.dataset, line.printed.line, line.printed.name, named, why)


def _place(printed: PrintedService) -> str:
    return f"{printed.name} ({printed.dataset}, {printed.line})"
