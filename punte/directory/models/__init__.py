"""What help exists: social services, where they are given, how many places they have and how many are taken."""

from punte.directory.models.places import Capacity, OccupancySnapshot, TakenPlace
from punte.directory.models.services import (
    Confirmation,
    EligibleCode,
    Licence,
    Location,
    NomenclatureCode,
    OpeningHours,
    Proposal,
    Service,
    ServiceQuerySet,
    ServiceSource,
    StatusPeriod,
)

__all__ = [
    "Capacity",
    "Confirmation",
    "EligibleCode",
    "Licence",
    "Location",
    "NomenclatureCode",
    "OccupancySnapshot",
    "OpeningHours",
    "Proposal",
    "Service",
    "ServiceQuerySet",
    "ServiceSource",
    "StatusPeriod",
    "TakenPlace",
]
