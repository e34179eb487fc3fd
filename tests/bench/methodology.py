"""How fast the rules are: a county's worth of households from CSV to findings, and one household on save."""

from __future__ import annotations

import csv
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

from punte.methodology.assess import assess, columns_for
from punte.methodology.model import Fact, Pack
from punte.methodology.packs import load_pack

HOUSEHOLDS = 22_000
MEMBERS = 90_000
COMMAND = Path(sys.executable).parent / "punte"
VISIT = date(2026, 10, 15)


def bench() -> list[tuple[str, float, str]]:
    """Label, value and unit of each figure."""
    pack = load_pack("sci")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_county(folder, pack, households=HOUSEHOLDS, members=MEMBERS)
        seconds, gigabytes = _batch(folder)
    one = _one_household(pack)
    return [
        ("methodology run, 22,000 households and 90,000 members", seconds, "s"),
        ("methodology run, memory at most", gigabytes, "GB"),
        ("assess one household of six", one * 1000, "ms"),
    ]


def _batch(folder: Path) -> tuple[float, float]:
    """Wall time and peak memory of the command, its start included."""
    arguments = [COMMAND, "methodology", "run", "sci", "--input", folder, "--output", folder / "out"]
    started = time.perf_counter()
    subprocess.run(arguments, check=True, capture_output=True)
    seconds = time.perf_counter() - started
    return seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024 / 1024


def _one_household(pack: Pack) -> float:
    chance = random.Random(7)
    household, members = _household(chance, pack, "H1", 6)
    typed = _native(pack, household), [_native(pack, member) for member in members]
    assess(pack, [typed[0]], typed[1])
    return statistics.median(_timed(lambda: assess(pack, [typed[0]], typed[1])) for _ in range(20))


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def write_county(folder: Path, pack: Pack, *, households: int, members: int, seed: int = 1) -> None:
    """Write ``households.csv`` and ``members.csv`` of invented households.

    Args:
        folder: where to write.
        pack: whose questions are answered.
        households: how many households.
        members: how many members in all.
        seed: the same seed gives the same county.
    """
    chance = random.Random(seed)
    sizes = [1] * households
    for _ in range(members - households):
        sizes[chance.randrange(households)] += 1
    first_path, second_path = folder / "households.csv", folder / "members.csv"
    with first_path.open("w", newline="") as first, second_path.open("w", newline="") as second:
        heads = csv.DictWriter(first, [fact.name for fact in columns_for(pack, "household")])
        rows = csv.DictWriter(second, [fact.name for fact in columns_for(pack, "member")])
        heads.writeheader()
        rows.writeheader()
        for number, size in enumerate(sizes):
            household, people = _household(chance, pack, f"H{number:06}", size)
            heads.writerow(household)
            rows.writerows(people)


def _household(
    chance: random.Random, pack: Pack, key: str, size: int
) -> tuple[dict[str, str], list[dict[str, str]]]:
    visit = VISIT - timedelta(days=chance.randrange(900))
    household = dict(_answers(chance, pack.facts_of("household"))) | {
        "household_id": key,
        "visit_date": visit.isoformat(),
        "rooms": str(chance.randint(1, 5)),
    }
    return household, [_member(chance, pack, key, number, visit) for number in range(size)]


def _member(chance: random.Random, pack: Pack, key: str, number: int, visit: date) -> dict[str, str]:
    birth = visit - timedelta(days=chance.randrange(30_000))
    return dict(_answers(chance, pack.facts_of("member"))) | {
        "member_id": f"{key}-{number}",
        "household_id": key,
        "birth_date": birth.isoformat(),
    }


def _answers(chance: random.Random, facts: tuple[Fact, ...]) -> Iterator[tuple[str, str]]:
    for fact in facts:
        if fact.choices:
            yield fact.name, chance.choice([*fact.choices, *fact.choices, ""])
        elif fact.type in ("integer", "decimal"):
            yield fact.name, chance.choice(["", "0", "3", "12", "40", "1500"])


def _native(pack: Pack, row: dict[str, str]) -> dict[str, str | bool | None]:
    return {
        name: None if text == "" else text == "yes" if pack.facts[name].type == "yesno" else text
        for name, text in row.items()
    }


if __name__ == "__main__":
    for label, value, unit in bench():
        sys.stdout.write(f"{label}: {value:.2f} {unit}\n")
