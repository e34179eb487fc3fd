"""Ways of looking at a list that somebody keeps: filters and order, or rows chosen by hand, each with a remark."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from punte.accounts.models import KeptRow, KeptView, User
from punte.kernel.errors import DomainError

MOST_VIEWS = 20
MOST_ROWS = 500
LONGEST_NAME = 60
LONGEST_REMARK = 500


def keep_view(*, by: User, listing: str, name: str, asked: str) -> KeptView:
    """Keep how a list is narrowed and sorted, under a name; one of that name is replaced.

    Raises:
        DomainError: there is no name, or too many views are kept already.
    """
    kept = _named(by, listing, name)
    kept.asked = asked
    kept.save()
    return kept


def keep_rows(*, by: User, listing: str, name: str, rows: Collection[UUID], remark: str = "") -> KeptView:
    """Put rows on a list kept under a name, which is made where there is none; what stands on it already stays.

    Args:
        remark: about each of these rows.

    Raises:
        DomainError: there is no name, too many views are kept already, or more rows than a list bears.
    """
    with transaction.atomic():
        kept = _named(by, listing, name)
        kept.save()
        known = set(kept.rows.values_list("row", flat=True))
        if len(known | set(rows)) > MOST_ROWS:
            raise DomainError(_("A list holds %(n)s rows at most.") % {"n": MOST_ROWS})
        KeptRow.objects.bulk_create(
            KeptRow(view=kept, row=row, remark=remark.strip()) for row in rows if row not in known
        )
        if remark.strip():
            for standing in kept.rows.filter(row__in=known & set(rows)):
                standing.remark = remark.strip()
                standing.save(update_fields=["remark"])
    return kept


def take_off(*, view: KeptView, rows: Collection[UUID]) -> None:
    """Take rows off a kept list."""
    view.rows.filter(row__in=rows).delete()


def drop_view(*, view: KeptView) -> None:
    """Keep a view no longer; its rows were only named by it."""
    view.delete()


def _named(by: User, listing: str, name: str) -> KeptView:
    name = " ".join(name.split())[:LONGEST_NAME]
    if not name:
        raise DomainError(_("Give it a name."), field="name")
    kept = list(by.kept_views.filter(listing=listing))
    same = next((one for one in kept if one.name.casefold() == name.casefold()), None)
    if same is None and len(kept) >= MOST_VIEWS:
        raise DomainError(_("You keep too many views of this list. Drop one first."), field="name")
    return same or KeptView(user=by, listing=listing, name=name)
