"""The published directory of the tests of HSDS."""

from tests.api.hsds.conftest import ask, directory

__all__ = ["ask", "directory"]
