"""What of programmes is drawn on first pages: how far their actions are, and what the UATs of a county reported."""

import datetime as dt
from collections import Counter

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from punte.accounts.enums import Capability as Can
from punte.accounts.guests import who_may
from punte.accounts.models import User
from punte.accounts.pictures import Drawn, Picture, Place
from punte.programmes.enums import ActionState
from punte.programmes.models import Programme
from punte.programmes.queries import by_uat, standings
from punte.www.frame.addresses import reverse
from punte.www.frame.pictures import of_kinds

_DRAWN = 5


def _followed(user: User, today: dt.date) -> list[Programme]:
    """Those that run today, of institutions for which the account plans."""
    own = Programme.objects.visible_to(user).filter(
        organization__in=user.standing.organizations(Can.PLAN), start__lte=today, end__gte=today
    )
    return list(own.order_by("-start", "short", "pk")[:_DRAWN])


def actions(user: User, today: dt.date) -> Drawn:
    """The actions of each programme, by the newest report of its institution."""
    rows = [(one, standings(one, today).values()) for one in _followed(user, today)]
    return of_kinds(
        [
            (
                Place(one.short, reverse("programme", args=[one.pk])),
                Counter(told.report.state if told.report else ActionState.NOT_BEGUN for told in standing),
            )
            for one, standing in rows
            if standing
        ],
        [
            (ActionState.DONE, pgettext("picture", "done"), "done"),
            (ActionState.UNDER_WAY, pgettext("picture", "under way"), "second"),
            (ActionState.LATE, pgettext("picture", "late action"), "late"),
            (ActionState.GIVEN_UP, pgettext("picture", "given up"), "third"),
            (ActionState.NOT_BEGUN, _("not begun, or nothing reported"), "open"),
        ],
    )


def uat_reports(user: User, today: dt.date) -> Drawn:
    """Of each programme whose actions fall to UATs, how many of them owe no report, some, or all that is due."""
    asking = [one for one in _followed(user, today) if any(node.of_uats for node in one.tree.work)]
    return of_kinds(
        [
            (
                Place(one.short, reverse("programme_county", args=[one.pk])),
                # Of each what is owed, and what was reported.
                Counter((bool(line.missing), bool(line.reported)) for line in by_uat(one, today)),
            )
            for one in asking
        ],
        [
            ((False, True), pgettext("picture", "reported all"), "done"),
            ((True, True), pgettext("picture", "reported in part"), "moderate"),
            ((True, False), pgettext("picture", "reported nothing"), "late"),
        ],
    )


PICTURES = (
    Picture("actions", gettext_lazy("Actions of programmes, by state"), who_may(Can.PLAN), actions),
    Picture("uat_reports", gettext_lazy("UATs, by what they reported"), who_may(Can.SEE_TOTALS), uat_reports),
)
