"""Photographs and signatures come after the words, in pieces, and are taken up where the line was cut."""

import hashlib
from typing import Any
from uuid import uuid4

import pytest

from punte.accounts.models import User
from punte.cases.actions import open_case
from punte.cases.enums import Regime
from punte.cases.models import Case
from punte.devices.actions import revoke_device
from punte.fieldwork.models import FieldFile, FilePiece
from punte.kernel.encryption import decrypt_bytes
from tests.factories import HouseholdFactory, family
from tests.fieldwork.tablet import Said, Tablet, entry, tablet_of
from tests.samples import PNG

pytestmark = [pytest.mark.django_db, pytest.mark.both]

PICTURE = PNG + bytes(range(256)) * 1200
CUT = 200_000


@pytest.fixture
def case(by: User) -> Case:
    place = HouseholdFactory(keeper=by.appointments.get().organization)
    family(34, 9, household=place)
    return open_case(by=by, household=place, regime=Regime.STANDARD, reason="o situație grea")


def words(content: bytes = PICTURE, **changed: Any) -> Said:
    """The words of a photograph."""
    plain = {
        "about": None,
        "what": "photo",
        "type": "image/png",
        "size": len(content),
        "caption": "Acoperișul",
    }
    return {**plain, "digest": hashlib.sha256(content).hexdigest(), **changed}


def announced(tablet: Tablet, case: Case, content: bytes = PICTURE, **changed: Any) -> str:
    """A photograph whose words are in the record."""
    said = entry("file", case.household_id, words(content, **changed))
    [answer] = tablet.up(said)
    assert answer["status"] == "applied", answer
    return str(said["id"])


def test_a_photograph_is_whole_when_its_last_piece_came(case: Case, tablet: Tablet) -> None:
    key = announced(tablet, case)
    assert tablet.put(key, 0, PICTURE[:CUT]).json() == {"received": CUT}
    file = FieldFile.objects.get(pk=key)
    assert (file.whole_at, file.content) == (None, None)
    assert PICTURE[:20] not in bytes(FilePiece.objects.get().content)
    assert tablet.put(key, CUT, PICTURE[CUT:]).json() == {"received": len(PICTURE)}
    file.refresh_from_db()
    assert file.whole_at
    assert decrypt_bytes(bytes(file.content or b"")) == PICTURE
    assert PICTURE[:20] not in bytes(file.content or b"")
    assert (file.caption, file.kind, file.household) == ("Acoperișul", "photo", case.household)
    assert not FilePiece.objects.exists()


def test_a_piece_sent_again_is_answered_as_the_first_time(case: Case, tablet: Tablet) -> None:
    key = announced(tablet, case)
    pieces = [
        (0, PICTURE[:CUT]),
        (0, PICTURE[:CUT]),
        (CUT, PICTURE[CUT:]),
        (CUT, PICTURE[CUT:]),
        (0, PICTURE[:CUT]),
    ]
    answers = [tablet.put(key, start, piece) for start, piece in pieces]
    assert {answer.status_code for answer in answers} == {200}
    assert FieldFile.objects.get(pk=key).whole_at


def test_a_piece_from_elsewhere_is_told_where_to_go_on(case: Case, tablet: Tablet) -> None:
    key = announced(tablet, case)
    tablet.put(key, 0, PICTURE[:1000])
    answer = tablet.put(key, 5000, PICTURE[5000:6000])
    assert (answer.status_code, answer.json()["received"]) == (409, 1000)


def test_what_arrived_otherwise_than_announced_is_sent_anew(case: Case, tablet: Tablet) -> None:
    key = announced(tablet, case)
    tablet.put(key, 0, PICTURE[:CUT])
    assert tablet.put(key, CUT, bytes(len(PICTURE) - CUT)).json() == {"received": 0}
    assert not FilePiece.objects.exists()
    tablet.put(key, 0, PICTURE[:CUT])
    assert tablet.put(key, CUT, PICTURE[CUT:]).json() == {"received": len(PICTURE)}


def test_what_is_no_photograph_is_not_kept(case: Case, tablet: Tablet) -> None:
    content = b"<html>" * 100
    key = announced(tablet, case, content)
    answer = tablet.put(key, 0, content)
    assert answer.status_code == 400
    assert answer.json()["message"]
    assert FieldFile.objects.get(pk=key).whole_at is None


def test_more_than_was_announced_is_refused(case: Case, tablet: Tablet) -> None:
    key = announced(tablet, case)
    assert tablet.put(key, len(PICTURE) - 5, b"x" * 10).status_code == 400
    assert tablet.put(key, 0, bytes(300 * 1024)).status_code == 413


@pytest.mark.parametrize("start", ["", "-1", "x", "9" * 30, "1.5", "²"])
def test_a_wrong_place_is_refused(start: str, case: Case, tablet: Tablet) -> None:
    assert tablet.put(announced(tablet, case), start, b"x").status_code == 400


def test_a_file_of_another_device_is_not_there(case: Case, by: User, tablet: Tablet) -> None:
    key = announced(tablet, case)
    assert tablet_of(by, "alta").put(key, 0, b"x").status_code == 404
    assert tablet.put(uuid4(), 0, b"x").status_code == 404


def test_a_device_that_was_shut_out_sends_no_file(case: Case, by: User, tablet: Tablet) -> None:
    key = announced(tablet, case)
    revoke_device(by=by, device=tablet.made.device)
    answer = tablet.put(key, 0, PICTURE[:CUT])
    assert (answer.status_code, answer.json()["wipe"]) == (401, True)


def test_a_photograph_belongs_to_what_it_was_taken_of(case: Case, tablet: Tablet) -> None:
    visit = {
        "case": str(case.pk),
        "mode": "home_visit",
        "code": "",
        "at": "2026-11-20T10:00:00+02:00",
        "minutes": None,
        "person": None,
        "step": None,
        "metFamily": True,
        "compartment": "general",
        "note": "",
    }
    visited = entry("intervention", case.household_id, visit)
    tablet.up(visited)
    assert str(FieldFile.objects.get(pk=announced(tablet, case, about=visited["id"])).about) == visited["id"]


@pytest.mark.parametrize(
    ("name", "value", "field"),
    [
        ("about", "00000000-0000-4000-8000-000000000001", "about"),
        ("what", "film", "what"),
        ("type", "image/svg+xml", "type"),
        ("size", 0, "size"),
        ("size", 9_000_000, "size"),
        ("digest", "F" * 64, "digest"),
        ("caption", "x" * 501, "caption"),
    ],
)
def test_words_that_cannot_be_are_refused(
    name: str, value: Any, field: str, case: Case, tablet: Tablet
) -> None:
    [answer] = tablet.up(entry("file", case.household_id, words(**{name: value})))
    assert (answer["status"], answer["field"]) == ("refused", field)
    assert not FieldFile.objects.exists()
