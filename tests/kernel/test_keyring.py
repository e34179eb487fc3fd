"""A database is opened with its own keys alone: with others, or none, nothing starts and nothing is written."""

import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import environ
import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test import Client

from punte.accounts.verbs import record
from punte.kernel import keyring
from punte.kernel.errors import WrongKeys
from punte.kernel.models import KeyFingerprint
from punte.secrets import Secrets
from tests.factories import UserFactory

ROOT = Path(__file__).resolve().parent.parent.parent
both = [pytest.mark.django_db, pytest.mark.both]
A, B = {"1": b"a" * 32}, {"1": b"b" * 32}


def _open() -> set[str]:
    """As at the first connection of a process; the names of the keys that the database then remembers."""
    keyring._opened.clear()
    keyring._open("default")
    return set(KeyFingerprint.objects.order_by("name").values_list("name", flat=True))


class TestOpening:
    pytestmark = both

    @pytest.fixture(autouse=True)
    def a_database_that_remembers_no_keys(self, db: None) -> None:
        KeyFingerprint.objects.all().delete()

    def test_a_new_database_remembers_the_keys_and_gives_nothing_of_them_away(self, settings: Any) -> None:
        settings.DATA_KEYS = A
        assert _open() == {"data 1", "blind index"}
        digest = KeyFingerprint.objects.get(name="data 1").digest
        assert len(digest) == 64 and "61" * 8 not in digest
        assert _open() == {"data 1", "blind index"}

    def test_another_key_is_refused_and_named(self, settings: Any) -> None:
        settings.DATA_KEYS = A
        _open()
        settings.DATA_KEYS = B
        with pytest.raises(WrongKeys, match="o altă cheie stă în locul ei: cheia de date 1"):
            _open()
        settings.DATA_KEYS, settings.BLIND_INDEX_KEY = A, b"c" * 32
        with pytest.raises(WrongKeys, match="PUNTE_BLIND_INDEX_KEY"):
            _open()

    def test_keys_that_were_just_made_are_not_kept_beside_data(self, settings: Any, tmp_path: Path) -> None:
        _open()
        settings.SECRETS = replace(
            settings.SECRETS, to_keep={"data_keys": {}}, path=tmp_path / "secrets.json"
        )
        settings.DATA_KEYS = B
        with pytest.raises(WrongKeys, match="lipsește: cheia de date 1"):
            _open()
        KeyFingerprint.objects.all().delete()
        UserFactory()
        with pytest.raises(WrongKeys, match=f"{tmp_path}/secrets.json"):
            _open()
        assert not list(tmp_path.iterdir()) and not KeyFingerprint.objects.exists()

    def test_a_database_that_cannot_answer_now_is_not_taken_for_a_new_one(
        self, settings: Any, tmp_path: Path
    ) -> None:
        def locked(*_given: Any) -> None:
            raise OperationalError("database is locked")

        made = {"signing_key": "s", "data_keys": {"1": ""}, "blind_index_key": ""}
        settings.SECRETS = replace(settings.SECRETS, to_keep=made, path=tmp_path / "secrets.json")
        with connection.execute_wrapper(locked), pytest.raises(OperationalError):
            _open()
        assert not list(tmp_path.iterdir()) and "default" not in keyring._opened

    def test_a_database_from_before_is_tried_on_what_it_holds(self, settings: Any) -> None:
        settings.DATA_KEYS = A
        record(by=UserFactory(), verb="change_profile", keeper=None, reason="de ce")
        settings.DATA_KEYS = B
        with pytest.raises(WrongKeys, match="cheia de date 1"):
            _open()
        assert not KeyFingerprint.objects.exists()
        settings.DATA_KEYS = A
        assert _open() == {"data 1", "blind index"}

    def test_a_new_key_is_remembered_and_a_retired_one_forgotten(self, settings: Any) -> None:
        settings.DATA_KEYS = A
        _open()
        settings.DATA_KEYS = {**A, "2": b"b" * 32}
        assert _open() == {"data 1", "data 2", "blind index"}
        for left in ("1", "2"):
            settings.DATA_KEYS = {left: ({**A, "2": b"b" * 32})[left]}
            with pytest.raises(WrongKeys, match="lipsește: cheia de date"):
                _open()
        settings.DATA_KEYS = {**A, "2": b"b" * 32}
        call_command("keys", "rotate")
        assert _open() == {"data 2", "blind index"}
        settings.DATA_KEYS = {"2": b"b" * 32}
        assert _open() == {"data 2", "blind index"}

    def test_no_key_is_added_to_a_ring_that_is_another(self, settings: Any, tmp_path: Path) -> None:
        settings.DATA_KEYS, settings.VAR = A, tmp_path
        (tmp_path / "secrets.json").write_text('{"data_keys": {"1": ""}}')
        _open()
        settings.DATA_KEYS = B
        with pytest.raises(WrongKeys):
            call_command("keys", "new")
        assert "2" not in json.loads((tmp_path / "secrets.json").read_text())["data_keys"]

    def test_health_tells_of_other_keys(self, settings: Any) -> None:
        settings.DATA_KEYS = A
        _open()
        assert Client().get("/healthz").json()["keys"] == "its own"
        settings.DATA_KEYS = B
        answer = Client().get("/healthz")
        assert (answer.status_code, answer.json()["keys"]) == (503, "other")


