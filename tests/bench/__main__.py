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
from tests.bench.trees import NOW, POSTGRES, PUNTE, SMALL, Tree, before, empty, households

TURNS = int(os.environ.get("PUNTE_BENCH_TURNS", "3"))
LARGE = int(os.environ.get("PUNTE_BENCH_HOUSEHOLDS", "100000"))
WORKERS = [int(number) for number in os.environ.get("PUNTE_BENCH_WORKERS", "50,250").split(",")]
SECONDS = os.environ.get("PUNTE_BENCH_SECONDS", "60")
FORMER = before()
TREES = [*([FORMER] if FORMER else []), NOW]
Figures = dict[str, dict[str, float]]


def _tell(label: str, value: str) -> None:
    print(label.ljust(72) + value, flush=True)


def _line(label: str, value: float, unit: str, limit: float, further: str = "") -> None:
    """A figure that has a limit, and whether it holds."""
    says = "holds" if value <= limit else "does not hold"
    _tell(label, f"{value:>10.1f} {unit}, at most {limit:g}: {says}{further}")


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


def _events(_database: str) -> None:
    """Figures counted from twenty million events."""
    for label, (seconds, used) in NOW.measure(NOW.environment("sqlite", "events"), "events").items():
        _line(f"{label}, of 20,000,000 events", seconds, "s", 15, f", {used:.1f} s of this processor")


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
        _line(
            f"{database}, {page}, {LARGE} households",
            figures["ms"],
            "ms",
            30,
            f", {figures['ms'] / small[-1][page]['ms']:.2f} x of {SMALL} households, {figures['processor']:.1f} ms of"
            f" this processor, {figures['queries']:.0f} queries{_beside(figures['ms'], former)}",
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
        _line(f"{database}, processor, {kind}", value, "ms", 12, _beside(value, former))


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
            if label == "95th percentile ms":
                _line(
                    f"{database}, {workers} workers, 95th percentile",
                    value,
                    "ms",
                    300,
                    _beside(value, former),
                )
            else:
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
        seconds, used = figures[how]
        each = 100_000 / figures["cases"]
        _line(
            f"{database}, terms of 100,000 cases made anew, {how}",
            seconds * each,
            "s",
            60,
            f", {used * each:.1f} s of this processor ({seconds:.1f} s for {figures['cases']})",
        )


def _own_file(database: str) -> None:
    """The file of what is on record about one person."""
    [environment] = households(database, LARGE, [NOW])
    figures = NOW.measure(environment, "own_file")
    for how in ("median", "longest"):
        _line(f"{database}, a subject's file, {how}, {LARGE} households", figures[how], "s", 3)


def _entitlements(database: str) -> None:
    """Who seems entitled to what, of all households, with the reading of what is known of them."""
    [environment] = households(database, LARGE, [NOW])
    figures = NOW.measure(environment, "entitlements")
    each = figures["seconds"] / figures["households"] * 100_000
    used = figures["processor"] / figures["households"] * 100_000
    _line(
        f"{database}, entitlements of 100,000 households",
        each,
        "s",
        20,
        f", {used:.1f} s of this processor ({figures['found']} found in {figures['households']})",
    )


def _extract(database: str) -> None:
    """An extract of all households with all that happened, and the official tables from it."""
    [environment] = households(database, LARGE, [NOW])
    figures = NOW.measure(environment, "extract")
    part = figures["households"] / 100_000
    of = f" ({figures['seconds']:.1f} s for {figures['households']} and {figures['rows']:,} rows)"
    used = f", {figures['processor'] / part:.1f} s of this processor{of}"
    _line(f"{database}, extract of 100,000 households", figures["seconds"] / part, "s", 60, used)
    _line(
        f"{database}, extract of {figures['households']} households, memory", figures["megabytes"], "MB", 2000
    )
    further = f", {figures['tables processor']:.1f} s of this processor"
    label = f"{database}, all {figures['tables']} official tables from it"
    _line(label, figures["tables seconds"], "s", 10, further)


def _reports(database: str) -> None:
    """A report as PDF."""
    [environment] = households(database, SMALL, [NOW])
    figures = NOW.measure(environment, "reports")
    further = f", {figures['processor']:.1f} s of this processor"
    _line(f"{database}, a report of {figures['pages']} pages as PDF", figures["seconds"], "s", 3, further)


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


def _groups(database: str) -> None:
    """An attendance, saved beside those of all groups."""
    [environment] = households(database, LARGE, [NOW])
    figures = NOW.measure(environment, "groups")
    further = f", {figures['processor']:.1f} ms of this processor"
    _line(f"{database}, an attendance of 30, saved, {LARGE} households", figures["ms"], "ms", 200, further)


def _notifications(database: str) -> None:
    """Those known, shown while a notification is recorded, with 50,000 of them; the lists are measured after it."""
    [environment] = households(database, LARGE, [NOW])
    for page, figures in NOW.measure(environment, "notifications").items():
        further = f", {figures['queries']:.0f} queries"
        _line(f"{database}, notifications, {page}, {LARGE} households", figures["ms"], "ms", 100, further)


def _told_of_services(label: str, figures: dict[str, float]) -> None:
    _tell(f"{label}, 20,000 services", f"{figures['ms']:>10.1f} ms, {figures['queries']:.0f} queries")


ALONE: dict[str, Callable[[str], None]] = {
    "rules": _rules,
    "matching": _matching,
    "teren": _teren,
    "events": _events,
}
ON_EACH: dict[str, Callable[[str], None]] = {
    "notifications": _notifications,
    "processor": _processor,
    "pages": _pages,
    "load": _load,
    "plan": _plan,
    "terms": _terms,
    "own_file": _own_file,
    "entitlements": _entitlements,
    "extract": _extract,
    "reports": _reports,
    "services": _services,
    "groups": _groups,
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
