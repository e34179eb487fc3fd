"""How well files of one person are found in an invented register, how long it takes and in how much memory.

Run by `tests.bench`, or alone: `python -m tests.bench.matching`; PUNTE_BENCH_PEOPLE makes it smaller. Prints one
JSON object: by figure its value.
"""

import datetime as dt
import json
import logging
import os
import resource
import sys
import time
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "punte.settings")

import django  # noqa: E402

django.setup()

import duckdb  # noqa: E402

from punte.kernel.errors import DomainError  # noqa: E402
from punte.kernel.text import fold  # noqa: E402
from punte.people.identity import birth_date_of, looks_like_cnp  # noqa: E402
from punte.people.matching import register  # noqa: E402
from punte.people.matching.sure import SURE, VETOES  # noqa: E402
from tests.bench.register import Filed, Register  # noqa: E402

PEOPLE = int(os.environ.get("PUNTE_BENCH_PEOPLE", "640000"))
_TODAY = dt.date(2026, 11, 1)
_RULES_ALONE = f"""
SELECT DISTINCT a.unique_id, b.unique_id FROM files a JOIN files b ON a.unique_id < b.unique_id AND {{block}}
CROSS JOIN (SELECT 0.0 AS p) WHERE NOT {VETOES} AND {SURE}
"""


def measure() -> dict[str, float]:
    """Every figure, by what it is of."""
    people, compared = array("l"), []
    for filed in Register(PEOPLE).files():
        people.append(filed.person)
        compared.append(_compared(filed))
    true = sum(files * (files - 1) // 2 for files in Counter(people).values())
    figures = {"people": PEOPLE, "files": len(people), "true pairs": true}
    began = time.monotonic()
    rules = set(_rules_alone(compared))
    figures |= _quality("rules alone", rules, people, true, time.monotonic() - began)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.monotonic()
    found = list(register.match(compared))
    took = time.monotonic() - began
    sure = {(pair.first, pair.second) for pair in found if pair.sure}
    figures |= _quality("sure", sure, people, true, took)
    figures |= _quality("shown", {(pair.first, pair.second) for pair in found}, people, true, took)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {**figures, "memory before, MB": before / 1024, "memory at most, MB": most / 1024}


def _compared(filed: Filed) -> register.Filed:
    return register.Filed(
        family=fold(filed.family_name),
        given=fold(filed.given_name),
        born=filed.born,
        coded=_coded(filed.cnp),
        sex=filed.sex,
        cnp=filed.cnp,
        home=str(filed.home),
    )


def _coded(cnp: str) -> dt.date | None:
    try:
        return birth_date_of(cnp, today=_TODAY) if looks_like_cnp(cnp) else None
    except DomainError:
        return None


def _rules_alone(files: Iterable[register.Filed]) -> Iterator[tuple[int, int]]:
    with duckdb.connect() as connection:
        register.lay_out(connection, files)
        for block in ("a.cnp = b.cnp", "a.day = b.day", "a.coded = b.coded"):
            yield from connection.execute(_RULES_ALONE.format(block=block)).fetchall()


def _quality(
    name: str, pairs: set[tuple[int, int]], people: "array[int]", true: int, seconds: float
) -> dict[str, float]:
    right = sum(people[one] == people[other] for one, other in pairs)
    return {
        f"{name}: pairs": len(pairs),
        f"{name}: precision": right / max(len(pairs), 1),
        f"{name}: recall": right / true,
        f"{name}: seconds": seconds,
    }


if __name__ == "__main__":
    logging.disable()
    json.dump(measure(), sys.stdout, indent=1)
