"""What a database decides is marked `both`, so that it runs on SQLite and on PostgreSQL."""

import inspect
import re

import pytest

# Words of a test that asks the database itself.
_OF_A_DATABASE = re.compile(
    r"\bIntegrityError\b|\bconnection\.(cursor|vendor)\b|\bselect_for_update\b|\bthreading\b|\.raw\("
)


def test_what_a_database_decides_is_marked(request: pytest.FixtureRequest) -> None:
    here = re.compile(f"{__name__}$")
    asked = [item for item in request.session.items if not here.search(item.module.__name__)]  # type: ignore[attr-defined]
    assert not sorted({item.nodeid for item in asked if _is_decided(item) and not _is_known(item)})


def _is_known(item: pytest.Item) -> bool:
    return any(item.get_closest_marker(name) for name in ("both", "browser"))


def _is_decided(item: pytest.Item) -> bool:
    """Whether the test has transactions of its own, or speaks to the database itself."""
    database = item.get_closest_marker("django_db")
    has_its_own = {"transactional_db", "live_server"} & {*item.fixturenames}  # type: ignore[attr-defined]
    if has_its_own or (database is not None and database.kwargs.get("transaction")):
        return True
    return bool(_OF_A_DATABASE.search(inspect.getsource(item.function)))  # type: ignore[attr-defined]
