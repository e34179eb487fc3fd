"""The package as packs before 2026.3 wrote it: for each code an objective and categories of service."""

from __future__ import annotations

from collections.abc import Mapping

from punte.methodology.errors import gettext_noop
from punte.methodology.model import BasicService, PackageObjective, PackageStep, Rule
from punte.methodology.source_files import Section
from punte.methodology.symbols import read_text

_REFERRAL = "referral"


def former_objectives(
    top: Section, rules: Mapping[str, Rule], services: Mapping[str, BasicService]
) -> dict[str, PackageObjective]:
    """An objective for each code that calls for services, once for each person, with a step for each service.

    Raises:
        PackError: an unknown code or service.
    """
    listed = top.section("codes")
    found = {}
    for code, section in listed.sections():
        if code not in rules:
            raise listed.error(gettext_noop("unknown code: %(code)s"), code, code=code)
        if not section.get("services") or rules[code].derived_from:
            continue
        text, compartment = read_text(section, "objective"), rules[code].compartment
        steps = tuple(_steps(code, section, services))
        found[code] = PackageObjective(code, text, text, "person", compartment, (code,), (), steps)
    return found


def _steps(code: str, section: Section, services: Mapping[str, BasicService]) -> list[PackageStep]:
    chosen = section.section("services")
    refer_to = tuple(section.texts("refer_to"))
    for key in chosen:
        if key not in services:
            raise chosen.error(gettext_noop("unknown service of the package: %(name)s"), key, name=key)
    called = {*chosen, _REFERRAL} if refer_to and _REFERRAL in services else {*chosen}
    return [
        PackageStep(
            text=services[key].name,
            codes=(code,),
            role="",
            days=None,
            service=key,
            interventions=tuple(chosen.texts(key)),
            refer_to=refer_to if key == _REFERRAL else (),
        )
        for key in services
        if key in called
    ]
