"""What of a methodology goes to a device beside its form and its rules. It is nobody's data."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse

from punte.assessments.packs import current_version, pack_of
from punte.methodology.forms import compile_form
from punte.methodology.instances import fill_form
from punte.methodology.model import Pack
from punte.methodology.packs import available_packs

NOBODYS_INSTANCE = "uuid:00000000-0000-0000-0000-000000000000"
"""The identifier of a questionnaire that nobody began: who begins one gives it its own, and the day of the visit."""


def pack_parts(pack: Pack) -> dict[str, Any]:
    """`PackParts` of wire.ts: what a plan is proposed from, and a questionnaire of a household not on record yet."""
    return {
        "blank": prefilled_form(pack, {}, []),
        "services": {key: dict(service.name) for key, service in pack.basic_services.items()},
        "package": {
            code: {
                "objective": dict(entry.objective),
                "services": [[service, list(codes)] for service, codes in entry.services],
                "referTo": list(entry.refer_to),
            }
            for code, entry in pack.package.items()
            if entry.services
        },
    }


def prefilled_form(
    pack: Pack, household: Mapping[str, object], members: Sequence[Mapping[str, object]]
) -> str:
    """A questionnaire with what is known, without an identifier of its own or a day of the visit."""
    return fill_form(pack, compile_form(pack), household, members, NOBODYS_INSTANCE)


def current_packs() -> list[Pack]:
    """Every methodology in the version that is in use now; one query each."""
    return [pack_of(current_version(pack.name)) for pack in available_packs()]


def address_of(pack: Pack) -> dict[str, Any]:
    """`PackAddress` of wire.ts: where the parts of a pack are."""

    def where(part: str) -> str:
        return reverse("teren_pack_part", kwargs={"name": pack.name, "version": pack.version, "part": part})

    return {
        "name": pack.name,
        "version": pack.version,
        "title": dict(pack.title),
        "form": where("formular.xml"),
        "rules": where("reguli.js"),
        "parts": where("parti.json"),
    }
