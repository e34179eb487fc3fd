"""What of programmes is drawn on first pages: how far their actions are, and what the UATs of a county reported."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from punte.accounts.enums import Capability as Can
from punte.accounts.guests import who_may
from punte.accounts.models import User
from punte.accounts.pictures import Drawn, Look, Picture, Place, Series
from punte.programmes.enums import ActionState
from punte.programmes.models import Programme
from punte.programmes.queries import by_uat, standings
from punte.www.frame.addresses import reverse

_DRAWN = 5


def _followed(user: User, today: dt.date) -> list[Programme]:
    """Those that run today, of institutions for which the account plans."""
    own = Programme.objects.visible_to(user).filter(
        organization__in=user.standing.organizations(Can.PLAN), start__lte=today, end__gte=today
    )
    return list(own.order_by("-start", "short", "pk")[:_DRAWN])


def actions(user: User, today: dt.date) -> Drawn | None:
    """The actions of each programme, by the newest report of its institution."""
    rows = [(one, _by_state(one, today)) for one in _followed(user, today)]
    return _bars(
        [(one.short, reverse("programme", args=[one.pk]), found) for one, found in rows if found],
        [
            (ActionState.DONE, pgettext("picture", "done"), "done"),
            (ActionState.UNDER_WAY, pgettext("picture", "under way"), "second"),
            (ActionState.LATE, pgettext("picture", "late action"), "late"),
            (ActionState.GIVEN_UP, pgettext("picture", "given up"), "third"),
            (ActionState.NOT_BEGUN, _("not begun, or nothing reported"), "open"),
        ],
    )


def _by_state(programme: Programme, today: dt.date) -> Counter[str]:
    return Counter(
        one.report.state if one.report else ActionState.NOT_BEGUN
        for one in standings(programme, today).values()
    )


def uat_reports(user: User, today: dt.date) -> Drawn | None:
    """Of each programme whose actions fall to UATs, how many of them owe no report, some, or all that is due."""
    rows = [
        (one, by_uat(one, today)) for one in _followed(user, today) if any(n.of_uats for n in one.tree.work)
    ]
    return _bars(
        [
            (
                one.short,
                reverse("programme_county", args=[one.pk]),
                Counter(_owes(bool(line.missing), bool(line.reported)) for line in lines),
            )
            for one, lines in rows
            if any(line.missing or line.reported for line in lines)
        ],
        [
            ("nothing", pgettext("picture", "reported all"), "done"),
            ("some", pgettext("picture", "reported in part"), "moderate"),
            ("all", pgettext("picture", "reported nothing"), "late"),
        ],
    )


def _owes(missing: bool, reported: bool) -> str:
    if not missing:
        return "nothing"
    return "some" if reported else "all"


def _bars(
    rows: Iterable[tuple[str, str, Counter[str]]], kinds: Sequence[tuple[str, str, Look]]
) -> Drawn | None:
    drawn = list(rows)
    return Drawn(
        [Place(label, url) for label, url, _found in drawn],
        [Series(label, look, [found[key] for _l, _u, found in drawn]) for key, label, look in kinds],
    )


PICTURES = (
    Picture("actions", gettext_lazy("Actions of programmes, by state"), who_may(Can.PLAN), actions),
    Picture("uat_reports", gettext_lazy("UATs, by what they reported"), who_may(Can.SEE_TOTALS), uat_reports),
)
