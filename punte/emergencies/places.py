"""Places that people on a fast list take in services of the directory, and give back when they go."""

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.models import User
from punte.directory.actions import NoFreePlace, release_place, take_free_place
from punte.directory.models import Service, TakenPlace
from punte.emergencies.models import Listed
from punte.kernel.errors import DomainError


def hold_for_person(row: Listed) -> None:
    """Let a place that is held be the person's, once they have a file: they take one, however many say so."""
    own = TakenPlace.objects.filter(holder=row.pk, given_back_at=None)
    theirs = TakenPlace.objects.filter(service=row.shelter, held_for=row.person_id, given_back_at=None)
    if row.shelter is not None and not theirs.exists():
        own.update(held_for=row.person_id)


def follow_place(row: Listed, wanted: Service | None, *, by: User) -> None:
    """Let the place that somebody holds be the one that is wanted, or none; `shelter` says it.

    Raises:
        NoFreePlace: none is free there.
        DomainError: the service is none of the emergency.
    """
    if row.shelter == wanted:
        return
    now = timezone.now()
    if wanted is not None and not row.emergency.shelters.filter(pk=wanted.pk).exists():
        raise DomainError(_("Choose one of the values in the list."), field="shelter")
    if row.shelter is not None:
        release_place(service=row.shelter, at=now, by=by, holder=row.pk)
    if wanted is not None:
        try:
            take_free_place(service=wanted, at=now, by=by, holder=row.pk, held_for=row.person_id)
        except NoFreePlace as refused:
            raise NoFreePlace(refused.message, field="shelter") from refused
    row.shelter = wanted
    row.save(update_fields=["shelter"])
