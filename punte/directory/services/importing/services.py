"""A list of services against the directory: which are new, which say something else, which are there as they are.

Nothing is guessed. Where a line may be a service that the directory has under another name, `reconcile`'s rules say
so, and the person who sent the table writes the name as it is there or says that the service is new.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from punte.directory.enums import CapacityUnit
from punte.directory.models import NomenclatureCode, Service
from punte.directory.proposals.comparing import hours_in_words
from punte.directory.reference.printed_name import mode_of
from punte.directory.reference.same_service import PrintedService, judge
from punte.directory.services.details import LABELS, Details, check, details_of
from punte.directory.services.importing.columns import CAPACITY, LOCALITY, NAME, NEW_SERVICE, PROVIDER, UNIT
from punte.directory.services.importing.hours import ALWAYS
from punte.directory.services.keepers import Territory
from punte.kernel.errors import DomainError
from punte.kernel.tables import TableRow
from punte.kernel.tables.preview import CHANGED, NEW, SAME, Difference, Outcome, refuse_long
from punte.kernel.tables.shape import Problems
from punte.kernel.text import fold
from punte.organizations.models import Organization
from punte.territory.models import Uat

DETAILS = ("phone", "email", "website", "eligibility", "free_of_charge", "price")
_DIRECTORY, _TABLE = "directory", "table"
_NEAR_NAME = 85


@dataclass
class Line:
    """A line with what its words mean: the folded name of its provider, its UAT, the service that it is."""

    row: TableRow
    provider: str
    uat: Uat | None
    organization: UUID | None = None
    service: Service | None = None
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Directory:
    """What the lines are held against, read once."""

    providers: Mapping[str, list[UUID]]
    names: Mapping[UUID, str]
    uats: Mapping[int, Uat]
    services: Sequence[Service]
    modes: Mapping[str, str]

    @classmethod
    def of(cls, sirutas: set[int]) -> "Directory":
        """Read the providers, and the services of some UATs (a handful of queries)."""
        providers: dict[str, list[UUID]] = defaultdict(list)
        names: dict[UUID, str] = {}
        for pk, name, folded, short in Organization.objects.values_list(
            "pk", "name", "folded_name", "short_name"
        ):
            names[pk] = folded
            for key in {folded, fold(name), fold(short)} - {""}:
                providers[key].append(pk)
        counties = Uat.objects.filter(pk__in=sirutas).values("county")
        services = (
            Service.objects.filter(locations__uat__county__in=counties)
            .distinct()
            .select_related("provider", "code")
            .prefetch_related("locations__uat", "capacities", "hours", "licences")
        )
        return cls(
            providers=dict(providers),
            names=names,
            uats=Uat.objects.in_bulk(sirutas),
            services=list(services),
            modes=dict(NomenclatureCode.objects.values_list("code", "mode")),
        )


def judge_services(rows: Sequence[TableRow], *, territory: Territory) -> list[Outcome]:
    """What would come of every line; `Outcome.values` is its `Line`.

    Args:
        territory: the places whose directory the account keeps.

    Raises:
        DamagedTable: a line is wrong, unclear, or not for the account to say.
    """
    refuse_long(rows)
    problems = Problems()
    directory = Directory.of({row.values["locality"] for row in rows})
    lines = [_line(row, directory, territory, problems) for row in rows]
    problems.refuse_any()
    _Matching(directory, problems).match(lines)
    problems.refuse_any()
    outcomes = [_outcome(line, problems) for line in lines]
    problems.refuse_any()
    return outcomes


def _line(row: TableRow, directory: Directory, territory: Territory, problems: Problems) -> Line:
    values = dict(row.values)
    uat = directory.uats.get(values["locality"])
    line = Line(row, fold(values["provider"]), uat, values=values)
    if uat is None or not territory.has(uat.siruta, uat.county_id):
        problems.add(
            row.line, str(LOCALITY), _("You do not keep the directory of this place. Leave the line out.")
        )
    _find_provider(line, directory, problems)
    if (values["capacity"] is None) != (values["unit"] is None):
        column = UNIT if values["unit"] is None else CAPACITY
        problems.add(row.line, str(column), _("A capacity needs both its number and what is counted."))
    _check_details(line, problems)
    return line


def _find_provider(line: Line, directory: Directory, problems: Problems) -> None:
    found = directory.providers.get(line.provider, [])
    new = bool(line.values["new_provider"])
    if len(found) == 1:
        line.organization = found[0]
        line.provider = directory.names[found[0]]
        if new:
            problems.add(line.row.line, str(PROVIDER), _("The directory has this provider; it is not new."))
    elif found:
        problems.add(
            line.row.line,
            str(PROVIDER),
            _("Several organisations have this name. Write the whole legal name."),
        )
    elif not new:
        near = process.extractOne(
            line.provider, directory.names.values(), scorer=fuzz.token_sort_ratio, score_cutoff=_NEAR_NAME
        )
        problems.add(line.row.line, str(PROVIDER), _unknown_provider(near[0] if near else ""))


def _unknown_provider(near: str) -> str:
    if near:
        meant = Organization.objects.filter(folded_name=near).values_list("name", flat=True).first()
        return _("The directory has no such provider. Did you mean “%(name)s”?") % {"name": meant}
    return _("The directory has no such provider. If it is new, write “da” in the column “New provider”.")


def _check_details(line: Line, problems: Problems) -> None:
    for name in ("name", *DETAILS):
        value = line.values[name]
        if value is None:
            continue
        try:
            line.values[name] = check(name, value)
        except DomainError as refused:
            column = NAME if name == "name" else LABELS[name]
            problems.add(line.row.line, str(column), refused.message)


class _Matching:
    """Which service of the directory each line is; what may be one under another name is a problem, not a match."""

    def __init__(self, directory: Directory, problems: Problems) -> None:
        self._problems = problems
        self._modes = directory.modes
        self._exact: dict[tuple[Any, ...], list[Service]] = defaultdict(list)
        self._known: list[tuple[PrintedService]] = []
        self._by_key: dict[str, Service] = {}
        for service in directory.services:
            for uat in {location.uat_id for location in service.locations.all()}:
                self._exact[service.provider_id, service.folded_name, uat].append(service)
            self._known.append((_printed(service),))
            self._by_key[str(service.pk)] = service

    def match(self, lines: Sequence[Line]) -> None:
        """Set the service of every line that is one; note what is unclear."""
        first: dict[tuple[Any, ...], int] = {}
        unmatched: list[Line] = []
        for line in lines:
            key = (line.provider, fold(line.values["name"]), line.uat and line.uat.pk)
            if key in first:
                self._add(line, _("This service is on line %(line)s already.") % {"line": first[key]})
                continue
            first[key] = line.row.line
            if not self._find(line):
                unmatched.append(line)
        self._compare(unmatched, taken={line.service.pk for line in lines if line.service})

    def _find(self, line: Line) -> bool:
        key = (line.organization, fold(line.values["name"]), line.uat and line.uat.pk)
        found = self._exact.get(key, [])
        if len(found) > 1 and line.values["code"]:
            found = [one for one in found if one.code_id == line.values["code"]] or found
        if len(found) > 1:
            self._add(line, _("The provider has several services of this name here. Change them one by one."))
        elif found and line.values["new_service"]:
            message = _("The directory has this service; it is not new.")
            self._problems.add(line.row.line, str(NEW_SERVICE), message)
        elif found:
            line.service = found[0]
        return bool(found)

    def _compare(self, lines: Sequence[Line], *, taken: set[UUID]) -> None:
        """Look for each new name among the services left over and among the other new lines."""
        known = [one for one in self._known if UUID(one[0].line) not in taken]
        for line in lines:
            printed = self._printed(line)
            if not line.values["new_service"]:
                verdict = judge(printed, known)
                may_be = [verdict.same] if verdict.same else list(verdict.candidates)
                if may_be:
                    self._add(line, self._unclear([one[0] for one in may_be], verdict.why))
            known.append((printed,))

    def _unclear(self, may_be: Sequence[PrintedService], why: str) -> str:
        named = "; ".join(self._named(one) for one in may_be[:3])
        return _(
            "It may be one that is there under another name: %(named)s (%(why)s). Write the name as it is there, or"
            " “da” in the column “New service”."
        ) % {"named": named, "why": why}

    def _named(self, printed: PrintedService) -> str:
        if printed.dataset == _TABLE:
            return _("line %(line)s, “%(name)s”") % {"line": printed.line, "name": printed.name}
        service = self._by_key[printed.line]
        return f"{service.name}, {service.provider}"

    def _printed(self, line: Line) -> PrintedService:
        name, uat = line.values["name"], line.uat
        assert uat is not None
        return PrintedService(
            dataset=_TABLE,
            line=str(line.row.line),
            name=name,
            provider=line.provider,
            uat=uat.siruta,
            mode=self._modes.get(line.values["code"] or "") or mode_of(name) or "",
            places=uat.name,
        )

    def _add(self, line: Line, message: str) -> None:
        self._problems.add(line.row.line, str(NAME), message)


def _printed(service: Service) -> PrintedService:
    uats = [location.uat for location in service.locations.all()]
    return PrintedService(
        dataset=_DIRECTORY,
        line=str(service.pk),
        name=service.name,
        provider=service.provider.folded_name,
        uat=uats[0].siruta if uats else None,
        mode=(service.code.mode if service.code else mode_of(service.name)) or "",
        places=uats[0].name if uats else "",
    )


def _outcome(line: Line, problems: Problems) -> Outcome:
    service = line.service
    differences = tuple(_differences(line))
    if service is None:
        return Outcome(line.row.line, NEW, line.values["name"], differences=differences, values=line)
    if differences and service.claimed_on is not None:
        problems.add(
            line.row.line,
            str(NAME),
            _("The provider keeps this service itself, and it says otherwise: %(what)s. Leave the line out.")
            % {"what": ", ".join(one.label for one in differences)},
        )
    kind = CHANGED if differences else SAME
    return Outcome(line.row.line, kind, service.name, str(service.pk), differences, line)


def _differences(line: Line) -> list[Difference]:
    values, service = line.values, line.service
    found = []
    if values["code"] and values["code"] != (service.code_id if service else None):
        before = service.code_id if service else None
        found.append(Difference(_("Code of the nomenclature"), before or "–", values["code"]))
    for name in DETAILS:
        before = getattr(service, name) if service else None
        if values[name] is not None and values[name] != before:
            found.append(Difference(str(LABELS[name]), _as_text(before), _as_text(values[name])))
    address = address_of(service, line.uat) if service else ""
    found += _hours(line)
    if values["address"] and fold(values["address"]) != fold(address):
        found.append(Difference(_("Address"), address or "–", values["address"]))
    if values["capacity"] is not None:
        found += _capacity(line)
    if service is None:
        found.insert(0, Difference(str(PROVIDER), "–", values["provider"]))
        found.insert(1, Difference(str(LOCALITY), "–", str(line.uat)))
    return found


def _hours(line: Line) -> list[Difference]:
    said = hours_of(line.values)
    before: Details = details_of(line.service) if line.service else {"hours": [], "always_open": False}
    if all(before[name] == value for name, value in said.items()):
        return []
    words = [
        _("open day and night") if one["always_open"] else "; ".join(hours_in_words(one["hours"])) or "–"
        for one in (before, said)
    ]
    return [Difference(str(LABELS["hours"]), *words)]


def hours_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """The opening hours of a line, by the fields of a service; nothing where it says none."""
    said = values["hours"]
    if said is None:
        return {}
    return {"hours": [] if said == ALWAYS else said, "always_open": said == ALWAYS}


def _capacity(line: Line) -> list[Difference]:
    year, unit = year_of(line.values), CapacityUnit(line.values["unit"])
    known = line.service.capacities.all() if line.service else ()
    same = [one for one in known if one.year == year and one.unit == unit]
    newest = max(same, key=lambda one: (one.created_at, one.pk), default=None)
    if newest and newest.value == line.values["capacity"]:
        return []
    label = _("Capacity in %(year)s, %(unit)s") % {"year": year, "unit": unit.label}
    return [Difference(label, _as_text(newest and newest.value), str(line.values["capacity"]))]


def year_of(values: Mapping[str, Any]) -> int:
    """The year of the capacity of a line."""
    return int(values["year"] or timezone.localdate().year)


def address_of(service: Service, uat: Uat | None) -> str:
    """The address of a service in a UAT; empty where none is known."""
    known = [place.address for place in service.locations.all() if uat and place.uat_id == uat.pk]
    return next((address for address in known if address), "")


def _as_text(value: Any) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value)
