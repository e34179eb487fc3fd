"""Appointments: who holds which role, where, from when until when."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability, Role
from punte.accounts.models import Appointment, Team, User
from punte.accounts.policy import FOR_PARTNERS, POWERS
from punte.accounts.verbs import record, verb
from punte.kernel.errors import DomainError
from punte.organizations.models import Organization

# Own appointments to roles that meet personal data carry this verb, and the data protection officer is shown them.
APPOINT_SELF = "appoint_self"


@verb
def appoint(
    *,
    by: User,
    user: User,
    organization: Organization,
    role: Role,
    start: dt.date,
    team: Team | None = None,
    end: dt.date | None = None,
) -> Appointment:
    """Give an account a role in an organisation, from `start` up to, not including, `end`.

    Raises:
        NotAllowed: `by` does not manage accounts of the organisation.
        DomainError: the team is another organisation's, the end precedes the start, the role is held already, or
            `by` only brought the institution in and would have the role, or it is none of a partner.
    """
    by.standing.require(Capability.MANAGE_ACCOUNTS, organization.pk)
    looked_after = organization.pk in by.standing.looked_after
    if looked_after and user.pk == by.pk:
        raise DomainError(_("You give yourself no role in an institution that yours brought in."))
    if looked_after and role not in FOR_PARTNERS:
        raise DomainError(
            _(
                "In an institution that yours brought in you give the roles of partner and of administrator alone."
                " Its own administrator gives the others."
            ),
            field="role",
        )
    if team is not None and team.organization_id != organization.pk:
        raise DomainError(_("This team belongs to another organisation."), field="team")
    if end is not None and end <= start:
        raise DomainError(_("The end must come after the start."), field="end")
    made = Appointment(user=user, organization=organization, role=role, team=team, start=start, end=end)
    try:
        made.validate_constraints()
    except ValidationError as overlapping:
        raise DomainError(
            _("The account already holds this role in the organisation in this period."), field="role"
        ) from overlapping
    made.save()
    own = user.pk == by.pk and POWERS[role].sees_personal_data
    record(
        by=by,
        verb=APPOINT_SELF if own else "appoint",
        keeper=organization.pk,
        subject=user.pk,
        changes={"role": str(role), "start": start.isoformat(), "end": end.isoformat() if end else None},
    )
    return made


@verb
def end_appointment(*, by: User, appointment: Appointment, end: dt.date) -> Appointment:
    """End an appointment on a day, or move its end.

    Raises:
        NotAllowed: `by` does not manage accounts of the organisation.
        DomainError: the end precedes the start, or `by` would end their own management of accounts.
    """
    by.standing.require(Capability.MANAGE_ACCOUNTS, appointment.organization_id)
    if end < appointment.start:
        raise DomainError(_("The end must come after the start."), field="end")
    managing = Capability.MANAGE_ACCOUNTS in POWERS[Role(appointment.role)].capabilities
    if managing and appointment.user_id == by.pk and end <= timezone.localdate():
        raise DomainError(
            _("You cannot end your own administration. Ask another administrator."), field="end"
        )
    appointment.end = end
    appointment.save(update_fields=["end"])
    record(
        by=by,
        verb="end_appointment",
        keeper=appointment.organization_id,
        subject=appointment.user_id,
        changes={"role": str(appointment.role), "end": end.isoformat()},
    )
    return appointment
