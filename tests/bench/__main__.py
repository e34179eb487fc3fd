"""`make bench`: speed as ratios beside absolute figures. Figures depend on the machine; ratios less so.

Sizes and parts are chosen by variables, as docs/operations.md tells.
"""

import os
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tests.bench.methodology import bench as methodology
from tests.bench.safety import bench as safety
from tests.bench.trees import NOW, POSTGRES, PUNTE, Tree, before, empty, households

TURNS = int(os.environ.get("PUNTE_BENCH_TURNS", "3"))
SMALL, LARGE = 400, int(os.environ.get("PUNTE_BENCH_HOUSEHOLDS", "100000"))
WORKERS = [int(number) for number in os.environ.get("PUNTE_BENCH_WORKERS", "50,250").split(",")]
SECONDS = os.environ.get("PUNTE_BENCH_SECONDS", "60")
FORMER = before()
TREES = [*([FORMER] if FORMER else []), NOW]
Figures = dict[str, dict[str, float]]


def _tell(label: str, value: str) -> None:
    print(label.ljust(72) + value, flush=True)


def _beside(now: float, former: float | None) -> str:
    """How much of what it took before it takes now."""
    return "" if former is None else f", {now / former:.2f} x of {former:.1f} before" if former else ""


def _calmest(turns: Sequence[Figures]) -> Figures:
    """Of several turns, taken alternately, the one the machine disturbed least."""
    return {page: min((turn[page] for turn in turns), key=lambda figures: figures["ms"]) for page in turns[0]}


def _rules(_database: str) -> None:
    for label, value, unit in (*methodology(), *safety()):
        _tell(label, f"{value:>10.2f} {unit}")


def _matching(_database: str) -> None:
    """Files of one person in an invented register."""
    for label, figure in NOW.measure(dict(os.environ), "matching").items():
        _tell(f"files of one person, {label}", f"{figure:>14,.5g}")


def _teren(_database: str) -> None:
    """Teren with a real browser and the real client before `punte serve`, on SQLite as installed by default."""
    told: list[dict[str, Any]] = []
    for tree in TREES:
        asked_nothing = {"PUNTE_MFA_REQUIRED": "0", "PUNTE_PROMISE_REQUIRED": "0"}
        environment = {**empty("sqlite", "teren", tree), **asked_nothing}
        _build_once(tree, environment, "teren")
        told.append(tree.measure(environment, "teren"))
    for label, (value, unit, limit) in told[-1].items():
        former = told[0][label][0] if FORMER and label in told[0] else None
        aim = f", at most {limit:g}" if limit else ""
        _tell(f"Teren, {label}", f"{value:>10.2f} {unit}{aim}{_beside(value, former)}")


def _build_once(tree: Tree, environment: dict[str, str], module: str) -> None:
    done = Path(environment["PUNTE_VAR"], "built")
    if not done.exists():
        command = ["-W", "ignore", "-m", f"tests.bench.{module}", "build"]
        subprocess.run([PUNTE.with_name("python"), *command], check=True, env=environment, cwd=tree.root)
        done.touch()


def _pages(database: str) -> None:
    """Server time of the pages, at both sizes."""
    homes = [households(database, size, TREES) for size in (SMALL, LARGE)]
    turns: list[list[list[Figures]]] = [[[] for _tree in TREES] for _size in homes]
    for _turn in range(TURNS):
        for size, environments in enumerate(homes):
            for place, tree in enumerate(TREES):
                turns[size][place].append(tree.measure(environments[place], "pages"))
    small, large = ([_calmest(of_tree) for of_tree in of_size] for of_size in turns)
    for page, figures in large[-1].items():
        former = large[0][page]["ms"] if FORMER else None
        _tell(
            f"{database}, {page}, {LARGE} households",
            f"{figures['ms']:>10.1f} ms, {figures['ms'] / small[-1][page]['ms']:.2f} x of {SMALL} households,"
            f" {figures['queries']:.0f} queries{_beside(figures['ms'], former)}",
        )


def _processor(database: str) -> None:
    """The processor's time of a request of the mix."""
    homes = households(database, SMALL, TREES)
    turns: list[list[dict[str, float]]] = [[] for _tree in TREES]
    for _turn in range(TURNS):
        for place, tree in enumerate(TREES):
            turns[place].append(tree.measure(homes[place], "mix"))
    best = [{kind: min(turn[kind] for turn in of_tree) for kind in of_tree[0]} for of_tree in turns]
    for kind, value in best[-1].items():
        former = best[0][kind] if FORMER else None
        _tell(f"{database}, processor, {kind}", f"{value:>10.1f} ms{_beside(value, former)}")


