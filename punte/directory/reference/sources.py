"""The files of content/reference read into lines of one shape; no database."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from punte.directory.enums import CapacityUnit, ServiceStatus
from punte.directory.reference.printed_name import mode_of
from punte.directory.reference.same_service import PrintedService, nomenclature_code
from punte.kernel.text import fold

PLAN, STRATEGY, DISABILITY = "providers_services_2024", "county_services_2022", "disability_units_2022"
DATASETS = (PLAN, STRATEGY, DISABILITY)
CITY = "Cluj-Napoca"
COUNTY = "CJ"
DEPARTMENT = "department"
_DIRECTORATE = "DGASPC Cluj"
_YEAR = {PLAN: 2023, STRATEGY: 2022, DISABILITY: 2022}
_UNITS = {"residential places": CapacityUnit.RESIDENTIAL_PLACES, "day places": CapacityUnit.DAY_PLACES}
_UNITS |= {"persons_per_day": CapacityUnit.PER_DAY, "placements": CapacityUnit.OTHER}
_QUOTED = re.compile(r"\s*[\"“„”]\s*([^\"“„”]+?)\s*[\"“„”]\s*")
_LEADING_COUNT = re.compile(r"^(\d+) ")


@dataclass(frozen=True)
class PrintedCapacity:
    """How many a service can serve, as one source prints it."""

    year: int
    value: int
    unit: CapacityUnit
    printed: str


@dataclass(frozen=True)
class SourceLine:
    """One line of a source that names a service, with all that the line says of it.

    Attributes:
        provider: the legal name of the provider, aliases resolved.
        code: nomenclature code, empty where none is printed or deduced; `code_printed` as it stands in the source.
        code_why: the reason, where the code was deduced from the kind of service.
        place: the locality as printed.
        occupancy: percent of the capacity at the end of the capacity's year.
    """

    printed: PrintedService
    provider: str
    segment: str = ""
    status: str = ServiceStatus.ACTIVE
    units: int = 1
    code: str = ""
    code_printed: str = ""
    code_why: str = ""
    place: str = ""
    address: str = ""
    capacity_printed: str = ""
    capacities: tuple[PrintedCapacity, ...] = ()
    occupancy: float | None = None


class ReferenceFiles:
    """The reference files of one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def rows(self, name: str) -> list[dict[str, str]]:
        """The rows of `name`.csv by column."""
        with (self._folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def lines(self) -> Iterator[SourceLine]:
        """Every line of the three lists of services, in the order of trust: the one with codes first."""
        yield from map(self._plan_line, self.rows(PLAN))
        yield from map(self._strategy_line, self.rows(STRATEGY))
        yield from map(self._disability_line, self.rows(DISABILITY))

    def legal_name(self, printed: str) -> str:
        """The name of an organisation with Romanian quotation marks and its alias resolved."""
        return self._aliases.get(fold(printed), tidy(printed))

    def code_of(self, printed: str) -> str:
        """The nomenclature code that a printed code means, or nothing."""
        return nomenclature_code(printed, self._codes, self._misprints) if printed else ""

    def uat_of(self, locality: str) -> int | None:
        """The SIRUTA of the UAT in which a printed locality of the county lies."""
        first = re.sub(r"^comuna ", "", fold(locality.split(",")[0]))
        return self._uats.get(self._villages.get(first, first))

    def _village_of(self, locality: str) -> str:
        """The village, where a printed locality is not the UAT itself."""
        if fold(locality) in self._villages:
            return f"sat {locality}"
        return locality.partition(", ")[2]

    @cached_property
    def short_names(self) -> dict[str, str]:
        """The short name of an organisation by its legal name."""
        return {row["name"]: row["short_name"] for row in self.rows("organization_aliases")}

    @cached_property
    def _aliases(self) -> dict[str, str]:
        rows = self.rows("organization_aliases")
        return {fold(row[key]): row["name"] for row in rows for key in ("alias", "name")}

    @cached_property
    def _codes(self) -> frozenset[str]:
        return frozenset(row["code"] for row in self.rows("nomenclator"))

    @cached_property
    def _misprints(self) -> dict[str, str]:
        return {row["printed"]: row["code"] for row in self.rows("code_misprints")}

    @cached_property
    def _uats(self) -> dict[str, int]:
        return {
            fold(row["name"]): int(row["siruta"])
            for row in self.rows("uat_romania")
            if row["county"] == COUNTY
        }

    @cached_property
    def _villages(self) -> dict[str, str]:
        return {fold(row["locality"]): fold(row["siruta_name"]) for row in self.rows("locality_aliases")}

    @cached_property
    def _kinds(self) -> list[tuple[str, re.Pattern[str], str, str]]:
        return [
            (row["segment"], re.compile(row["words"]), row["code"], row["why"])
            for row in self.rows("service_kind_codes")
        ]

    @cached_property
    def _modes(self) -> dict[str, str]:
        return {row["code"]: row["mode"] for row in self.rows("nomenclator")}

    def _plan_line(self, row: dict[str, str]) -> SourceLine:
        provider = self.legal_name(row["provider"])
        code = self.code_of(row["code_raw"])
        count = _LEADING_COUNT.match(row["service"])
        return SourceLine(
            printed=PrintedService(
                dataset=PLAN,
                line=row["source_line"],
                name=row["service"],
                provider=fold(provider),
                uat=self.uat_of(CITY),
                mode=self._modes.get(code) or mode_of(row["service"]) or "",
                places=CITY,
            ),
            provider=provider,
            units=int(count[1]) if count else 1,
            code=code,
            code_printed=row["code_raw"],
            place=CITY,
            capacity_printed=row["capacity_raw"],
            capacities=_capacities(PLAN, row),
            occupancy=float(row["occupancy_pct"]) if row["occupancy_pct"] else None,
        )

    def _strategy_line(self, row: dict[str, str]) -> SourceLine:
        provider = self.legal_name(row["provider"])
        code, why = self._deduced(row["segment"], row["service"], row["service_type"], row["service_group"])
        return SourceLine(
            printed=PrintedService(
                dataset=STRATEGY,
                line=row["source_line"],
                name=row["service"],
                provider=fold(provider),
                uat=self.uat_of(row["locality"]),
                mode=mode_of(row["service"], row["service_type"], row["service_group"]) or "",
                places=row["locality"],
                complex_name=row["parent_complex"],
            ),
            provider=provider,
            segment=row["segment"],
            status=row["status"],
            units=int(row["units"] or 1),
            code=code,
            code_why=why,
            place=row["locality"],
            address=self._village_of(row["locality"]),
        )

    def _disability_line(self, row: dict[str, str]) -> SourceLine:
        provider = self.legal_name(_DIRECTORATE)
        code, why = self._deduced("child", row["name"], row["unit_type"])
        return SourceLine(
            printed=PrintedService(
                dataset=DISABILITY,
                line=row["source_line"],
                name=row["name"],
                provider=fold(provider),
                uat=self.uat_of(row["locality"]),
                mode=mode_of(row["name"], row["unit_type"]) or "",
                places=row["locality"],
            ),
            provider=provider,
            segment="child",
            code=code,
            code_why=why,
            place=row["locality"],
            address=row["address"],
            capacity_printed=row["capacity_raw"],
            capacities=_capacities(DISABILITY, row),
        )

    def _deduced(self, segment: str, *texts: str) -> tuple[str, str]:
        text = " ".join(map(fold, texts)).strip()
        for of_segment, words, code, why in self._kinds:
            if of_segment in ("", segment) and words.search(text):
                return code, why
        return "", ""


def tidy(printed: str) -> str:
    """A printed name with its quotation marks as Romanian has them: „…”."""
    return re.sub(r" +([,.])", r"\1", _QUOTED.sub(r" „\1” ", printed)).strip()


def _capacities(dataset: str, row: dict[str, str]) -> tuple[PrintedCapacity, ...]:
    printed, unit = row["capacity_raw"], _UNITS.get(row["capacity_unit"], row["capacity_unit"])
    if row["capacity_value"]:
        return (PrintedCapacity(_YEAR[dataset], int(row["capacity_value"]), CapacityUnit(unit), printed),)
    parts = [part.strip() for part in printed.split(",") if re.match(r"\s*\d", part)]
    return tuple(
        PrintedCapacity(_YEAR[dataset], int(re.findall(r"\d+", part)[0]), CapacityUnit.OTHER, part)
        for part in parts
    )
