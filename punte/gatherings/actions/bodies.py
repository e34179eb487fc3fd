"""Bodies: made by an act, with members in time, until their mandate ends."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.directory.models import Service
from punte.gatherings.content import bodies
from punte.gatherings.models import Body, Seat
from punte.gatherings.permission import check_day, checked, led_body
from punte.kernel.errors import DomainError
from punte.organizations.models import Contact, Organization
from punte.people.actions.checks import check_present
from punte.people.models import Person
from punte.territory.models import Uat


@verb
def make_body(
    *,
    by: User,
    keeper: Organization,
    kind: str,
    title: str,
    start: dt.date,
    until: dt.date | None = None,
    uat: Uat | None = None,
    service: Service | None = None,
    act: str = "",
    act_on: dt.date | None = None,
    quorum: int | None = None,
) -> Body:
    """Record a body that was made, such as a consultative council.

    Args:
        kind: a key of `content/gatherings/bodies.yaml`.
        until: the last day of its mandate.
        act, act_on: the decision that made it, and its day.
        quorum: how many must be there.

    Raises:
        NotAllowed: the account calls no meetings there.
        DomainError: an unknown kind, no title, or days that cannot be.
    """
    by.standing.require(Capability.MEET, keeper.pk)
    if kind not in bodies().kinds:
        raise DomainError(_("Choose one of the values in the list."), field="kind")
    check_present("title", title.strip())
    texts = checked(Body, title=title, act=act)
    for field, day in (("start", start), ("until", until), ("act_on", act_on)):
        check_day(day, field)
    if until is not None and until < start:
        raise DomainError(_("The mandate ends before it begins."), field="until")
    body = Body.objects.create(
        keeper=keeper,
        kind=kind,
        start=start,
        end=until + dt.timedelta(days=1) if until else None,
        uat=uat,
        service=service,
        act_on=act_on,
        quorum=quorum,
        **texts,
    )
    record(by=by, verb="make_body", keeper=keeper.pk, subject=body.pk, changes={"kind": [None, kind]})
    return body


@verb
def end_body(*, by: User, body: Body, on: dt.date) -> Body:
    """Say on which day the mandate of a body ends; those who sit in it sit until then.

    Raises:
        NotAllowed: the account calls no meetings there.
        DomainError: the day is before its mandate began.
    """
    held = led_body(by, body)
    check_day(on, "on")
    if on < held.start:
        raise DomainError(_("The mandate ends before it begins."), field="on")
    held.end = on + dt.timedelta(days=1)
    held.save(update_fields=["end"])
    for seat in held.seats.filter(end=None):
        seat.end = max(held.end, seat.start)
        seat.save(update_fields=["end"])
    record(by=by, verb="end_body", keeper=held.keeper_id, subject=held.pk, changes={"end": [None, str(on)]})
    return held


@verb
def take_seat(
    *,
    by: User,
    body: Body,
    role: str,
    start: dt.date,
    until: dt.date | None = None,
    person: Person | None = None,
    user: User | None = None,
    contact: Contact | None = None,
    organization: Organization | None = None,
    name: str = "",
    promised_on: dt.date | None = None,
) -> Seat:
    """Somebody sits in a body from a day on.

    Args:
        role: one of those of its kind.
        organization: for whom they speak.
        promised_on: since when they promised to keep what they hear.

    Raises:
        NotAllowed: the account calls no meetings there, or does not see the person.
        DomainError: an unknown role, nobody named, or days that cannot be.
    """
    held = led_body(by, body)
    kind = bodies().kinds.get(held.kind)
    if kind is None or role not in {one.key for one in kind.roles}:
        raise DomainError(_("Choose one of the values in the list."), field="role")
    if person is not None and not Person.objects.visible_to(by).filter(pk=person.pk).exists():
        raise DomainError(_("Choose a person from your records."), field="person")
    named = checked(Seat, name=name)["name"]
    if not any((person, user, contact, organization, named)):
        raise DomainError(_("Say who sits there."), field="name")
    for field, day in (("start", start), ("until", until), ("promised_on", promised_on)):
        check_day(day, field)
    if until is not None and until < start:
        raise DomainError(_("The mandate ends before it begins."), field="until")
    seat = Seat.objects.create(
        body=held,
        role=role,
        start=start,
        end=until + dt.timedelta(days=1) if until else None,
        person=person,
        user=user,
        contact=contact,
        organization=organization,
        name="" if person or user or contact else named,
        promised_on=promised_on,
    )
    record(
        by=by,
        verb="take_seat",
        keeper=held.keeper_id,
        subject=held.pk,
        person=seat.person_id,
        changes={"role": role},
    )
    return seat


@verb
def leave_seat(*, by: User, seat: Seat, on: dt.date | None = None) -> Seat:
    """Somebody sits in a body no more; the last day is today unless given.

    Raises:
        NotAllowed: the account calls no meetings there.
        DomainError: the seat ended already.
    """
    held = led_body(by, seat.body)
    row = Seat.objects.select_for_update(of=("self",), no_key=True).get(pk=seat.pk)
    if row.end is not None and row.end <= timezone.localdate():
        raise DomainError(_("This seat has ended already."))
    row.end = max((on or timezone.localdate()) + dt.timedelta(days=1), row.start)
    row.save(update_fields=["end"])
    record(by=by, verb="leave_seat", keeper=held.keeper_id, subject=held.pk, person=row.person_id)
    return row
