"""What the legal name of an organisation says of it. Pure."""

import re

from punte.kernel.text import fold
from punte.organizations.enums import OrganizationKind as Kind

# The first that fits counts.
_KINDS: tuple[tuple[str, Kind], ...] = (
    (r"^directia generala de asistenta sociala si protectia copilului|^dgaspc\b", Kind.COUNTY_DIRECTORATE),
    (r"^primaria\b|^comuna\b|^directia de asistenta sociala", Kind.TOWN_HALL),
    (r"\bs r l$|\bsrl$|^s c\b", Kind.PRIVATE),
    (r"^parohia\b|^protopopiatul\b|^arhiepiscopia\b|\bcultul mozaic$", Kind.CHURCH),
    (r"^penitenciarul\b|^agentia nationala\b|^universitatea\b", Kind.PUBLIC),
)


def kind_of(name: str) -> Kind:
    """The kind of organisation that a legal name tells of; an association unless the name says otherwise."""
    folded = fold(name)
    return next((kind for pattern, kind in _KINDS if re.search(pattern, folded)), Kind.NGO)
