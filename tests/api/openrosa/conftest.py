"""The worker with a phone of the tests of field work."""

from tests.fieldwork.conftest import by, phone

__all__ = ["by", "phone"]
