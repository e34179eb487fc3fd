"""Everything that is done in an emergency, one verb each."""

from punte.emergencies.actions.family import look_for, say_found
from punte.emergencies.actions.filing import make_file
from punte.emergencies.actions.leading import change_workers, end_emergency, open_emergency
from punte.emergencies.actions.listing import Fast, correct_listed, list_person, merge_listed
from punte.emergencies.actions.moving import come_back, leave_list

__all__ = [
    "Fast",
    "change_workers",
    "come_back",
    "correct_listed",
    "end_emergency",
    "leave_list",
    "list_person",
    "look_for",
    "make_file",
    "merge_listed",
    "open_emergency",
    "say_found",
]
