"""Places of services, taken and freed by referrals."""

import datetime as dt

from punte.accounts.models import User
from punte.directory.models import Service


def take_place(*, service: Service, at: dt.datetime, by: User) -> None:
    """One more place is taken."""
    from punte.directory import actions

    actions.take_place(service=service, at=at, by=by)


def release_place(*, service: Service, at: dt.datetime, by: User) -> None:
    """One place is free again."""
    from punte.directory import actions

    actions.release_place(service=service, at=at, by=by)
