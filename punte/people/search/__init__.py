"""The search for people already known, by name however it is written, or by CNP."""

from punte.people.search.find import FoundPerson, Match, find_people
from punte.people.search.index import index_names
from punte.people.search.likely import (
    Likely,
    LikelyReason,
    institutions_with,
    likely_files,
    likely_same,
)

__all__ = [
    "FoundPerson",
    "Likely",
    "LikelyReason",
    "Match",
    "find_people",
    "index_names",
    "institutions_with",
    "likely_files",
    "likely_same",
]
