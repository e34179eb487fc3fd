"""The code as it is, and as it was at `PUNTE_BENCH_BEFORE`: each with databases of its own of the same families."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parents[2]
HOME = Path(os.environ.get("PUNTE_BENCH_VAR", ROOT / "var" / "bench"))
POSTGRES = os.environ.get("PUNTE_BENCH_POSTGRES", "")
PUNTE = ROOT / ".venv/bin/punte"
SMALL = 400
"""Households that are made one by one; a larger world is these, many times."""


@dataclass(frozen=True)
class Tree:
    """A checkout of the code, and what its databases are called."""

    root: Path
    suffix: str = ""

    def environment(self, database: str, name: str, **further: str) -> dict[str, str]:
        """What runs the code on one of its databases (`sqlite` or `postgresql`)."""
        home = HOME / f"{database}-{name}{self.suffix}"
        home.mkdir(parents=True, exist_ok=True)
        made = {**os.environ, "PYTHONPATH": str(self.root), "PUNTE_VAR": str(home), **further}
        if database == "postgresql":
            made["DATABASE_URL"] = f"{POSTGRES}_bench_{name}{self.suffix.replace('-', '_')}"
        return made

    def run(self, environment: dict[str, str], *command: str) -> None:
        """A verb of the command line."""
        subprocess.run([PUNTE, *command], check=True, env=environment, cwd=self.root)

    def measure(self, environment: dict[str, str], module: str, *arguments: str) -> Any:
        """What a module of the bench prints as JSON, in a process of its own."""
        command = [sys.executable, "-W", "ignore", "-m", f"tests.bench.{module}", *arguments]
        ran = subprocess.run(command, check=True, env=environment, cwd=self.root, stdout=subprocess.PIPE)
        return json.loads(ran.stdout)


NOW = Tree(ROOT)


def before() -> Tree | None:
    """The code at the revision that is asked for, with the bench of today; none where none is asked for."""
    asked = os.environ.get("PUNTE_BENCH_BEFORE", "")
    if not asked:
        return None
    revision = _git("rev-parse", "--short", f"{asked}^{{commit}}")
    root = HOME / f"code-{revision}"
    if not root.exists():
        _git("worktree", "add", "--detach", str(root), revision)
        (root / ".venv").symlink_to(ROOT / ".venv")
        shutil.copytree(ROOT / "punte/www/static/build", root / "punte/www/static/build", dirs_exist_ok=True)
        subprocess.run([sys.executable, "scripts/messages.py", "compile"], check=True, cwd=root)
    shutil.copytree(ROOT / "tests/bench", root / "tests/bench", dirs_exist_ok=True)
    return Tree(root, f"-{revision}")


def households(database: str, number: int, trees: Sequence[Tree]) -> list[dict[str, str]]:
    """A database of so many households for each of the trees, the oldest first; made once and used again.

    A small one is made by the verbs, a large one out of the small one. What came later takes over what the oldest has
    built.
    """
    made: list[dict[str, str]] = []
    for tree in trees:
        environment = tree.environment(database, str(number), PUNTE_DEMONSTRATION="1")
        done = Path(environment["PUNTE_VAR"]) / "built"
        if not done.exists():
            _make(database, number, tree, environment, made)
        tree.run(environment, "migrate", "-v0")
        tree.run(environment, "collectstatic", "--noinput", "-v0")
        done.touch()
        made.append(environment)
    return made


def _make(
    database: str, number: int, tree: Tree, environment: dict[str, str], made: list[dict[str, str]]
) -> None:
    if made:
        _copy(made[0], environment)
        return
    if number > SMALL:
        [small] = households(database, SMALL, [tree])
        _copy(small, environment)
    began = time.monotonic()
    if number > SMALL:
        tree.measure(environment, "multiply", "times", str(number // SMALL))
    elif database == "postgresql":
        [first] = households("sqlite", SMALL, [tree])
        _copy(first, environment)
        tree.run(environment, "migrate", "-v0")
        tree.measure(environment, "multiply", "take", f"{first['PUNTE_VAR']}/punte.sqlite3")
    else:
        tree.run(environment, "migrate", "-v0")
        tree.run(environment, "demo", "--households", str(number), "-v0")
    print(f"  {database}: {number} households built in {time.monotonic() - began:.0f} s", flush=True)


def empty(database: str, name: str, tree: Tree) -> dict[str, str]:
    """A migrated database of that name, which whoever uses it fills."""
    environment = tree.environment(database, name)
    if database == "postgresql":
        _create(environment["DATABASE_URL"])
    tree.run(environment, "migrate", "-v0")
    return environment


def _copy(one: dict[str, str], other: dict[str, str]) -> None:
    source, target = Path(one["PUNTE_VAR"]), Path(other["PUNTE_VAR"])
    left = ["built", "static", *(["*.sqlite3*"] if "DATABASE_URL" in other else [])]
    shutil.copytree(source, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*left))
    if "DATABASE_URL" in other:
        _create(other["DATABASE_URL"], like=_name(one.get("DATABASE_URL", "/template1")))


def _create(url: str, *, like: str = "template1") -> None:
    with psycopg.connect(POSTGRES, autocommit=True) as server:
        if server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [_name(url)]).fetchone() is None:
            new, old = sql.Identifier(_name(url)), sql.Identifier(like)
            server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(new, old))


def _name(url: str) -> str:
    return url.rpartition("/")[2]


def _git(*arguments: str) -> str:
    ran = subprocess.run(["git", *arguments], check=True, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    return ran.stdout.strip()
