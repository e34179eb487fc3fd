"""How long an extract of the environment takes, and all official tables from it. Run by `tests.bench`.

Prints one JSON object: households and rows written; of both seconds by the clock and of the processor; and the most
memory that the process held at the end of the extract. Nothing of it is left.
"""

import json
import os
import resource
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "punte.settings")

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.db import transaction  # noqa: E402

from punte.people.models import Household  # noqa: E402
from punte.returns.official import shown  # noqa: E402
from punte.returns.reading import house, official_tables  # noqa: E402
from punte.statistics.actions import make_extract  # noqa: E402

Made = TypeVar("Made")


def main() -> None:
    """Both, one after the other."""
    with transaction.atomic():
        made, seconds, processor = _timed(make_extract)
        transaction.set_rollback(True)
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    try:
        tables, tables_seconds, tables_processor = _timed(_tables)
    finally:
        shutil.rmtree(Path(settings.VAR) / "extracts" / made.name)
    told = {
        "households": Household.objects.count(),
        "rows": sum(file["rows"] for file in made.files.values()),
        "seconds": seconds,
        "processor": processor,
        "megabytes": megabytes,
        "tables": tables,
        "tables seconds": tables_seconds,
        "tables processor": tables_processor,
    }
    print(json.dumps(told))


def _tables() -> int:
    """All that are counted, of the county of this house; how many."""
    made = [shown(table, county=house().county) for table in official_tables().values() if table.sql]
    assert not any(one.failed for one in made), [one.failed for one in made if one.failed]
    return len(made)


def _timed(work: Callable[[], Made]) -> tuple[Made, float, float]:
    began, before = time.perf_counter(), time.process_time()
    made = work()
    return made, time.perf_counter() - began, time.process_time() - before


if __name__ == "__main__":
    main()
