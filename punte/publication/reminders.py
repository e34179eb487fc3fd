"""For each person, the duties to inform the public that are theirs to meet and are late, soon due or were never met."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from punte.accounts.enums import Capability
from punte.accounts.models import Appointment, User
from punte.accounts.policy import POWERS
from punte.organizations.models import Organization
from punte.publication.enums import DutyStatus
from punte.publication.queries import DutyState, duty_states

_DATED = (DutyStatus.LATE, DutyStatus.SOON)
_REMINDED = (*_DATED, DutyStatus.NEVER)


def owed(today: dt.date) -> dict[User, list[DutyState]]:
    """What each active account is reminded of: duties given to it, and those given to nobody who still publishes.

    An organisation in which nobody publishes is left out.
    """
    roles = [role for role, powers in POWERS.items() if Capability.PUBLISH in powers.capabilities]
    posts = Appointment.objects.current().filter(role__in=roles, user__is_active=True)
    publishers: dict[UUID, list[User]] = defaultdict(list)
    for post in posts.select_related("user").order_by("user__email"):
        if post.user not in publishers[post.organization_id]:
            publishers[post.organization_id].append(post.user)
    organizations = Organization.objects.filter(pk__in=publishers).order_by("name")
    found: dict[UUID, tuple[User, list[DutyState]]] = {}
    for state in duty_states(list(organizations), today):
        if state.status not in _REMINDED:
            continue
        here = publishers[state.organization.pk]
        for user in [state.owner] if state.owner in here else here:
            found.setdefault(user.pk, (user, []))[1].append(state)
    return dict(found.values())


def lines_of(states: list[DutyState]) -> Iterator[str]:
    """A person's duties as lines of a mail, an organisation after the other; those never met are only counted."""
    by_organization: dict[Organization, list[DutyState]] = defaultdict(list)
    for state in states:
        by_organization[state.organization].append(state)
    for organization, here in by_organization.items():
        yield ""
        yield _("What %(institution)s must tell the public (HG 797/2017):") % {"institution": organization}
        for state in here:
            if state.status in _DATED:
                words = _("late since %(day)s") if state.status == DutyStatus.LATE else _("by %(day)s")
                yield f"  – {state.duty.title} ({words % {'day': f'{state.due_on:%d.%m.%Y}'}})"
        never = sum(state.status == DutyStatus.NEVER for state in here)
        if never:
            yield "  – " + ngettext(
                "%(n)s duty was not met yet.", "%(n)s duties were not met yet.", never
            ) % {"n": never}
