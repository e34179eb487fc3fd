"""An emergency is opened, gets its workers, and ends."""

import datetime as dt
from collections.abc import Collection, Iterable

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import Appointment, User
from punte.accounts.policy import POWERS
from punte.accounts.verbs import verb
from punte.cases.permission import not_in_future
from punte.directory.models import Service
from punte.emergencies.content import content
from punte.emergencies.models import Emergency, EmergencyWorker
from punte.emergencies.permission import led_by, noted, short
from punte.kernel.errors import DomainError
from punte.organizations.models import Organization
from punte.territory.models import Uat


@verb
def open_emergency(
    *,
    by: User,
    keeper: Organization,
    kind: str,
    name: str,
    place: str,
    uat: Uat,
    started_on: dt.date | None = None,
    shelters: Collection[Service] = (),
) -> Emergency:
    """Open an emergency; whoever opens it works on it and says who else does.

    Args:
        kind: a key of `content/emergencies.yaml`.
        place: where people are taken in.
        shelters: services of the directory in which places may be taken.

    Raises:
        NotAllowed: the account opens no cases there.
        DomainError: the kind is not known, a name or place is missing, or the day is to come.
    """
    by.standing.require(Capability.MANAGE_CASE, keeper.pk)
    if kind not in content()["kinds"]:
        raise DomainError(_("Choose one of the values in the list."), field="kind")
    day = started_on or timezone.localdate()
    not_in_future(day, field="started_on")
    made = Emergency.objects.create(
        keeper=keeper,
        kind=kind,
        name=short(name, field="name", needed=True),
        place=short(place, field="place", needed=True),
        uat=uat,
        started_on=day,
        opened_by=by,
    )
    made.shelters.set(shelters)
    EmergencyWorker.objects.create(emergency=made, user=by, by=by)
    noted(by, "open_emergency", made, kind=kind)
    return made


@verb
def change_workers(
    *, by: User, emergency: Emergency, users: Iterable[User], shelters: Collection[Service] | None = None
) -> Emergency:
    """Say who works on an emergency from now on, and in which services places are taken.

    Raises:
        NotAllowed: the account does not lead it.
        DomainError: nobody would work on it, or somebody does not work with people there.
    """
    held = led_by(by, emergency)
    wanted = {user.pk: user for user in users}
    if not wanted:
        raise DomainError(_("Choose at least one colleague."), field="users")
    if colleagues_of(held.keeper).filter(pk__in=wanted).count() != len(wanted):
        raise DomainError(_("Choose one of the values in the list."), field="users")
    held.workers.exclude(user__in=wanted).delete()
    there = set(held.workers.values_list("user", flat=True))
    EmergencyWorker.objects.bulk_create(
        EmergencyWorker(emergency=held, user=user, by=by) for key, user in wanted.items() if key not in there
    )
    if shelters is not None:
        held.shelters.set(shelters)
    noted(by, "change_emergency_workers", held, workers=len(wanted))
    return held


@verb
def end_emergency(*, by: User, emergency: Emergency, ended_on: dt.date) -> Emergency:
    """Nobody comes any more: the list is closed. Who is still on it may leave or get a file afterwards.

    Raises:
        NotAllowed: the account does not lead it.
        DomainError: the day is to come, or before it began.
    """
    held = led_by(by, emergency)
    not_in_future(ended_on, field="ended_on")
    if ended_on < held.started_on:
        raise DomainError(_("This day is before it began."), field="ended_on")
    held.ended_on = ended_on
    held.save(update_fields=["ended_on"])
    noted(by, "end_emergency", held)
    return held


def colleagues_of(keeper: Organization) -> QuerySet[User]:
    """Who may work on an emergency of an institution: whoever sees people there."""
    roles = [role for role, powers in POWERS.items() if Capability.SEE_PEOPLE in powers.capabilities]
    posts = Appointment.objects.current().filter(organization=keeper, role__in=roles)
    return User.objects.filter(is_active=True, pk__in=posts.values("user")).order_by("name", "pk")
