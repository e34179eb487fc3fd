"""How long a table of every place of the country takes to be made safe."""

import random
import time
from collections.abc import Iterator

from punte.statistics.safety.suppress import protect
from punte.statistics.safety.system import TOP, Hierarchy, Rule, System, cells_of

_PLACES, _COUNTIES, _KINDS = 3_181, 42, 12


def bench() -> Iterator[tuple[str, float, str]]:
    """Seconds, and how many numbers are hidden beside the small ones."""
    chance = random.Random(1)
    area = Hierarchy(
        "area",
        {f"c{number}": TOP for number in range(_COUNTIES)}
        | {f"u{number}": f"c{number % _COUNTIES}" for number in range(_PLACES)},
    )
    kind = Hierarchy("kind", {f"k{number}": TOP for number in range(_KINDS)})
    leaves = {}
    for place in range(_PLACES):
        size = chance.lognormvariate(0, 1)
        for number in range(_KINDS):
            many = int(chance.expovariate(1) * size * 20 * (0.2 + number / _KINDS))
            leaves[f"u{place}", f"k{number}"] = many if chance.random() < 0.8 else 0
    begun = time.perf_counter()
    system, rule = System(), Rule()
    system.add_table("people", [area, kind], cells_of([area, kind], leaves))
    hidden, _found = protect(system, rule)
    yield f"a table of {_PLACES} x {_KINDS} made safe", time.perf_counter() - begun, "s"
    yield "  numbers hidden for each small one", len(hidden) / len(system.first_hidden(rule)), ""
