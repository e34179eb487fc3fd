"""The annual plan as a file: how long from the version in the database to the bytes.

Run as `python -m tests.bench.plan` on a database that holds the plan for 2024; prints JSON.
"""

import json
import os
import sys
import time
from typing import Any

TURNS = 5


def main() -> None:
    """Print the milliseconds of each format, the calmest of some turns, and those of the first, a cold PDF."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "punte.settings")
    import django

    django.setup()
    from punte.annual_plans.models import PlanVersion
    from punte.annual_plans.papers.export import export_version
    from punte.annual_plans.remarks import remarks_of

    version = PlanVersion.objects.select_related("plan__organization").get(plan__year=2024, number=1)
    figures = {"first PDF of a process": _took(export_version, version, "pdf")}
    for file_format in ("pdf", "docx", "xlsx"):
        figures[file_format.upper()] = min(_took(export_version, version, file_format) for _ in range(TURNS))
    figures["check"] = min(_took(remarks_of, version.plan) for _ in range(TURNS))
    json.dump({name: {"ms": took} for name, took in figures.items()}, sys.stdout)


def _took(function: Any, *arguments: Any) -> float:
    began = time.perf_counter()
    function(*arguments)
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    main()
