"""Read ``package.yaml``: for each code, the services of the basic package and the services to refer to."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from punte.methodology.errors import gettext_noop
from punte.methodology.model import BasicService, PackageEntry, Rule
from punte.methodology.source_files import Section, read_yaml
from punte.methodology.symbols import read_text

REFERENCE_DIR = Path(__file__).resolve().parent.parent.parent / "content" / "reference"


@cache
def reference_codes(file_name: str) -> frozenset[str]:
    """The codes of a reference table (column ``code``)."""
    with (REFERENCE_DIR / file_name).open(encoding="utf-8", newline="") as file:
        return frozenset(row["code"] for row in csv.DictReader(file))


def read_package(
    file: Path, rules: Mapping[str, Rule]
) -> tuple[dict[str, BasicService], dict[str, PackageEntry]]:
    """The basic services and the entry of every code.

    Raises:
        PackError: an unknown code, service, intervention or nomenclature code; a code without an entry.
    """
    top = read_yaml(file)
    names = top.section("services")
    services = {key: BasicService(key, read_text(names, key)) for key in names}
    listed = top.section("codes")
    entries = {}
    for code, section in listed.sections():
        if code not in rules:
            raise listed.error(gettext_noop("unknown code: %(code)s"), code, code=code)
        entries[code] = _entry(code, section, services)
    missing = [code for code in rules if code not in entries]
    if missing:
        raise top.error(gettext_noop("no package for the code %(code)s"), "codes", code=missing[0])
    return services, entries


def _entry(code: str, section: Section, services: Mapping[str, BasicService]) -> PackageEntry:
    if not section.get("services"):
        return PackageEntry(code, (), (), {}, section.text("reason"))
    chosen = section.section("services")
    return PackageEntry(
        code,
        tuple((key, _interventions(chosen, key, services)) for key in chosen),
        _refer_to(section),
        read_text(section, "objective"),
    )


def _interventions(chosen: Section, key: str, services: Mapping[str, BasicService]) -> tuple[str, ...]:
    if key not in services:
        raise chosen.error(gettext_noop("unknown service of the package: %(name)s"), key, name=key)
    codes = chosen.texts(key)
    for code in codes:
        if code not in reference_codes("amc_services.csv"):
            raise chosen.error(gettext_noop("unknown intervention code: %(code)s"), key, code=code)
    return tuple(codes)


def _refer_to(section: Section) -> tuple[str, ...]:
    codes = section.texts("refer_to")
    for code in codes:
        if code not in reference_codes("nomenclator.csv"):
            raise section.error(gettext_noop("unknown nomenclature code: %(code)s"), "refer_to", code=code)
    return tuple(codes)
