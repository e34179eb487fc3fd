"""Through how many of our modules an entry travels, from the door of Teren until the verb of the record runs."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

import punte
from punte.accounts.models import User
from tests.factories import worker
from tests.fieldwork.tablet import entry, filled, home, tablet_of
from tests.fieldwork.test_push import caseload, prefilled, visit

pytestmark = pytest.mark.django_db

_HOUSE = Path(punte.__file__).parent
_BEGINNING = f"{_HOUSE}/"
MOST = 15
"""Modules that somebody reads who asks how an entry becomes part of the record. The kernel and the models, on which
everything stands, are not counted."""


@contextmanager
def _followed(verb: str) -> Iterator[set[str]]:
    """The modules that run from the first function of the door until a verb of this name begins, its own included."""
    met: set[str] = set()
    began = ended = False

    def follow(frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal began, ended
        if event != "call" or not frame.f_code.co_filename.startswith(_BEGINNING):
            return
        path = Path(frame.f_code.co_filename)
        room, *_, module = place = path.relative_to(_HOUSE).parts
        began = began or place[:2] == ("api", "teren")
        if began and room != "kernel" and "models" not in place and module != "models.py":
            met.add("/".join(place))
            ended = frame.f_code.co_name == verb
        if ended:
            sys.setprofile(before)

    before = sys.getprofile()
    sys.setprofile(follow)
    try:
        yield met
    finally:
        sys.setprofile(before)
    assert ended, f"{verb} never began"


@pytest.fixture
def by() -> User:
    return worker()


def test_is_short(by: User) -> None:
    case = caseload(by)
    tablet = tablet_of(by)
    bundle, instance = prefilled(tablet)
    place = case.household
    sent = {
        "create_household": entry(
            "household_new", "0193b1de-6b6c-7000-8000-000000000001", home(place.uat_id)
        ),
        "change_household": entry(
            "household_change",
            place.pk,
            {"revision": 1, "fields": {"address": [place.address, "Str. Lungă 9"]}},
        ),
        "submit_assessment": entry("assessment", bundle["id"], filled(instance, dwelling="house")),
        "log_intervention": entry("intervention", place.pk, visit(case)),
    }
    for verb, said in sent.items():
        with _followed(verb) as met:
            [answer] = tablet.up(said)
        assert answer["status"] == "applied", answer
        assert len(met) <= MOST, f"{verb}: {sorted(met)}"
