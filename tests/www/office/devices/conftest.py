"""The worker with a phone and a tablet of the tests of field work."""

from tests.fieldwork.conftest import by, phone, tablet

__all__ = ["by", "phone", "tablet"]
