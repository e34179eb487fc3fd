"""What several tests about people begin with."""

import pytest

from tests.people.sealed_place import Place, make_place


@pytest.fixture
def place(db: None) -> Place:
    """A household whose mother is sealed and has moved, beside the same one where nobody is."""
    return make_place()
