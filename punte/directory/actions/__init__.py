from punte.directory.actions.claim_service import claim_service
from punte.directory.actions.confirm_service import confirm_service
from punte.directory.actions.decide_proposal import publish_proposal, refuse_proposal, withdraw_proposal
from punte.directory.actions.import_services import import_occupancy, import_services
from punte.directory.actions.load_reference import Loaded, load_reference
from punte.directory.actions.occupancy import (
    NoFreePlace,
    counted_at,
    hold_for,
    record_occupancy,
    release_place,
    take_free_place,
    take_place,
)
from punte.directory.actions.propose_details import propose_details
from punte.directory.actions.propose_service import propose_service
from punte.directory.actions.propose_status import propose_status
from punte.directory.actions.record_capacity import record_capacity

__all__ = [
    "Loaded",
    "NoFreePlace",
    "claim_service",
    "confirm_service",
    "counted_at",
    "hold_for",
    "import_occupancy",
    "import_services",
    "load_reference",
    "propose_details",
    "propose_service",
    "propose_status",
    "publish_proposal",
    "record_capacity",
    "record_occupancy",
    "refuse_proposal",
    "release_place",
    "take_free_place",
    "take_place",
    "withdraw_proposal",
]
