"""Which accounts, teams and lines of the trail an account may see."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability, Role
from punte.accounts.models import Appointment, Team, TrailEntry, User
from punte.kernel.errors import NotAllowed
from punte.organizations.models import Contact, Organization


def accounts_managed_by(user: User) -> QuerySet[User]:
    """Accounts that have or had an appointment in an organisation whose accounts `user` manages."""
    organizations = user.standing.organizations(Capability.MANAGE_ACCOUNTS)
    appointed = Appointment.objects.filter(user=OuterRef("pk"), organization__in=organizations)
    return User.objects.filter(Exists(appointed))


def appointments_managed_by(user: User) -> QuerySet[Appointment]:
    """Appointments in organisations whose accounts `user` manages."""
    return Appointment.objects.filter(
        organization__in=user.standing.organizations(Capability.MANAGE_ACCOUNTS)
    )


def teams_managed_by(user: User) -> QuerySet[Team]:
    """Teams of organisations whose accounts `user` manages."""
    return Team.objects.filter(organization__in=user.standing.organizations(Capability.MANAGE_ACCOUNTS))


def brings_in_for(user: User) -> frozenset[UUID]:
    """The account's own institutions for which it brings others in."""
    standing = user.standing
    found = standing.organizations(Capability.MANAGE_ACCOUNTS) | standing.organizations(
        Capability.KEEP_DIRECTORY
    )
    return found - standing.looked_after


def works_with_institutions(user: User) -> frozenset[UUID]:
    """The account's own institutions for which it notes who answers elsewhere."""
    return brings_in_for(user) | user.standing.organizations(Capability.REFER)


def institutions_kept_by(user: User) -> QuerySet[Organization]:
    """Institutions of which the account keeps what is known: its own, and those that they brought in.

    One that has an administrator of its own keeps it itself.
    """
    own = brings_in_for(user)
    administered = Appointment.objects.current().filter(role=Role.ADMINISTRATOR).values("organization")
    brought = Q(brought_by__in=own) & ~Q(pk__in=administered)
    return Organization.objects.filter(Q(pk__in=own) | brought)


def contacts_seen_by(user: User) -> QuerySet[Contact]:
    """Who answers at other institutions, as the account's own institutions know."""
    own = {post.organization_id for post in user.standing.posts}
    return Contact.objects.filter(keeper__in=own)


def is_managed_only_by(user: User, manager: User) -> bool:
    """Whether `user` works for no organisation that `manager` does not manage, today or later."""
    elsewhere = user.appointments.exclude(
        organization__in=manager.standing.organizations(Capability.MANAGE_ACCOUNTS)
    )
    return not elsewhere.filter(Q(end=None) | Q(end__gt=timezone.localdate())).exists()


def require_whole_account(by: User, user: User, organization: Organization) -> None:
    """Insist that the account is managed by `by`, and by nobody else.

    Raises:
        NotAllowed: `by` does not manage accounts of the organisation, or the account also works elsewhere.
    """
    by.standing.require(Capability.MANAGE_ACCOUNTS, organization.pk)
    if not is_managed_only_by(user, by):
        raise NotAllowed(
            _("This account also works for another organisation. Only its own administrator may do this.")
        )


@dataclass(frozen=True)
class TrailFilter:
    """What the data protection officer looks for; what is empty does not narrow. `about` is a condition on lines."""

    actor: UUID | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    verb: str = ""
    about: Q | None = None


def trail_seen_by(user: User, sought: TrailFilter) -> QuerySet[TrailEntry]:
    """Lines about records kept by the organisations in which `user` sees the trail, newest first.

    A search by whom they are about or by verb leaves out sealed lines: that one answers it would tell what it hides.
    """
    lines = TrailEntry.objects.filter(
        keeper__in=user.standing.organizations(Capability.SEE_AUDIT)
    ).select_related("actor")
    if sought.actor:
        lines = lines.filter(actor=sought.actor)
    if sought.since:
        lines = lines.filter(at__gte=_midnight(sought.since))
    if sought.until:
        lines = lines.filter(at__lt=_midnight(sought.until + dt.timedelta(days=1)))
    if sought.verb:
        lines = lines.filter(verb=sought.verb, sealed=False)
    if sought.about is not None:
        lines = lines.filter(sought.about, sealed=False)
    return lines.order_by("-at", "-id")


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))
