"""What can be done in the search for a family."""

from punte.protection.actions.choosing import choose_family
from punte.protection.actions.searching import begin_search, give_up_search, widen_search

__all__ = ["begin_search", "choose_family", "give_up_search", "widen_search"]
