"""The pictures of first pages: whose they are, and what rooms need to make them."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import pgettext

from punte.accounts.enums import Role
from punte.accounts.guests import guests
from punte.accounts.models import User
from punte.accounts.pictures import Drawn, Look, Picture, Place, Series
from punte.kernel.office_rules import section, wrong
from punte.www.templatetags.dates import short_day

WEEKS = 8
_A_WEEK = dt.timedelta(days=7)

Kind = tuple[Any, str, Look]
"""By which key it is counted, what it is called, how it is drawn."""


def pictures_of(user: User) -> list[Picture]:
    """The pictures of an account's first page, by its roles of today (`content/office.yaml`).

    Raises:
        OfficeRulesError: a role or a picture is named that is none.
    """
    handed = {one.name: one for guest in guests() for one in guest.pictures}
    by_role = section("pictures")["by_role"]
    named = {name for names in by_role.values() for name in names}
    if not by_role.keys() <= set(Role.values) or not named <= handed.keys():
        raise wrong("pictures", f"{sorted({*by_role, *named} - {*Role.values, *handed})}")
    mine = [name for role in by_role if role in user.standing.roles for name in by_role[role]]
    return [one for name in dict.fromkeys(mine) if (one := handed[name]).open_to(user.standing)]


def first_monday(today: dt.date) -> dt.date:
    """The first day of the weeks that are drawn, this one being the last."""
    return _monday(today) - (WEEKS - 1) * _A_WEEK


def weeks(today: dt.date) -> list[dt.date]:
    """The Mondays of the weeks that are drawn."""
    return [first_monday(today) + number * _A_WEEK for number in range(WEEKS)]


def since(today: dt.date) -> dt.datetime:
    """The moment at which they begin."""
    return timezone.make_aware(dt.datetime.combine(first_monday(today), dt.time()))


def of_kinds(rows: Sequence[tuple[Place, Mapping[Any, int]]], kinds: Sequence[Kind], **rest: Any) -> Drawn:
    """Places of each of which several kinds are counted; `rest` is what else `Drawn` tells."""
    series = [Series(label, look, [found.get(key, 0) for _at, found in rows]) for key, label, look in kinds]
    return Drawn([place for place, _found in rows], series, **rest)


def by_week(
    today: dt.date,
    counted: Iterable[tuple[dt.date | dt.datetime, str]],
    kinds: Sequence[Kind],
    *,
    week: Callable[[dt.date], str] = lambda _monday: "",
    **rest: Any,
) -> Drawn:
    """What happened in each of the last weeks.

    Args:
        counted: of each thing its day and the key of its kind; what falls into none of the weeks is left out.
        week: the address of the list of what happened in the week of a Monday.
    """
    found: dict[dt.date, Counter[str]] = {monday: Counter() for monday in weeks(today)}
    for at, key in counted:
        if (monday := _monday(_as_day(at))) in found:
            found[monday][key] += 1
    return of_kinds([(week_of(one, week(one)), told) for one, told in found.items()], kinds, **rest)


def week_of(monday: dt.date, url: str = "") -> Place:
    """The column of the week of a Monday, or of a day."""
    return Place(short_day(monday), url, f"{monday:%d.%m}")


def by_term(today: dt.date, dues: Iterable[dt.date | None], *, late: str, others: str) -> Drawn:
    """What waits, by how soon it is due.

    Args:
        late, others: the addresses of the list of what is late, and of all that waits.
    """
    soon, found = today + _A_WEEK, Counter[str]()
    for due in dues:
        found[
            "undated" if due is None else "late" if due < today else "soon" if due <= soon else "later"
        ] += 1
    rows: list[tuple[str, str, Look, int]] = [
        (pgettext("picture", "late"), late, "late", found["late"]),
        (pgettext("picture", "within seven days"), others, "moderate", found["soon"]),
        (pgettext("picture", "later on"), others, "done", found["later"]),
    ]
    if found["undated"]:
        rows.append((pgettext("picture", "without a term"), others, "third", found["undated"]))
    return one_each(rows)


def one_each(bars: Iterable[tuple[str, str, Look, int]], **rest: Any) -> Drawn:
    """Bars of which each counts another thing: its label, its address, how it is drawn, how much."""
    rows = list(bars)
    kinds: list[Kind] = [(label, label, look) for label, _url, look, _n in rows]
    return of_kinds(
        [(Place(label, url), {label: n}) for label, url, _l, n in rows], kinds, apart=True, **rest
    )


def _as_day(at: dt.date | dt.datetime) -> dt.date:
    return timezone.localdate(at) if isinstance(at, dt.datetime) else at


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())
