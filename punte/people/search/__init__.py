"""Finding people again, by name however it is written, or by CNP."""

from punte.people.search.index import index_names

__all__ = ["index_names"]
