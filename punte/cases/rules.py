"""Pure rules about cases."""

from collections.abc import Iterable

from punte.cases.enums import Progress, ReferralStatus

SEVERE_CHILD_CODE = "LEVEL_SEVERE"
"""The code that a methodology gives to a child whose overall level is severe."""

MAX_NOTE = 20_000
"""The longest note of an intervention, in characters: some eight pages."""

MAX_NEED = 4_000
"""The longest text that goes to a partner with a referral, in characters."""

STILL_OPEN = frozenset({Progress.NOT_STARTED, Progress.UNDER_WAY})
"""An objective with this progress goes over into the next version of the plan."""

_NEXT: dict[str, frozenset[str]] = {
    ReferralStatus.SENT: frozenset(
        {ReferralStatus.ACCEPTED, ReferralStatus.REFUSED, ReferralStatus.WITHDRAWN}
    ),
    ReferralStatus.ACCEPTED: frozenset({ReferralStatus.DONE, ReferralStatus.WITHDRAWN}),
}


def may_become(status: str, later: str) -> bool:
    """Whether a referral in one status may pass to another."""
    return later in _NEXT.get(status, frozenset())


def worst(severities: Iterable[int]) -> int:
    """The highest severity; 0 where nothing was found."""
    return max(severities, default=0)
