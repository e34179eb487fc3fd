"""Today, as all who work here have it."""

import datetime as dt

from django.utils import timezone


def today() -> dt.date:
    """As `timezone.localdate`, which looks first for a zone of the thread: here there is none."""
    return dt.datetime.now(timezone.get_default_timezone()).date()
