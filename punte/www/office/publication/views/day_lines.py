"""What the duties to inform the public bring to a day."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from punte.accounts.enums import Capability as Can
from punte.accounts.guests import DayLine, Guest, Press, Waiting, Work, who_may
from punte.accounts.models import User
from punte.organizations.models import Organization
from punte.publication.enums import DutyStatus
from punte.publication.queries import DutyState, duty_states
from punte.www.frame.addresses import reverse

_SHOWN = 10


def duties(user: User, today: dt.date) -> Waiting:
    """Duties that are the account's or nobody's: those late or soon due one by one, those never met counted."""
    own = Organization.objects.filter(pk__in=user.standing.organizations(Can.PUBLISH)).order_by("name")
    mine = [state for state in duty_states(list(own), today) if state.owner in (None, user)]
    dated = [state for state in mine if state.status in (DutyStatus.LATE, DutyStatus.SOON)]
    never = sum(state.status == DutyStatus.NEVER for state in mine)
    lines = [_line(state) for state in dated[:_SHOWN]]
    if never:
        lines.append(_of_never(never))
    return Waiting(lines, max(len(dated) - _SHOWN, 0), reverse("publication"))


def _line(state: DutyState) -> DayLine:
    return DayLine(
        what=_("To publish: %(duty)s") % {"duty": state.duty.title},
        url=f"{reverse('publication')}#{state.anchor}",
        deed=Press(_("Publish"), f"{reverse('publish')}?datorie={state.duty.key}")
        if state.duty.applies
        else None,
        whose=state.duty.title,
        why=" · ".join(part for part in (str(state.organization), state.duty.legal_basis) if part),
        when=state.due_on,
    )


def _of_never(count: int) -> DayLine:
    words = ngettext(
        "%(n)s duty to inform the public was never met",
        "%(n)s duties to inform the public were never met",
        count,
    )
    return DayLine(what=words % {"n": count}, url=reverse("publication"))


DAY = Guest(
    "publication",
    day=(
        Work(
            "duties",
            who_may(Can.PUBLISH),
            duties,
            gettext_lazy("what the institution must tell the public, and until when"),
            "publication",
            gettext_lazy("Published"),
        ),
    ),
)
