"""Whether a shipped package has a known hole, as the services would answer and as they do not."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "known_holes.py"

SOUND_PYTHON = {"dependencies": [{"name": "jinja2", "version": "3.1.6", "vulns": []}]}
SOUND_NPM = {"vulnerabilities": {}}
UNREACHED = "requests.exceptions.ConnectTimeout: pypi.invalid"
REFUSED = {"message": "405 Method Not Allowed", "statusCode": 405}

Answer = tuple[int, object, str]
"""How a program ends, the JSON that it prints (None for nothing) and what it complains of."""


def told(folder: Path, *, pip_audit: Answer, npm: Answer) -> subprocess.CompletedProcess[str]:
    """What the script says where the two programs answer so."""
    for name, (code, said, complaint) in (("pip-audit", pip_audit), ("npm", npm)):
        (folder / "said").mkdir(exist_ok=True)
        (folder / "said" / name).write_text("" if said is None else json.dumps(said))
        program = folder / name
        program.write_text(f"#!/bin/sh\ncat '{folder}/said/{name}'\necho '{complaint}' >&2\nexit {code}\n")
        program.chmod(0o755)
    path = f"{folder}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        [sys.executable, SCRIPT], env={**os.environ, "PATH": path}, capture_output=True, text=True
    )


def test_nothing_known_is_quiet(tmp_path: Path) -> None:
    done = told(tmp_path, pip_audit=(0, SOUND_PYTHON, "none found"), npm=(0, SOUND_NPM, ""))
    assert (done.returncode, done.stdout) == (0, "")


def test_a_hole_is_named_and_fails(tmp_path: Path) -> None:
    hole = {"id": "PYSEC-1", "fix_versions": ["3.1.7"]}
    python = {"dependencies": [{"name": "jinja2", "version": "3.1.6", "vulns": [hole]}]}
    done = told(tmp_path, pip_audit=(1, python, "found 1"), npm=(0, SOUND_NPM, ""))
    assert done.returncode == 1
    assert "jinja2 3.1.6 has PYSEC-1, mended in 3.1.7" in done.stdout


def test_a_hole_of_the_front_end_is_named_and_fails(tmp_path: Path) -> None:
    hole = {"title": "Runs what it reads", "url": "https://example.org/1"}
    npm = {"vulnerabilities": {"htmx.org": {"via": [hole]}, "outer": {"via": ["htmx.org"]}}}
    done = told(tmp_path, pip_audit=(0, SOUND_PYTHON, ""), npm=(1, npm, ""))
    assert done.returncode == 1
    assert done.stdout == "npm: htmx.org has Runs what it reads (https://example.org/1)\n"


def test_services_that_do_not_answer_are_told_of_and_fail_nothing(tmp_path: Path) -> None:
    done = told(tmp_path, pip_audit=(1, None, UNREACHED), npm=(1, REFUSED, "npm error"))
    assert done.returncode == 0
    assert f"Python: could not look: {UNREACHED}" in done.stdout
    assert "npm: could not look: 405 Method Not Allowed" in done.stdout


def test_a_package_that_the_service_does_not_know_is_told_of(tmp_path: Path) -> None:
    python = {"dependencies": [{"name": "jinja2", "skip_reason": "not found: jinja2"}]}
    done = told(tmp_path, pip_audit=(0, python, ""), npm=(0, SOUND_NPM, ""))
    assert done.returncode == 0
    assert "Python: could not look at 1 packages: not found: jinja2" in done.stdout


@pytest.mark.parametrize("broken", ["pip_audit", "npm"])
def test_a_lock_that_cannot_be_read_fails(broken: str, tmp_path: Path) -> None:
    sound = {"pip_audit": (0, SOUND_PYTHON, ""), "npm": (0, SOUND_NPM, "")}
    done = told(tmp_path, **{**sound, broken: (1, None, "no hash for jinja2")})
    assert done.returncode == 1
    assert "no hash for jinja2" in done.stderr
