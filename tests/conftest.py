"""What every test may ask for."""

import gc
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zlib import crc32

import pytest
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import settings as examples

from tests import WHOLE, database, factories, some_of

pytest_plugins = [
    *(f"tests.guards.{guard}" for guard in ("findings", "templates", "ordering", "queries")),
    "tests.dearest",
]

# No example fails for having been slow: how long one takes says how busy the machine is.
examples.register_profile("punte", deadline=None, max_examples=some_of(100))
examples.load_profile("punte")

# A marker, and what every fixture that reaches the database asks for.
_DATABASE = {"django_db", "django_db_setup"}
_LONGEST_NAME = 120
"""Letters of one value in the name of a test."""
_VAR = pytest.StashKey[TemporaryDirectory[str]]()


def pytest_configure(config: pytest.Config) -> None:
    """Static files go by their plain names, looked for when asked and not listed anew for each client; what is kept as
    a file lies in memory; the second factor and the promise are asked where a test is about them."""
    database.prepare()
    _read_nothing_of_the_operator(config)
    settings.MFA_REQUIRED = False
    settings.PROMISE_REQUIRED = False
    settings.PASSWORD_HASHERS = ["tests.hashing.QuickArgon2PasswordHasher"]
    settings.WHITENOISE_AUTOREFRESH = True
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


def _read_nothing_of_the_operator(config: pytest.Config) -> None:
    """An extract, a pack or content that somebody has here answers no test: each process begins with an empty VAR."""
    from punte.assessments.in_force import look_there

    config.stash[_VAR] = TemporaryDirectory(prefix="punte-tests-", ignore_cleanup_errors=True)
    settings.VAR, settings.OWN_CONTENT = Path(config.stash[_VAR].name), None
    look_there()


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """What is long goes by its length: the name of a test is said by a worker again and again."""
    if isinstance(val, str | bytes) and len(val) > _LONGEST_NAME:
        return f"{argname} of {len(val)}"
    return None


def pytest_itemcollected(item: pytest.Item) -> None:
    """Draw every second row of an enumeration, always the same, and whatever is none."""
    if not hasattr(item, "callspec") or crc32(item.nodeid.encode()) % 2 == 0:
        item.add_marker("drawn")


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end: it is not looked through for garbage again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def pytest_unconfigure(config: pytest.Config) -> None:
    """At the end all of it goes, lest DuckDB find itself leaked."""
    gc.unfreeze()
    config.stash[_VAR].cleanup()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What says nothing new beside the other database is left out, and of a sampled walk the rows that are not drawn;
    what takes long begins first, in any order."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)
    if connection.vendor == "sqlite":
        idle = [item for item in items if item.get_closest_marker("stricter") and not WHOLE]
    else:
        idle = [item for item in items if not _DATABASE & {*item.fixturenames, *item.keywords}]
    if not WHOLE:
        idle += [item for item in items if item.get_closest_marker("whole")] + _not_drawn(items)
    config.hook.pytest_deselected(items=idle)
    left_out = set(idle)
    items[:] = [item for item in items if item not in left_out]


def _not_drawn(items: list[pytest.Item]) -> list[pytest.Item]:
    """Of the rows of each sampled test those that `make test` leaves to `make test-all`; one is always played."""
    rows: dict[str, list[pytest.Item]] = defaultdict(list)
    for item in items:
        if item.get_closest_marker("sampled"):
            rows[item.nodeid.partition("[")[0]].append(item)
    left: list[pytest.Item] = []
    for of_one in rows.values():
        of_one.sort(key=lambda item: crc32(item.nodeid.encode()))
        left += of_one[-(-len(of_one) // of_one[0].get_closest_marker("sampled").kwargs["one_in"]) :]  # type: ignore[union-attr]
    return left


@pytest.fixture(scope="session", autouse=True)
def every_line_of_the_trail_is_in_words(request: pytest.FixtureRequest) -> None:
    """A verb that the pages of the trail cannot put into words is refused as it is recorded, however it was named."""
    from punte.accounts.models import TrailEntry
    from punte.www.frame.trail_lines import lines

    def worded(line: TrailEntry, add: bool) -> str:  # noqa: ARG001
        assert line.verb in lines(), f"{line.verb} has no words in punte/www/frame/trail_lines.py"
        return line.verb

    verb = TrailEntry._meta.get_field("verb")
    verb.pre_save = worded  # type: ignore[method-assign]
    request.addfinalizer(lambda: delattr(verb, "pre_save"))


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any) -> Iterator[None]:
    """A copy of the migrated database for this process; see `tests.database`."""
    TransactionTestCase._fixture_teardown = lambda _: database.renew()  # type: ignore[method-assign]
    with django_db_blocker.unblock():
        database.begin()
    yield
    with django_db_blocker.unblock():
        database.drop()


@pytest.fixture(autouse=True)
def nothing_of_another_test() -> None:
    """Neither the language that a request was answered in stays, nor which given name comes next."""
    translation.deactivate()
    factories.begin_anew()