def test_of_two_processes_that_make_keys_the_second_takes_those_of_the_first(tmp_path: Path) -> None:
    path = tmp_path / "secrets.json"
    first, second = (Secrets.read(path, environment=environ.Env(), beginning=False) for _ in range(2))
    assert not path.exists() and first.data_keys != second.data_keys
    kept = first.keep(environment=environ.Env())
    assert kept.data_keys == first.data_keys
    assert second.keep(environment=environ.Env()) == kept
    assert list(tmp_path.iterdir()) == [path]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_keys_from_the_environment_need_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Secrets.read(tmp_path / "one.json", environment=environ.Env(), beginning=True)
    kept = json.loads((tmp_path / "one.json").read_text())
    monkeypatch.setenv("PUNTE_SECRET_KEY", kept["signing_key"])
    monkeypatch.setenv("PUNTE_DATA_KEYS", f"1={kept['data_keys']['1']}")
    monkeypatch.setenv("PUNTE_BLIND_INDEX_KEY", kept["blind_index_key"])
    given = Secrets.read(tmp_path / "two.json", environment=environ.Env(), beginning=True)
    assert (given.data_keys, given.blind_index_key) == (made.data_keys, made.blind_index_key)
    assert not (tmp_path / "two.json").exists()


@pytest.fixture
def installation(tmp_path: Path, settings: Any, django_db_setup: None) -> Path:
    """The PUNTE_VAR of an installation on SQLite that remembers its keys, whoever may read the folder."""
    if connection.vendor != "sqlite":
        pytest.skip("this installation is on SQLite")
    shutil.copyfile(connection.settings_dict["TEST"]["NAME"], tmp_path / "punte.sqlite3")
    own = Secrets.read(tmp_path / "secrets.json", environment=environ.Env(), beginning=True)
    settings.DATA_KEYS, settings.BLIND_INDEX_KEY = own.data_keys, own.blind_index_key
    with sqlite3.connect(tmp_path / "punte.sqlite3") as opened:
        opened.executemany("INSERT INTO kernel_keyfingerprint VALUES (?, ?)", keyring.fingerprints().items())
    tmp_path.chmod(0o755)
    return tmp_path


def _run(var: Path, python: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    ours = ("PUNTE_", "DATABASE_URL", "DJANGO_")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return subprocess.run(
        [sys.executable, "-c", python, *arguments],
        env={**clean, "PUNTE_VAR": str(var), "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
    )


def _rows(var: Path) -> str:
    with sqlite3.connect(var / "punte.sqlite3") as opened:
        return "\n".join(opened.iterdump())


@pytest.mark.parametrize("verb", [["serve", "--port", "1"], ["migrate"]], ids=" ".join)
def test_nothing_starts_without_the_keys_and_nothing_is_written(installation: Path, verb: list[str]) -> None:
    (installation / "secrets.json").unlink()
    before = _rows(installation)
    refused = _run(installation, "from punte.command import main; main()", *verb)
    assert refused.returncode == 1
    assert "lipsește: cheia de date 1" in refused.stderr
    assert str(installation / "secrets.json") in refused.stderr
    assert "Traceback" not in refused.stderr
    assert _rows(installation) == before
    assert not (installation / "secrets.json").exists()


def test_beside_a_broken_database_a_worker_starts_and_writes_no_new_keys(installation: Path) -> None:
    (installation / "secrets.json").unlink()
    with (installation / "punte.sqlite3").open("r+b") as database:
        database.write(os.urandom(1 << 12))
    started = _run(installation, "import punte.wsgi")
    assert started.returncode == 0, started.stderr
    assert not (installation / "secrets.json").exists()


def test_no_worker_of_any_server_starts_with_other_keys(installation: Path) -> None:
    kept = json.loads((installation / "secrets.json").read_text())
    (installation / "secrets.json").write_text(
        json.dumps({**kept, "data_keys": {"1": kept["blind_index_key"]}})
    )
    refused = _run(installation, "import punte.wsgi")
    assert refused.returncode == 1
    assert "o altă cheie stă în locul ei: cheia de date 1" in refused.stderr


def test_a_worker_starts_with_its_keys_and_keeps_the_folder_to_itself(installation: Path) -> None:
    started = _run(installation, "import punte.wsgi")
    assert started.returncode == 0, started.stderr
    assert stat.S_IMODE(installation.stat().st_mode) == 0o700
    kept = [path for path in installation.rglob("*") if path.is_file()]
    assert {"punte.sqlite3", "secrets.json"} <= {path.name for path in kept}
    assert {stat.S_IMODE(path.stat().st_mode) for path in kept} == {0o600}