def _load(database: str) -> None:
    """Many workers at once before a server of two processes."""
    homes = households(database, LARGE, TREES)
    for workers in WORKERS:
        told = [
            tree.measure(environment, "load", str(workers), SECONDS)
            for tree, environment in zip(TREES, homes, strict=True)
        ]
        for label in ("median ms", "95th percentile ms", "processor ms", "failed", "requests"):
            value, former = told[-1][label], told[0][label] if FORMER else None
            _tell(f"{database}, {workers} workers, {label}", f"{value:>10.1f}{_beside(value, former)}")
        for said in told[-1]["said"]:
            _tell("", said)


def _plan(database: str) -> None:
    """The plan for 2024 as a file."""
    [environment] = households(database, SMALL, [NOW])
    NOW.run(environment, "plan", "load")
    for step, figures in NOW.measure(environment, "plan").items():
        _tell(f"{database}, annual plan of 2024, {step}", f"{figures['ms']:>10.1f} ms")


def _terms(database: str) -> None:
    """The terms of all cases, made anew."""
    [environment] = households(database, LARGE, [NOW])
    figures = NOW.measure(environment, "terms")
    for how in ("unchanged", "from nothing"):
        each = figures[how] / figures["cases"] * 100_000
        _tell(
            f"{database}, terms made anew, {how}, {figures['cases']:.0f} cases",
            f"{figures[how]:>10.1f} s, {each:.1f} s for 100,000, at most 60",
        )


def _own_file(database: str) -> None:
    """The file of what is on record about one person."""
    [environment] = households(database, LARGE, [NOW])
    figures = NOW.measure(environment, "own_file")
    for how in ("median", "longest"):
        _tell(
            f"{database}, a subject's file, {how}, {LARGE} households",
            f"{figures[how]:>10.2f} s, at most 3",
        )


def _services(database: str) -> None:
    """The interface of services and finding help, with 20,000 of them."""
    environment = empty(database, "services", NOW)
    _build_once(NOW, environment, "services")
    for page, figures in _calmest([NOW.measure(environment, "services") for _ in range(TURNS)]).items():
        _told_of_services(f"{database}, HSDS, {page}", figures)
    turns = [NOW.measure(environment, "find") for _ in range(TURNS)]
    for question, figures in _calmest([turn["search"] for turn in turns]).items():
        _told_of_services(f"{database}, find help, {question}", figures)
    weight = turns[0]["map page"]
    _tell(f"{database}, find help, the map page on first load, compressed", f"{weight:>10.1f} KB")


_AT_MOST = {"the list of groups": 30, "an attendance of 30, saved": 200}


def _groups(database: str) -> None:
    """Groups with 20,000 meetings and 300,000 presences."""
    environment = empty(database, "groups", NOW)
    _build_once(NOW, environment, "groups")
    for what, figures in _calmest([NOW.measure(environment, "groups") for _ in range(TURNS)]).items():
        aim = f", at most {_AT_MOST[what]}" if what in _AT_MOST else ""
        _tell(f"{database}, groups, {what}", f"{figures['ms']:>10.1f} ms{aim}")


def _notifications(database: str) -> None:
    """Those known, shown while a notification is recorded, and the lists, with 50,000 of them."""
    [environment] = households(database, LARGE, [NOW])
    for page, figures in NOW.measure(environment, "notifications").items():
        aim = 100 if page == "matches" else 30
        _tell(
            f"{database}, notifications, {page}, {LARGE} households",
            f"{figures['ms']:>10.1f} ms, {figures['queries']:.0f} queries, at most {aim}",
        )


def _told_of_services(label: str, figures: dict[str, float]) -> None:
    _tell(f"{label}, 20,000 services", f"{figures['ms']:>10.1f} ms, {figures['queries']:.0f} queries")


def _meetings(database: str) -> None:
    """The lists of meetings and tasks, with 20,000 meetings and 300,000 presences."""
    [environment] = households(database, LARGE, [NOW])
    NOW.run(environment, "meetings", "build")
    for page, figures in _calmest([NOW.measure(environment, "meetings") for _ in range(TURNS)]).items():
        _tell(
            f"{database}, {page}, at most 30", f"{figures['ms']:>10.1f} ms, {figures['queries']:.0f} queries"
        )


ALONE: dict[str, Callable[[str], None]] = {"rules": _rules, "matching": _matching, "teren": _teren}
ON_EACH: dict[str, Callable[[str], None]] = {
    "processor": _processor,
    "pages": _pages,
    "load": _load,
    "plan": _plan,
    "terms": _terms,
    "own_file": _own_file,
    "services": _services,
    "groups": _groups,
    "meetings": _meetings,
    "notifications": _notifications,
}


def main() -> None:
    """Print every figure of the project's speed lines, or those of the parts that are named."""
    parts = os.environ.get("PUNTE_BENCH_PARTS", ",".join([*ALONE, *ON_EACH])).split(",")
    for name in [part for part in ALONE if part in parts]:
        ALONE[name]("")
    for database in ["sqlite", *(["postgresql"] if POSTGRES else [])]:
        for name in [part for part in ON_EACH if part in parts]:
            ON_EACH[name](database)


if __name__ == "__main__":
    main()
