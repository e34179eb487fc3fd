"""Somebody leaves the list and says where to; or is there again."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.models import User
from punte.accounts.verbs import verb
from punte.cases.permission import not_in_future
from punte.emergencies.content import content
from punte.emergencies.models import Listed
from punte.emergencies.permission import listed_for, noted
from punte.emergencies.places import follow_place
from punte.kernel.errors import DomainError


@verb
def leave_list(
    *, by: User, listed: Listed, left_to: str, left_on: dt.date, with_group: bool = False
) -> list[Listed]:
    """Note where somebody went, alone or with those who belong to them; their places are free again.

    Raises:
        NotAllowed: the account does not work on the emergency.
        DomainError: where they went is not known, or the day is to come or before the emergency.
    """
    row = listed_for(by, listed, to_move=True)
    if left_to not in content()["left_to"]:
        raise DomainError(_("Choose one of the values in the list."), field="left_to")
    not_in_future(left_on, field="left_on")
    if left_on < row.emergency.started_on:
        raise DomainError(_("This day is before it began."), field="left_on")
    others = Listed.objects.filter(emergency=row.emergency_id, group=row.group, left_to="", merged_into=None)
    going = [row]
    if with_group:
        going += [listed_for(by, one, to_move=True) for one in others.exclude(pk=row.pk).order_by("pk")]
    for one in going:
        follow_place(one, None, by=by)
        one.left_to, one.left_on, one.left_at = left_to, left_on, timezone.now()
        one.save(update_fields=["left_to", "left_on", "left_at"])
        noted(by, "leave_list", row.emergency, one, number=one.number, left_to=left_to)
    return going


@verb
def come_back(*, by: User, listed: Listed) -> Listed:
    """Somebody who had gone is there again, or never went.

    Raises:
        NotAllowed: the account does not work on the emergency.
        DomainError: what is true of the person is not for this account to change.
    """
    row = listed_for(by, listed, to_move=True)
    row.left_to, row.left_on, row.left_at = "", None, None
    row.save(update_fields=["left_to", "left_on", "left_at"])
    noted(by, "come_back_to_list", row.emergency, row, number=row.number)
    return row
