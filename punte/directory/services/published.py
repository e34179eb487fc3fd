"""What of a service everybody may know, and what not even the public directory tells. Pure.

The address of a shelter for victims of domestic violence is kept from the public (Law 217/2003 on preventing and
combating domestic violence); so is that of a shelter for victims of trafficking (Law 678/2001). Of them the
public learns the locality, and how to call.
"""

_SHELTERS = ("8790 CR-VD-", "8790 CR-VTP-")
SHELTER_CODES = (
    "8790 CR-VD-I",
    "8790 CR-VD-II",
    "8790 CR-VD-III",
    "8790 CR-VTP-I",
    "8790 CR-VTP-II",
)


def address_is_public(code: str | None) -> bool:
    """Whether the address and the exact place of a service of this nomenclature code may be published."""
    return not (code or "").startswith(_SHELTERS)
