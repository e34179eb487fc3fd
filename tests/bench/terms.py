"""How long the terms of all cases of the environment take to be made anew, as every night. Run by `tests.bench`.

Prints one JSON object: cases, and seconds, of the clock and of this processor, where nothing changed and where every
term is made from nothing.
"""

import json
import os
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "punte.settings")

import django  # noqa: E402

django.setup()

from django.db import transaction  # noqa: E402

from punte.cases.models import Case, CaseDeadline, GuestDeadline  # noqa: E402
from punte.cases.refresh_all import refresh_terms  # noqa: E402


def main() -> None:
    """Twice; what was there before is there again afterwards."""
    told: dict[str, object] = {"cases": Case.objects.count(), "unchanged": _seconds()}
    with transaction.atomic():
        CaseDeadline.objects.all().delete()
        GuestDeadline.objects.all().delete()
        told["from nothing"] = _seconds()
    print(json.dumps(told))


def _seconds() -> tuple[float, float]:
    began, before = time.monotonic(), time.process_time()
    refresh_terms()
    return time.monotonic() - began, time.process_time() - before


if __name__ == "__main__":
    main()
