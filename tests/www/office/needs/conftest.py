"""The same households as for figures."""

from tests.statistics.conftest import assess

__all__ = ["assess"]
