"""What the test does inside its own database: `found COUNT TOWNS` and `judge TOWNS TOLD`, of files."""

import json
import os
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def main() -> None:
    """Make the towns, or print what is wrong with what was played in them, a JSON object a line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "punte.settings")
    import django
    from django.core.management import call_command

    django.setup()
    from tests.database import do_not_wait_for_the_disk

    do_not_wait_for_the_disk()
    what, *arguments = sys.argv[1:]
    if what == "found":
        from tests.field_faults.world import found

        call_command("migrate", verbosity=0)
        Path(arguments[1]).write_text(json.dumps(found(int(arguments[0]))))
        return
    for verdict in _judged(*map(Path, arguments)):
        print(json.dumps(verdict, ensure_ascii=False), flush=True)


def _judged(towns: Path, told: Path) -> Iterator[dict[str, Any]]:
    from tests.field_faults.judge import Judge

    places = json.loads(towns.read_text())
    for line in told.read_text().splitlines():
        story = json.loads(line)
        judge = Judge(places[story["town"]], story)
        complaints = list(judge.complaints())
        faults = sum(
            number
            for tablet in story["tablets"]
            for fault, number in tablet["faults"].items()
            if fault != "none"
        )
        yield {
            "seed": story["seed"],
            "complaints": complaints,
            "entries": sum(len(tablet["entries"]) for tablet in story["tablets"]),
            "faults": faults,
            "conflicts": Counter(one.entry.kind for one in judge.conflicts.values()),
            "registers": sum(one.kind == "register" for one in judge.applied.values()),
            "kills": sum(tablet["kills"] for tablet in story["tablets"]),
        }


if __name__ == "__main__":
    main()
