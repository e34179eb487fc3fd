"""Random days of two tablets and an office over a bad line: nothing lost, nothing twice, no conflict unseen.

A schedule that fails is named by its seed; `PUNTE_FAULTS_SEED=<seed> PUNTE_FAULTS=1` plays it alone.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from tests import WHOLE, database

ROOT = Path(__file__).resolve().parents[2]
FRONTEND = ROOT / "frontend"
AT_ONCE = 8
LONGEST = 1800
"""Seconds after which a run counts as stuck."""
ENOUGH = 40
"""So many schedules must have met faults and conflicts, or they prove nothing."""


@pytest.fixture
def environment(tmp_path: Path, db: None) -> Iterator[dict[str, str]]:
    """A database of its own, of the kind that the suite runs on: the server beside it writes for real."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("PUNTE_")}
    # The tablets live where the office does: between two midnights they would say another day of the same visit.
    own |= {"PUNTE_VAR": str(tmp_path), "PYTHONPATH": str(ROOT), "TZ": settings.TIME_ZONE}
    own.pop("DJANGO_SETTINGS_MODULE", None)
    if connection.vendor == "sqlite":
        own.pop("DATABASE_URL", None)
        database.copy_to(str(tmp_path / "punte.sqlite3"))
        yield own
        return
    url, _, _ = os.environ["DATABASE_URL"].rpartition("/")
    name = f"faults_{uuid4().hex[:12]}"
    database.copy_to(name)
    try:
        yield own | {"DATABASE_URL": f"{url}/{name}"}
    finally:
        with psycopg.connect(f"{url.replace('postgres:', 'postgresql:')}/postgres", autocommit=True) as home:
            home.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def _served(environment: dict[str, str]) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-W", "ignore", "-m", "tests.field_faults.server", str(port)]
    log = Path(environment["PUNTE_VAR"]) / "server.log"
    with log.open("wb") as written:
        server = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=written, stderr=written)
        try:
            _until_it_answers(port, server, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(20)


def _until_it_answers(port: int, server: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(300):
        assert server.poll() is None, log.read_text()
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("the server does not answer")


def _run(command: list[Any], environment: dict[str, str]) -> str:
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=LONGEST)
    assert done.returncode == 0, done.stderr[-4000:]
    return done.stdout


@pytest.fixture
def client(environment: dict[str, str]) -> Iterator[Path]:
    """The core of Teren and the harness around it, built for Node beside what they need."""
    built = FRONTEND / "node_modules" / f".field-faults-{uuid4().hex[:8]}"
    vite = [FRONTEND / "node_modules/.bin/vite", "build", "--logLevel", "error"]
    _run([*vite, "--config", FRONTEND / "harness/vite.config.ts", "--outDir", built], environment)
    yield built / "main.mjs"
    shutil.rmtree(built)


def _played(count: int, first: int, client: Path, environment: dict[str, str]) -> list[dict[str, Any]]:
    home = Path(environment["PUNTE_VAR"])
    towns, told = home / "towns.json", home / "told.jsonl"
    ours = [sys.executable, "-W", "ignore", "-m", "tests.field_faults"]
    _run([*ours, "found", str(count), towns], environment)
    with _served(environment) as server:
        play = ["node", client, server, towns, str(first), str(count), str(AT_ONCE), told]
        _run(play, environment)
    return [json.loads(line) for line in _run([*ours, "judge", towns, told], environment).splitlines()]


@pytest.mark.both
@pytest.mark.long
@pytest.mark.django_db
def test_nothing_is_lost_and_nothing_is_twice(environment: dict[str, str], client: Path) -> None:
    """The usual suite plays two days, on SQLite; `make test-all` 250 on each, `make faults` a thousand."""
    usual = 250 if WHOLE else 2
    count = int(os.environ.get("PUNTE_FAULTS", usual))
    first = int(os.environ.get("PUNTE_FAULTS_SEED", 1 if connection.vendor == "sqlite" else 100_001))
    verdicts = _played(count, first, client, environment)
    assert len(verdicts) == count
    wrong = {one["seed"]: one["complaints"] for one in verdicts if one["complaints"]}
    shown = json.dumps(dict(list(wrong.items())[:5]), ensure_ascii=False, indent=1)
    assert not wrong, f"{len(wrong)} of {count} schedules, seeds {list(wrong)[:40]}:\n{shown}"
    if count >= ENOUGH:
        assert sum(one["faults"] for one in verdicts) > count
        assert sum(one["entries"] for one in verdicts) > 3 * count
        assert sum(one["registers"] for one in verdicts) > count // 4
        assert sum(sum(one["conflicts"].values()) for one in verdicts) > count // 5
