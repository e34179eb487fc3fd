"""Trainings, students and volunteers, who receives a newsletter."""

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.gatherings.enums import PlacementKind
from punte.gatherings.group_permission import refuse_clients, series_for
from punte.gatherings.groups_content import groups, kind_of
from punte.gatherings.models import Placement, PlacementDay, Series, Subscription, TrainingPlace
from punte.kernel.errors import DomainError, NotAllowed
from punte.organizations.models import Contact, Organization
from punte.people.actions.checks import check_choice, check_lengths, check_not_future, check_present, tidy

_A_DAY = 24 * 60


@verb
def give_training_place(
    *, by: User, series: Series, category: str, user: User | None = None, name: str = ""
) -> TrainingPlace:
    """Give a colleague, or somebody by name, a place in a training (R171, R201).

    Raises:
        NotAllowed: the account does not lead it, nor calls meetings there.
        DomainError: not a training, all places are given, an unknown category, nobody or somebody twice.
    """
    locked = series_for(by, series)
    kind = kind_of(locked.kind)
    if kind is None or not kind.has("certificates"):
        raise DomainError(_("This is not a training."))
    if category not in groups().staff:
        raise DomainError(_("Choose one of the values in the list."), field="category")
    if locked.places is not None and locked.training_places.count() >= locked.places:
        raise DomainError(_("All places of this training are given."), field="user")
    name = "" if user else tidy(name)
    if user is None:
        check_present("name", name)
    made = TrainingPlace(series=locked, category=category, user=user, name=name)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as error:
        raise DomainError(_("They have a place in this training already."), field="user") from error
    record(by=by, verb="give_training_place", keeper=locked.keeper_id, subject=locked.pk)
    return made


@verb
def certify(*, by: User, place: TrainingPlace, certificate: str, certified_on: dt.date) -> TrainingPlace:
    """Write down the certificate of who finished a training.

    Raises:
        NotAllowed: as for `give_training_place`.
        DomainError: no number, or a day that has not come.
    """
    series = series_for(by, place.series)
    check_present("certificate", tidy(certificate))
    check_not_future("certified_on", certified_on)
    place.certificate, place.certified_on = tidy(certificate), certified_on
    place.save(update_fields=["certificate", "certified_on"])
    record(by=by, verb="certify", keeper=series.keeper_id, subject=series.pk)
    return place


@verb
def subscribe(*, by: User, series: Series, contact: Contact, agreed_on: dt.date) -> Subscription:
    """Put a contact of an institution on the list of a newsletter, as they asked for (R167).

    Raises:
        NotAllowed: as for `give_training_place`.
        DomainError: not a newsletter, somebody else's contact, a day that has not come, or there already.
    """
    locked = series_for(by, series)
    kind = kind_of(locked.kind)
    if kind is None or not kind.has("subscribers"):
        raise DomainError(_("This is not a newsletter."))
    check_not_future("agreed_on", agreed_on)
    if contact.keeper_id != locked.keeper_id:
        raise DomainError(_("Choose one of the values in the list."), field="contact")
    made = Subscription(series=locked, contact=contact, agreed_on=agreed_on, start=agreed_on)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as error:
        raise DomainError(_("They receive this newsletter already."), field="contact") from error
    record(by=by, verb="subscribe", keeper=locked.keeper_id, subject=locked.pk)
    return made


@verb
def unsubscribe(*, by: User, subscription: Subscription) -> Subscription:
    """Take somebody off the list of a newsletter from today on.

    Raises:
        NotAllowed: as for `give_training_place`.
    """
    series = series_for(by, subscription.series)
    subscription.end = max(timezone.localdate(), subscription.start)
    subscription.save(update_fields=["end"])
    record(by=by, verb="unsubscribe", keeper=series.keeper_id, subject=series.pk)
    return subscription


@verb
def begin_placement(
    *,
    by: User,
    keeper: Organization,
    kind: str,
    supervisor: User,
    start: dt.date,
    user: User | None = None,
    name: str = "",
    **details: Any,
) -> Placement:
    """Take in a student or a volunteer under a supervisor (R73, R188, R215).

    Args:
        details: as the columns of `Placement`.

    Raises:
        NotAllowed: the account calls no meetings there.
        DomainError: nobody is named, or they would supervise themselves.
    """
    by.standing.require(Capability.MEET, keeper.pk)
    check_choice(Placement, "kind", kind)
    name = "" if user else tidy(name)
    if user is None:
        check_present("name", name)
    if user == supervisor:
        raise DomainError(_("Nobody supervises themselves."), field="supervisor")
    end = details.get("end")
    if end is not None and end < start:
        raise DomainError(_("It ends before it begins."), field="end")
    check_lengths(Placement, sent_by=details.get("sent_by", ""), tasks=details.get("tasks", ""))
    made = Placement.objects.create(
        keeper=keeper,
        kind=PlacementKind(kind),
        supervisor=supervisor,
        start=start,
        user=user,
        name=name,
        **details,
    )
    record(by=by, verb="begin_placement", keeper=keeper.pk, subject=made.pk)
    return made


@verb
def log_placement_day(
    *, by: User, placement: Placement, day: dt.date, minutes: int, activity: str
) -> PlacementDay:
    """Write down what a student or a volunteer did on a day; without the name of anybody it was about.

    Raises:
        NotAllowed: neither their own, nor their supervisor's, nor of an institution where the account calls meetings.
        DomainError: outside the placement, not a time of a day, nothing said, or a client is named.
    """
    held = _of(by, placement)
    check_not_future("day", day)
    if not held.holds_on(day) and day != held.end:
        raise DomainError(_("This day is not within the placement."), field="day")
    if not 0 < minutes <= _A_DAY:
        raise DomainError(_("Write how long it was."), field="minutes")
    check_present("activity", activity.strip())
    check_lengths(PlacementDay, activity=activity)
    refuse_clients(by, activity, field="activity")
    made = PlacementDay.objects.create(
        placement=held, day=day, minutes=minutes, activity=activity.strip(), by=by
    )
    record(by=by, verb="log_placement_day", keeper=held.keeper_id, subject=held.pk)
    return made


@verb
def evaluate_placement(*, by: User, placement: Placement, evaluation: str) -> Placement:
    """Say how the student or the volunteer did: by their supervisor alone.

    Raises:
        NotAllowed: somebody else.
        DomainError: nothing is said, or a client is named.
    """
    held = _of(by, placement)
    if held.supervisor_id != by.pk:
        raise NotAllowed(_("Only the supervisor evaluates."))
    check_present("evaluation", evaluation.strip())
    check_lengths(Placement, evaluation=evaluation)
    refuse_clients(by, evaluation, field="evaluation")
    held.evaluation, held.evaluated_at = evaluation.strip(), timezone.now()
    held.save(update_fields=["evaluation", "evaluated_at"])
    record(by=by, verb="evaluate_placement", keeper=held.keeper_id, subject=held.pk)
    return held


def _of(by: User, placement: Placement) -> Placement:
    held = (
        Placement.objects.visible_to(by).select_for_update(of=("self",), no_key=True).filter(pk=placement.pk)
    )
    found = held.first()
    if found is None:
        raise NotAllowed(_("Your role does not allow this. Ask your coordinator."))
    return found
