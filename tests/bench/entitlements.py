"""How long the entitlements of all households of the environment take to be reckoned, with what is read for them.

Run by `tests.bench`. Prints one JSON object: households, what was found, and seconds.
"""

import json
import os
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "punte.settings")

import django  # noqa: E402

django.setup()

from punte.benefits.lists import reckon_all  # noqa: E402
from punte.people.models import Household  # noqa: E402

if __name__ == "__main__":
    began, before = time.perf_counter(), time.process_time()
    found = reckon_all()
    seconds, used = time.perf_counter() - began, time.process_time() - before
    print(
        json.dumps(
            {
                "households": Household.objects.count(),
                "found": found,
                "seconds": seconds,
                "processor": used,
            }
        )
    )
