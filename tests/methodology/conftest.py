"""What the tests of the methodology share."""

from __future__ import annotations

import pytest

from punte.methodology.model import Pack
from punte.methodology.packs import load_pack


@pytest.fixture(scope="session")
def sci() -> Pack:
    """The methodology of the integrated community services."""
    return load_pack("sci")
