"""The services of the tests of the directory and of partners."""

from tests.directory.conftest import service, uat
from tests.www.partner.conftest import place

__all__ = ["place", "service", "uat"]
