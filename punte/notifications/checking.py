"""Whether the files of notifications hold together."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from punte.deadlines.nodes import RulesError
from punte.kernel.own_content import content_files, own_file
from punte.notifications.content import FILE, content
from punte.notifications.enums import NotificationState
from punte.notifications.routing import read_routes
from punte.notifications.terms import rulebook


def checked() -> Iterator[tuple[Path, str]]:
    """Of each file what is wrong with it, with its line; empty where nothing is."""
    readers: list[tuple[Path, Callable[[], object]]] = [
        (own_file(FILE), _whole),
        (Path(settings.CONTENT) / "deadlines.yaml", rulebook),
        *((path, partial(read_routes, path)) for path, _own in content_files("routing")),
    ]
    for path, read in readers:
        try:
            read()
        except RulesError as error:
            said = _(error.message) % error.params if error.params else _(error.message)
            yield path, f"{error.file}:{error.line}: {said}"
        else:
            yield path, ""


def _whole() -> None:
    """The content, and that each state has words for the notifier."""
    found = content()
    for state in NotificationState.values:
        if state not in found.section("states"):
            raise RulesError("%(name)s is missing", str(own_file(FILE)), 1, name=state)
