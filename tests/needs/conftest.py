"""The same households as for figures."""

from tests.figures.conftest import assess

__all__ = ["assess"]
