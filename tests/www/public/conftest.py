"""The city of the tests of finding help."""

from tests.directory.help.conftest import city

__all__ = ["city"]
