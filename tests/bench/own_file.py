"""How long the file of one person takes, gathered from all rooms and on paper. Run by `tests.bench`.

Prints one JSON object: people asked for, and the median and the longest in seconds, at most 3.
"""

import json
import os
import statistics
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "punte.settings")

import django  # noqa: E402

django.setup()

from django.db import transaction  # noqa: E402

from punte.accounts.enums import Role  # noqa: E402
from punte.accounts.models import Appointment  # noqa: E402
from punte.documents.own_file import file_on_paper  # noqa: E402
from punte.people.actions.own_file import make_own_file  # noqa: E402
from punte.people.models import Person  # noqa: E402

ROUNDS = 30


def main() -> None:
    """What is made leaves no line behind."""
    post = Appointment.objects.filter(role=Role.DATA_PROTECTION_OFFICER).order_by("pk").first()
    assert post is not None
    people = Person.objects.filter(keeper=post.organization, cases__isnull=False) | Person.objects.filter(
        keeper=post.organization, memberships__household__cases__isnull=False
    )
    took = []
    with transaction.atomic():
        for person in people.distinct().order_by("pk")[:ROUNDS]:
            began = time.monotonic()
            file_on_paper(
                person, lambda asked=person: make_own_file(by=post.user, person=asked, reason="Cerere")
            )  # type: ignore[misc]
            took.append(time.monotonic() - began)
        transaction.set_rollback(True)
    print(json.dumps({"people": len(took), "median": statistics.median(took), "longest": max(took)}))


if __name__ == "__main__":
    main()
