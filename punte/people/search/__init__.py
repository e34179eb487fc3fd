"""The search for people already known, by name however it is written, or by CNP."""

from punte.people.search.find import FoundPerson, Match, find_people, people_kept_and_called
from punte.people.search.index import index_names
from punte.people.search.likely import (
    Likely,
    LikelyReason,
    institutions_with,
    likely_files,
    likely_same,
)
from punte.people.search.reached import households_at, households_of_phone, people_of_phone

__all__ = [
    "FoundPerson",
    "Likely",
    "LikelyReason",
    "Match",
    "find_people",
    "households_at",
    "households_of_phone",
    "index_names",
    "institutions_with",
    "likely_files",
    "likely_same",
    "people_kept_and_called",
    "people_of_phone",
]
