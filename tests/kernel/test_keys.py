"""Keys can be added and retired; what is encrypted stays readable, and the trail stays closed."""

import json
import stat
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from punte.accounts.models import FormDraft, TrailEntry
from punte.accounts.verbs import record
from punte.kernel.encryption import decrypt
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def _raw(table: str, column: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{column}" FROM "{table}" ORDER BY id')
        return [row[0] for row in cursor.fetchall()]


def test_rotate_rewrites_every_value_with_the_newest_key(settings: Any) -> None:
    settings.DATA_KEYS = {"1": b"a" * 32}
    user = UserFactory()
    FormDraft.objects.bulk_create(FormDraft(user=user, key=f"f{n}", fields=f"text {n}") for n in range(7))
    record(by=user, verb="change_profile", keeper=None, reason="de ce")
    settings.DATA_KEYS = {"1": b"a" * 32, "2": b"b" * 32}

    call_command("keys", "rotate")

    settings.DATA_KEYS = {"2": b"b" * 32}
    stored = [*_raw("accounts_formdraft", "fields"), *_raw("accounts_trailentry", "reason")]
    assert all(value.startswith("2:") for value in stored)
    assert sorted(decrypt(value) for value in stored) == sorted([*(f"text {n}" for n in range(7)), "de ce"])


def test_the_trail_is_closed_again_after_rotation(settings: Any) -> None:
    settings.DATA_KEYS = {"1": b"a" * 32}
    record(by=UserFactory(), verb="change_profile", keeper=None, reason="de ce")
    settings.DATA_KEYS = {"1": b"a" * 32, "2": b"b" * 32}
    call_command("keys", "rotate")
    with pytest.raises(DatabaseError, match="trail_is_append_only"), transaction.atomic():
        TrailEntry.objects.update(verb="other")


def test_new_adds_a_key_that_only_its_owner_may_read(settings: Any, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.delenv("PUNTE_DATA_KEYS", raising=False)
    settings.VAR = tmp_path
    kept = tmp_path / "secrets.json"
    kept.write_text(json.dumps({"signing_key": "s", "data_keys": {"9": "old"}, "blind_index_key": "b"}))
    call_command("keys", "new")
    written = json.loads(kept.read_text())
    assert set(written["data_keys"]) == {"9", "10"}
    assert written["data_keys"]["9"] == "old"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_new_refuses_when_the_keys_come_from_the_environment(monkeypatch: Any) -> None:
    monkeypatch.setenv("PUNTE_DATA_KEYS", "1:YQ==")
    with pytest.raises(CommandError, match="PUNTE_DATA_KEYS"):
        call_command("keys", "new")
