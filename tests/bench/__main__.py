"""`make bench`: speed as ratios beside absolute figures. Figures depend on the machine; ratios less so."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.bench.methodology import bench as methodology

TURNS = 3
SMALL, LARGE = 400, int(os.environ.get("PUNTE_BENCH_HOUSEHOLDS", "100000"))
ROOT = Path(__file__).resolve().parents[2]
HOME = Path(os.environ.get("PUNTE_BENCH_VAR", ROOT / "var" / "bench"))
POSTGRES = os.environ.get("PUNTE_BENCH_POSTGRES", "")


def _environment(name: str, households: int) -> dict[str, str]:
    home = HOME / f"{name}-{households}"
    home.mkdir(parents=True, exist_ok=True)
    made = {**os.environ, "PUNTE_VAR": str(home), "PUNTE_DEMONSTRATION": "1"}
    if name == "postgresql":
        made["DATABASE_URL"] = f"{POSTGRES.rpartition('/')[0]}/punte_bench_{households}"
    return made


def _build(name: str, households: int) -> dict[str, str]:
    """A database of so many households, made once and used again."""
    environment = _environment(name, households)
    subprocess.run([ROOT / ".venv/bin/punte", "migrate", "-v0"], check=True, env=environment)
    done = Path(environment["PUNTE_VAR"]) / "built"
    if not done.exists():
        began = time.monotonic()
        command = ["demo", "--households", str(households), "-v0"]
        subprocess.run([ROOT / ".venv/bin/punte", *command], check=True, env=environment)
        print(f"  {name}: {households} households built in {time.monotonic() - began:.0f} s", flush=True)
        done.touch()
    subprocess.run(
        [ROOT / ".venv/bin/punte", "collectstatic", "--noinput", "-v0"], check=True, env=environment
    )
    return environment


def _pages(environment: dict[str, str]) -> dict[str, dict[str, float]]:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.bench.pages"],
        check=True,
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    return json.loads(ran.stdout)  # type: ignore[no-any-return]


def _services(name: str) -> dict[str, dict[str, float]]:
    """The figures of 20,000 services, in a database made once and used again."""
    home = HOME / f"{name}-services"
    home.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, "PUNTE_VAR": str(home)}
    if name == "postgresql":
        environment["DATABASE_URL"] = f"{POSTGRES.rpartition('/')[0]}/punte_bench_services"
    command = [sys.executable, "-W", "ignore", "-m", "tests.bench.services"]
    subprocess.run([ROOT / ".venv/bin/punte", "migrate", "-v0"], check=True, env=environment)
    if not (home / "built").exists():
        subprocess.run([*command, "build"], check=True, env=environment, cwd=ROOT)
        (home / "built").touch()
    turns = [
        json.loads(subprocess.run(command, check=True, env=environment, cwd=ROOT, capture_output=True).stdout)
        for _ in range(TURNS)
    ]
    return _calmest(turns)


def _finding(name: str) -> tuple[dict[str, dict[str, float]], float]:
    """Finding help among the services of `_services`, and the weight of the map page in kilobytes."""
    environment = {**os.environ, "PUNTE_VAR": str(HOME / f"{name}-services")}
    if name == "postgresql":
        environment["DATABASE_URL"] = f"{POSTGRES.rpartition('/')[0]}/punte_bench_services"
    command = [sys.executable, "-W", "ignore", "-m", "tests.bench.find"]
    turns = [
        json.loads(subprocess.run(command, check=True, env=environment, cwd=ROOT, capture_output=True).stdout)
        for _ in range(TURNS)
    ]
    return _calmest([turn["search"] for turn in turns]), turns[0]["map page"]


def _plan(environment: dict[str, str]) -> dict[str, dict[str, float]]:
    """The plan for 2024 as a file, in a process of its own."""
    subprocess.run([ROOT / ".venv/bin/punte", "plan", "load"], check=True, env=environment)
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.bench.plan"],
        check=True,
        env=environment,
        cwd=ROOT,
        capture_output=True,
    )
    return json.loads(ran.stdout)  # type: ignore[no-any-return]


def _teren() -> dict[str, list[Any]]:
    """Teren with a real browser and the real client before `punte serve`, on SQLite as installed by default."""
    home = HOME / "sqlite-teren"
    home.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, "PUNTE_VAR": str(home), "PUNTE_MFA_REQUIRED": "0"}
    command = [sys.executable, "-W", "ignore", "-m", "tests.bench.teren"]
    subprocess.run([ROOT / ".venv/bin/punte", "migrate", "-v0"], check=True, env=environment)
    if not (home / "built").exists():
        subprocess.run([*command, "build"], check=True, env=environment, cwd=ROOT)
        (home / "built").touch()
    ran = subprocess.run(command, check=True, env=environment, cwd=ROOT, capture_output=True)
    return json.loads(ran.stdout)  # type: ignore[no-any-return]


def _matching() -> dict[str, float]:
    """Files of one person in an invented register, in a process of its own."""
    command = [sys.executable, "-W", "ignore", "-m", "tests.bench.matching"]
    ran = subprocess.run(command, check=True, cwd=ROOT, capture_output=True)
    return json.loads(ran.stdout)  # type: ignore[no-any-return]


def _calmest(turns: Sequence[dict[str, dict[str, float]]]) -> dict[str, dict[str, float]]:
    """Of several turns, taken alternately on both databases, the one the machine disturbed least."""
    return {page: min((turn[page] for turn in turns), key=lambda figures: figures["ms"]) for page in turns[0]}


def main() -> None:
    """Print every figure of the project's speed lines."""
    for label, value, unit in methodology():
        print(f"{label:<64}{value:>10.2f} {unit}", flush=True)
    for label, figure in _matching().items():
        print(f"files of one person, {label}".ljust(64) + f"{figure:>14,.5g}", flush=True)
    for label, (value, unit, limit) in _teren().items():
        told = f", at most {limit:g}" if limit else ""
        print(f"Teren, {label}".ljust(64) + f"{value:>10.2f} {unit}{told}", flush=True)
    for name in ["sqlite", *(["postgresql"] if POSTGRES else [])]:
        homes = [_build(name, SMALL), _build(name, LARGE)]
        turns = [[_pages(home) for home in homes] for _ in range(TURNS)]
        small, large = (_calmest(measured) for measured in zip(*turns, strict=True))
        for page, figures in large.items():
            ratio = figures["ms"] / small[page]["ms"]
            print(
                f"{name}, {page}, {LARGE} households".ljust(64)
                + f"{figures['ms']:>10.1f} ms, {ratio:.2f} x of {SMALL} households, {figures['queries']:.0f} queries",
                flush=True,
            )
        for step, figures in _plan(homes[0]).items():
            print(f"{name}, annual plan of 2024, {step}".ljust(64) + f"{figures['ms']:>10.1f} ms", flush=True)
        for page, figures in _services(name).items():
            print(
                f"{name}, HSDS, {page}, 20,000 services".ljust(64)
                + f"{figures['ms']:>10.1f} ms, {figures['queries']:.0f} queries",
                flush=True,
            )
        searches, weight = _finding(name)
        for question, figures in searches.items():
            print(
                f"{name}, find help, {question}, 20,000 services".ljust(64)
                + f"{figures['ms']:>10.1f} ms, {figures['queries']:.0f} queries",
                flush=True,
            )
        print(
            f"{name}, find help, the map page on first load, compressed".ljust(64) + f"{weight:>10.1f} KB",
            flush=True,
        )


if __name__ == "__main__":
    main()
