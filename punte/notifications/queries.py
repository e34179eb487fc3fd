"""Which notifications an account sees: of its institution by compartment, its own, and never past a seal."""

import datetime as dt
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils import timezone

from punte.accounts.enums import Capability, Role
from punte.accounts.models import Appointment, User
from punte.accounts.policy import POWERS
from punte.cases.models import Case, Responsibility
from punte.cases.policy import sealed_notification_hours
from punte.kernel.among import among
from punte.kernel.prepared import Prepared, moment_of_asking
from punte.notifications.enums import OPEN, UNCHECKED, Danger
from punte.organizations.models import Organization

MOST_URGENT_FIRST = ("-urgency", "due_at", "year", "number")


class NotificationQuerySet(models.QuerySet[Any]):
    """Notifications as they are asked for."""

    def visible_to(self, user: User) -> Self:
        """Those that the account works with.

        Who decides on notifications sees those of the institution within the compartments of the role; who only
        records them, those that they wrote, were given or went out for. What was joined to a case that is sealed is
        seen by its team alone. What seems to be about somebody behind a seal is seen by that team, and by who wrote it
        or was given it, as any other. Nobody else meets it unless the team says that it is not about them, or says
        nothing for long (`sealed_notification_hours`), or somebody is in danger now.
        """
        standing = user.standing
        records = standing.organizations(Capability.NOTIFY) & standing.organizations(Capability.SEE_PEOPLE)
        out = _rows("Dispatch").filter(users=user).values("notification")
        own = Q(keeper__in=records) & (Q(recorded_by=user) | Q(assigned_to=user) | Q(pk__in=out))
        of_role = Q(pk__in=[])
        for keeper in sorted(standing.organizations(Capability.TRIAGE)):
            of_role |= Q(keeper=keeper, compartment__in=sorted(standing.compartments(keeper)))
        return self.filter(((own | (of_role & ~_held_back())) & _known(user)) | _of_team(user))

    def countable_by(self, user: User) -> Self:
        """All but those behind a seal in whose team the account is not: a number tells of them as a list does."""
        return self.filter((~_held_back() & _known(user)) | _of_team(user))

    def sent_by(self, user: User) -> Self:
        """Those that the account's institution told of as a partner."""
        partners = [post.organization_id for post in user.standing.posts if post.role == Role.PARTNER]
        return self.filter(from_organization__in=partners)

    def waiting(self) -> Self:
        """Those about which something is still to be decided."""
        return self.filter(state__in=OPEN)

    def late(self, now: dt.datetime) -> Self:
        """Those whose term has passed and where nobody was yet."""
        return self.filter(state__in=UNCHECKED, checked_at=None, due_at__lt=now)


def _held_back() -> Q:
    """What is left to the team of a sealed case, as long as it is its."""
    since = moment_of_asking() - dt.timedelta(hours=sealed_notification_hours())
    waits = Q(ours=None, notification__received_at__gt=since) & ~Q(notification__danger_now=Danger.YES)
    sought = _rows("SoughtCase").filter(case__isnull=False)
    return Q(pk__in=sought.filter(waits | Q(ours=True)).values("notification"))


def _known(user: User) -> Q:
    worked_on = Case.objects.worked_on_by(user).values("pk")
    return Q(case=None) | Q(among(Case.objects.filter(sealed=False), "case")) | Q(case__in=worked_on)


def _of_team(user: User) -> Q:
    worked_on = Case.objects.worked_on_by(user).values("pk")
    return Q(pk__in=_rows("SoughtCase").filter(case__in=worked_on).values("notification"))


def _rows(model: str) -> Any:
    return apps.get_model("notifications", model).objects


def workers_of(keeper: Any) -> models.QuerySet[User]:
    """The accounts that decide on notifications of an institution today."""
    return _at_work(keeper, timezone.localdate())


def _at_work(keeper: Any, today: dt.date) -> models.QuerySet[User]:
    roles = [role for role, powers in POWERS.items() if Capability.TRIAGE in powers.capabilities]
    posts = Appointment.objects.on(today).filter(organization=keeper, role__in=roles)
    return User.objects.filter(is_active=True, pk__in=posts.values("user")).order_by("name", "pk")


workers_on = Prepared(lambda keeper, day: _at_work(keeper, day).values_list("pk", "name"))
"""Those of a day, by identifier and name."""


def team_members_of(keeper: Any) -> models.QuerySet[User]:
    """The accounts that may go out with a mobile team of an institution."""
    roles = [
        role
        for role, powers in POWERS.items()
        if {Capability.NOTIFY, Capability.SEE_PEOPLE} <= powers.capabilities
    ]
    posts = Appointment.objects.current().filter(organization=keeper, role__in=roles)
    return User.objects.filter(is_active=True, pk__in=posts.values("user")).order_by("name", "pk")


def on_leave(keeper: Any) -> set[Any]:
    """Who is away: somebody else answers for a case of theirs until a day that has not come."""
    coming = Responsibility.objects.filter(
        case__keeper=keeper, case__open=True, start__gt=timezone.localdate()
    )
    return set(coming.order_by().values_list("user", flat=True))


def addressees() -> models.QuerySet[Organization]:
    """Where somebody may be told of by the site or the portal: institutions where somebody decides on it today."""
    roles = [role for role, powers in POWERS.items() if Capability.TRIAGE in powers.capabilities]
    at_work = Appointment.objects.current().filter(user__is_active=True, role__in=roles)
    return (
        Organization.objects.filter(pk__in=at_work.values("organization"))
        .select_related("uat")
        .order_by("name", "pk")
    )
