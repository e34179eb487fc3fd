"""Read ``package.yaml``: which findings share an objective, the steps towards it, who does them and by when."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from punte.methodology.errors import gettext_noop
from punte.methodology.former_package import former_objectives
from punte.methodology.model import (
    BasicService,
    Package,
    PackageObjective,
    PackageRole,
    PackageStep,
    Priorities,
    Rule,
    Text,
)
from punte.methodology.source_files import Section, read_yaml
from punte.methodology.symbols import read_text

REFERENCE_DIR = Path(__file__).resolve().parent.parent.parent / "content" / "reference"
EVIDENCE = ("law", "guide", "local_methodology", "proposal")
"""How sure it is that findings call for these steps; `proposal` is what nobody but the authors of the pack said yet."""

_TABLES = {"interventions": "amc_services.csv", "refer_to": "nomenclator.csv"}
_MANY = Priorities(at_least=1000, at_most=1000, severity=0)


@cache
def reference_codes(file_name: str) -> frozenset[str]:
    """The codes of a reference table (column ``code``)."""
    with (REFERENCE_DIR / file_name).open(encoding="utf-8", newline="") as file:
        return frozenset(row["code"] for row in csv.DictReader(file))


def read_package(
    file: Path, rules: Mapping[str, Rule], compartments: Collection[str], sources: Collection[str]
) -> Package:
    """The package of a pack.

    Raises:
        PackError: an unknown code, service, role, intervention or nomenclature code; a code without an objective that
            gives no reason; findings of unlike compartments together; a step for who does not read its findings.
    """
    top = read_yaml(file)
    names = top.section("services")
    services = {key: BasicService(key, read_text(names, key)) for key in names}
    if "codes" in top:
        return Package(services, {}, _MANY, former_objectives(top, rules, services), {})
    roles = {key: _role(key, section, compartments) for key, section in top.section("roles").sections()}
    reader = _Objectives(rules, services, roles, sources)
    for key, section in top.section("objectives").sections():
        reader.add(key, section)
    reader.check_ways()
    reasons = _reasons(top.section("nothing"), rules, reader.codes)
    missing = [code for code in rules if code not in reader.codes and code not in reasons]
    if missing:
        raise top.error(gettext_noop("no package for the code %(code)s"), "objectives", code=missing[0])
    return Package(services, roles, _priorities(top), reader.objectives, reasons)


def _role(key: str, section: Section, compartments: Collection[str]) -> PackageRole:
    reads = section.texts("reads")
    for name in reads:
        if name not in compartments:
            raise section.error(gettext_noop("unknown compartment: %(name)s"), "reads", name=name)
    return PackageRole(key, read_text(section, "name"), frozenset(reads))


def _priorities(top: Section) -> Priorities:
    section = top.section("priorities")
    found = Priorities(*(_whole(section, key) for key in ("at_least", "at_most", "severity")))
    if not 0 < found.at_least <= found.at_most:
        raise section.error(gettext_noop("at_least is above at_most"), "at_least")
    return found


def _reasons(section: Section, rules: Mapping[str, Rule], used: Collection[str]) -> dict[str, str]:
    for code in section:
        if code not in rules:
            raise section.error(gettext_noop("unknown code: %(code)s"), code, code=code)
        if code in used:
            raise section.error(gettext_noop("%(key)s is given twice"), code, key=code)
    return {code: section.text(code) for code in section}


def _listed(section: Section, key: str, unknown: str) -> tuple[str, ...]:
    for code in section.texts(key):
        if code not in reference_codes(_TABLES[key]):
            raise section.error(unknown, key, code=code)
    return tuple(section.texts(key))


def _whole(section: Section, key: str) -> int:
    text = section.text(key)
    if not text.isascii() or not text.isdigit() or len(text) > 4:
        raise section.error(gettext_noop("%(key)s is a whole number"), key, key=key)
    return int(text)


class _Objectives:
    def __init__(
        self,
        rules: Mapping[str, Rule],
        services: Mapping[str, BasicService],
        roles: Mapping[str, PackageRole],
        sources: Collection[str],
    ) -> None:
        self.rules = rules
        self.services = services
        self.roles = roles
        self.sources = sources
        self.objectives: dict[str, PackageObjective] = {}
        self.codes: set[str] = set()
        self.opening: list[tuple[str, Section]] = []

    def add(self, key: str, section: Section) -> None:
        self._one_of(section, "source", self.sources)
        self._one_of(section, "evidence", EVIDENCE)
        of: Literal["household", "person"] = (
            "household" if self._one_of(section, "of", ("household", "person")) == "household" else "person"
        )
        codes = self._codes(section)
        compartment = self.rules[codes[0]].compartment
        steps = tuple(self._step(item, codes, compartment) for item in section.items_of("steps"))
        self._check_reached(section, codes, steps)
        self.objectives[key] = PackageObjective(
            key,
            read_text(section, "name"),
            self._sentence(section),
            of,
            compartment,
            codes,
            tuple(section.texts("opens")),
            steps,
        )
        self.codes.update(codes)
        self.opening.append((key, section))

    def check_ways(self) -> None:
        """What an objective opens lies below it, so that nothing opens itself in a circle."""
        order = list(self.objectives)
        for key, section in self.opening:
            for opened in self.objectives[key].opens:
                if opened not in self.objectives:
                    raise section.error(
                        gettext_noop("unknown %(key)s: %(value)s"), "opens", key="opens", value=opened
                    )
                if order.index(opened) <= order.index(key):
                    raise section.error(
                        gettext_noop("%(name)s can be opened only by an objective above it"),
                        "opens",
                        name=opened,
                    )

    def _codes(self, section: Section) -> tuple[str, ...]:
        codes = section.texts("codes")
        if not codes:
            raise section.error(gettext_noop("%(key)s is missing"), "codes", key="codes")
        for code in codes:
            if code not in self.rules:
                raise section.error(gettext_noop("unknown code: %(code)s"), "codes", code=code)
            if code in self.codes or codes.count(code) > 1:
                raise section.error(gettext_noop("%(key)s is given twice"), "codes", key=code)
            if self.rules[code].derived_from:
                raise section.error(
                    gettext_noop("%(code)s comes from other findings and proposes nothing of its own"),
                    "codes",
                    code=code,
                )
        parts = {self.rules[code].compartment for code in codes}
        if len(parts) > 1:
            raise section.error(
                gettext_noop("findings of one objective are of one compartment, these are of %(names)s"),
                "codes",
                names=", ".join(sorted(parts)),
            )
        return tuple(codes)

    def _step(self, section: Section, codes: tuple[str, ...], compartment: str) -> PackageStep:
        role = self._one_of(section, "who", self.roles)
        if compartment not in self.roles[role].compartments:
            raise section.error(
                gettext_noop("%(role)s does not read findings of %(compartment)s"),
                "who",
                role=role,
                compartment=compartment,
            )
        called = tuple(section.texts("for")) or codes
        for code in called:
            if code not in codes:
                raise section.error(gettext_noop("unknown code: %(code)s"), "for", code=code)
        return PackageStep(
            self._sentence(section),
            called,
            role,
            _whole(section, "days") if "days" in section else None,
            self._one_of(section, "service", self.services),
            _listed(section, "interventions", gettext_noop("unknown intervention code: %(code)s")),
            _listed(section, "refer_to", gettext_noop("unknown nomenclature code: %(code)s")),
        )

    def _sentence(self, section: Section) -> Text:
        text = read_text(section, "text")
        if len(section.section("text")) > len(text):
            raise section.error(
                gettext_noop("a comma splits the sentence: put it in quotation marks"), "text"
            )
        if any(len(each) > 200 for each in text.values()):
            raise section.error(gettext_noop("the sentence has more than 200 characters"), "text")
        return text

    def _check_reached(self, section: Section, codes: tuple[str, ...], steps: Iterable[PackageStep]) -> None:
        reached = {code for step in steps for code in step.codes}
        for code in codes:
            if code not in reached:
                raise section.error(gettext_noop("no step for the code %(code)s"), "steps", code=code)

    def _one_of(self, section: Section, key: str, known: Collection[str]) -> str:
        value = section.text(key)
        if value not in known:
            raise section.error(gettext_noop("unknown %(key)s: %(value)s"), key, key=key, value=value)
        return value
