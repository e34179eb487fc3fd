"""The town hall of the tests of petitions."""

from tests.petitions.conftest import hall, store

__all__ = ["hall", "store"]
