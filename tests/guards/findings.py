"""What the guards found while a test ran fails that test."""

from collections.abc import Generator, Iterator
from contextlib import contextmanager

import pytest

# In the order found, each once.
_found: dict[str, None] = {}


def report(finding: str) -> None:
    """Note what is wrong, and where; the test goes on, so that it says all that is wrong."""
    _found[finding] = None


@contextmanager
def caught() -> Iterator[list[str]]:
    """Give the findings of the block to its author, and fail no test by them."""
    before, caught = dict(_found), []
    _found.clear()
    try:
        yield caught
    finally:
        caught += _found
        _found.clear()
        _found.update(before)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup() -> Generator[None]:
    """What came after a test ended is nobody's; what its fixtures do is its own."""
    _found.clear()
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Generator[None]:
    """Fail the test whose pages were at fault, unless it failed already by itself."""
    yield
    if _found:
        pytest.fail("\n".join(_found), pytrace=False)
