"""The doctor says what is amiss, and what to do."""

import base64
import datetime as dt
import errno
import os
import shutil
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone

from punte.accounts.models import FormDraft
from punte.operations import doctor
from punte.operations.doctor import State, examine
from punte.www.frame import entrance
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def states(**how: Any) -> dict[str, str]:
    return {one.what: one.state for one in examine(**how)}


@pytest.mark.both
def test_all_is_well_and_nothing_is_left_behind(settings: Any, tmp_path: Path) -> None:
    settings.VAR = tmp_path
    found = states()
    assert found.pop("mail") == State.ATTENTION
    assert set(found.values()) == {State.OK}, found
    assert not list(tmp_path.iterdir())
    assert ("operations", "doctor") not in MigrationRecorder(connection).applied_migrations()


def test_a_key_that_is_gone(settings: Any) -> None:
    settings.DATA_KEYS = {"1": b"a" * 32, "2": b"b" * 32}
    FormDraft.objects.create(user=UserFactory(), key="f", fields="text")
    settings.DATA_KEYS = {"1": b"a" * 32}
    assert states(thorough=False)["keys"] == State.FAILED


def test_another_key_of_the_same_number(settings: Any) -> None:
    settings.DATA_KEYS = {"1": b"a" * 32}
    FormDraft.objects.create(user=UserFactory(), key="f", fields="text")
    settings.DATA_KEYS = {"1": b"b" * 32}
    assert states(thorough=False)["keys"] == State.FAILED


def test_a_folder_that_cannot_be_written(settings: Any, tmp_path: Path) -> None:
    settings.VAR = tmp_path / "gone"
    found = states(thorough=False)
    assert found["writing"] == found["disk"] == State.FAILED


def test_little_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "LEAST_FREE", 1 << 60)
    assert states(thorough=False)["disk"] == State.ATTENTION


def test_a_clock_that_is_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    long_ago = timezone.now() - dt.timedelta(days=9_000)
    monkeypatch.setattr(doctor.timezone, "now", lambda: long_ago)
    assert states(thorough=False)["clock"] == State.FAILED


def test_a_migration_that_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    MigrationRecorder(connection).record_unapplied("sessions", "0001_initial")
    assert states(thorough=False)["migrations"] == State.FAILED


def test_a_mail_server_that_is_down(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    said = StringIO()
    with pytest.raises(CommandError, match="e-mail"):
        call_command("doctor", stdout=said)
    assert "✗ e-mail" in said.getvalue()


def test_a_watchman_is_told_how_it_stands_and_never_why(
    client: Client, settings: Any, tmp_path: Path
) -> None:
    assert client.get("/healthz", {"ready": ""}).status_code == 200
    settings.VAR = tmp_path / "gone"
    cache.clear()
    answer = client.get("/healthz", {"ready": ""})
    assert answer.status_code == 503
    assert answer.json()["states"]["writing"] == "failed"
    assert str(tmp_path) not in answer.content.decode()


def test_anybody_may_ask_and_a_look_is_taken_once_in_a_while(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = []

    def look(**how: Any) -> list[Any]:
        looks.append(how)
        return examine(**how)

    monkeypatch.setattr(entrance, "examine", look)
    cache.clear()
    answers = [client.get("/healthz", {"ready": ""}).json() for _ask in range(3)]
    assert len(looks) == 1
    assert answers[0] == answers[1] == answers[2]


def test_a_watchman_is_answered_while_the_database_is_away(client: Client) -> None:
    def away(*_given: Any) -> None:
        raise OperationalError("connection refused")

    with connection.execute_wrapper(away):
        answer = client.get("/healthz", {"ready": ""})
    assert answer.status_code == 503
    assert answer.json()["states"]["writing"] == "failed"


def test_a_full_disk_is_said_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(**_how: Any) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(doctor.tempfile, "TemporaryFile", full)
    said = {one.what: one.says for one in examine(thorough=False) if one.state == State.FAILED}
    assert set(said) == {"writing"} and "discul este plin" in said["writing"]


@pytest.mark.parametrize(
    "error",
    [
        OperationalError("database or disk is full"),
        OperationalError("could not extend file: No space left on device"),
    ],
)
def test_a_disk_on_which_the_database_finds_no_room(
    error: OperationalError, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: Any) -> None:
        raise error

    monkeypatch.setattr(MigrationRecorder, "record_applied", full)
    said = {one.what: one.says for one in examine(thorough=False) if one.state == State.FAILED}
    assert set(said) == {"writing"} and "discul este plin" in said["writing"]


@pytest.mark.both
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL guards its own files")
@pytest.mark.parametrize("where", ["in the middle", "at the beginning"])
def test_a_broken_file_of_the_database_is_said_as_such(where: str, tmp_path: Path, settings: Any) -> None:
    file = tmp_path / "punte.sqlite3"
    shutil.copyfile(connection.settings_dict["NAME"], file)
    with file.open("r+b") as database:
        database.seek(0 if where == "at the beginning" else file.stat().st_size // 2)
        database.write(os.urandom(1 << 16))
    own = {name: value for name, value in os.environ.items() if not name.startswith(("PUNTE_", "DATABASE_"))}
    keys = ",".join(
        f"{number}={base64.b64encode(key).decode()}" for number, key in settings.DATA_KEYS.items()
    )
    here = {
        "PUNTE_VAR": str(tmp_path),
        "PYTHONPATH": str(settings.ROOT),
        "PUNTE_DATA_KEYS": keys,
        "PUNTE_BLIND_INDEX_KEY": base64.b64encode(settings.BLIND_INDEX_KEY).decode(),
        "PUNTE_SECRET_KEY": settings.SECRET_KEY,
    }
    command = [sys.executable, "-W", "ignore", "-c", "from punte.command import main; main()", "doctor"]
    found = subprocess.run(command, env={**own, **here}, capture_output=True, text=True, timeout=120)
    assert found.returncode == 1
    assert "Traceback" not in found.stderr
    assert "Fișierul bazei de date este stricat" in found.stdout
