"""Who sees to a duty, and that it was met outside these pages."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import Appointment, User
from punte.accounts.verbs import record, verb
from punte.kernel.errors import DomainError
from punte.organizations.models import Organization
from punte.publication.duties import Duty, duties
from punte.publication.models import DutyMet, DutyOwner


def known_duty(key: str) -> Duty:
    """The duty of a key.

    Raises:
        DomainError: the list in force has no such duty.
    """
    duty = duties().find(key)
    if duty is None:
        raise DomainError(_("There is no such duty."), field="duty")
    return duty


@verb
def give_duty(*, by: User, organization: Organization, duty: str, owner: User) -> DutyOwner:
    """Say who sees to a duty.

    Raises:
        NotAllowed: the account does not publish for the organisation.
        DomainError: there is no such duty, or the owner does not work there.
    """
    by.standing.require(Capability.PUBLISH, organization.pk)
    found = known_duty(duty)
    posts = Appointment.objects.current().filter(user=owner, organization=organization)
    if not owner.is_active or not posts.exists():
        raise DomainError(_("This person does not work here."), field="owner")
    row, _made = DutyOwner.objects.update_or_create(
        organization=organization, duty=found.key, defaults={"owner": owner}
    )
    record(by=by, verb="give_duty", keeper=organization.pk, subject=row.pk, changes={"duty": found.key})
    return row


@verb
def meet_duty(
    *, by: User, organization: Organization, duty: str, words: str, on: dt.date | None = None
) -> DutyMet:
    """Note that a duty was met in another way than by an item here: by post, in the press, at a meeting.

    Args:
        words: how, or where it can be seen.
        on: the day; today unless given.

    Raises:
        NotAllowed: the account does not publish for the organisation.
        DomainError: there is no such duty, it is not said how, or the day is still to come.
    """
    by.standing.require(Capability.PUBLISH, organization.pk)
    found = known_duty(duty)
    today = timezone.localdate()
    if not words.strip():
        raise DomainError(_("Say how, or where it can be seen."), field="words")
    if on and on > today:
        raise DomainError(_("This day is still to come."), field="on")
    row = DutyMet.objects.create(
        organization=organization, duty=found.key, on=on or today, words=words.strip()[:300], by=by
    )
    record(by=by, verb="meet_duty", keeper=organization.pk, subject=row.pk, changes={"duty": found.key})
    return row
