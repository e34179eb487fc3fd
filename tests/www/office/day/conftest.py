"""The town hall of the tests of cases, seen through the browser's door."""

from tests.cases.conftest import day_centre, town
from tests.www.office.cases.conftest import sign_in

__all__ = ["day_centre", "sign_in", "town"]
