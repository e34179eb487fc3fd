"""What of a methodology goes to a device beside its form and its rules. It is nobody's data."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse

from punte.assessments.packs import pack_of, version_in_use
from punte.methodology.forms import compile_form
from punte.methodology.instances import fill_form
from punte.methodology.model import BasicService, Pack, PackageObjective, PackageRole
from punte.methodology.packs import available_packs

NOBODYS_INSTANCE = "uuid:00000000-0000-0000-0000-000000000000"
"""The identifier of a questionnaire that nobody began: who begins one gives it its own, and the day of the visit."""


def pack_parts(pack: Pack) -> dict[str, Any]:
    """`PackParts` of wire-packs.ts: what a plan is proposed from, and a questionnaire of a household yet unknown."""
    return {
        "blank": prefilled_form(pack, {}, []),
        "services": _names(pack.package.services),
        "roles": _names(pack.package.roles),
        "priorities": {
            "atLeast": pack.package.priorities.at_least,
            "atMost": pack.package.priorities.at_most,
            "severity": pack.package.priorities.severity,
        },
        "objectives": [_objective(each) for each in pack.package.objectives.values()],
    }


def _names(rows: Mapping[str, BasicService] | Mapping[str, PackageRole]) -> dict[str, dict[str, str]]:
    return {key: dict(row.name) for key, row in rows.items()}


def _objective(objective: PackageObjective) -> dict[str, Any]:
    return {
        "key": objective.key,
        "name": dict(objective.name),
        "text": dict(objective.text),
        "of": objective.of,
        "compartment": objective.compartment,
        "codes": list(objective.codes),
        "opens": list(objective.opens),
        "steps": [
            {
                "text": dict(step.text),
                "codes": list(step.codes),
                "role": step.role,
                "days": step.days,
                "service": step.service,
                "interventions": list(step.interventions),
                "referTo": list(step.refer_to),
            }
            for step in objective.steps
        ],
    }


def prefilled_form(
    pack: Pack, household: Mapping[str, object], members: Sequence[Mapping[str, object]]
) -> str:
    """A questionnaire with what is known, without an identifier of its own or a day of the visit."""
    return fill_form(pack, compile_form(pack), household, members, NOBODYS_INSTANCE)


def current_packs() -> list[Pack]:
    """Every methodology in the version that is in use now; one query each."""
    return [pack_of(version_in_use(pack)) for pack in available_packs()]


def address_of(pack: Pack) -> dict[str, Any]:
    """`PackAddress` of wire-packs.ts: where the parts of a pack are."""

    def where(part: str) -> str:
        return reverse("teren_pack_part", kwargs={"name": pack.name, "version": pack.version, "part": part})

    return {
        "name": pack.name,
        "version": pack.version,
        "title": dict(pack.title),
        "about": pack.about,
        "fromAge": pack.offered_from_age,
        "opensWith": pack.opens_with,
        "form": where("formular.xml"),
        "rules": where("reguli.js"),
        "parts": where("parti.json"),
    }
