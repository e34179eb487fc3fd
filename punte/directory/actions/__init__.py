"""Everything that changes the directory."""

from punte.directory.actions.load_reference import Loaded, load_reference
from punte.directory.actions.occupancy import record_occupancy, release_place, take_place

__all__ = ["Loaded", "load_reference", "record_occupancy", "release_place", "take_place"]
