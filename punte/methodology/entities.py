"""The household that a form from ODK Collect creates or updates: the entity in its `meta` (ODK Entities 2024.1)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from punte.methodology.errors import InstanceError, gettext_noop
from punte.methodology.instances import named, root_of, text_at

_TRUE = {"1", "true"}
"""JavaRosa writes 1 and 0, the web engine true and false."""


@dataclass(frozen=True)
class HouseholdEntity:
    """What a form says of the household it is about.

    `base_version` is the version that the device had of it; `siruta`, `name` and `address` are of a new one.
    """

    key: UUID
    create: bool
    base_version: int | None
    name: str
    siruta: int | None
    address: str


def household_entity(xml: bytes) -> HouseholdEntity | None:
    """The entity of an instance; None where the form has none.

    Raises:
        InstanceError: damaged, or an identifier or version that is none.
    """
    root = root_of(xml)
    found = [entity for meta in named(root, "meta") for entity in named(meta, "entity")]
    if not found:
        return None
    given = found[0].attrib
    try:
        key = UUID(given.get("id", "").removeprefix("uuid:"))
        base = int(given["baseVersion"]) if given.get("baseVersion") else None
    except ValueError as error:
        raise InstanceError(gettext_noop("The form does not say which household it is about.")) from error
    siruta = text_at(root, "visited/household_uat")
    return HouseholdEntity(
        key=key,
        create=given.get("create", "").lower() in _TRUE,
        base_version=base,
        name=text_at(root, "visited/household_name"),
        siruta=int(siruta) if siruta.isdecimal() else None,
        address=text_at(root, "visited/household_address"),
    )
