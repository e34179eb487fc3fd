"""Work on a petition: giving it to somebody, notes, and who it is about."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.kernel.errors import DomainError, NotAllowed
from punte.petitions.enums import OPEN, EventKind, PetitionStatus
from punte.petitions.mail import tell
from punte.petitions.models import Petition, PetitionEvent
from punte.petitions.queries import answerers, leaders

LONGEST_NOTE = 5_000
_TOLD = (EventKind.EXTENDED, EventKind.REDIRECTED, EventKind.ANSWERED)
"""Of what a worker does, what a petitioner with an e-mail is told at once."""


def locked(by: User, petition: Petition) -> Petition:
    """The petition as it stands now, kept from others until the transaction ends.

    Raises:
        NotAllowed: the account does not see it.
    """
    seen = Petition.objects.visible_to(by).filter(pk=petition.pk).exists()
    if not seen:
        raise NotAllowed(_("This petition is worked on by others."))
    if petition.erased_on:
        raise DomainError(_("What this petition said was removed: its time to be kept is over."))
    return Petition.objects.select_for_update(of=("self",), no_key=True).get(pk=petition.pk)


def open_one(by: User, petition: Petition) -> Petition:
    """The same, of a petition that still waits for an answer.

    Raises:
        NotAllowed: the account does not see it.
        DomainError: it waits no more.
    """
    found = locked(by, petition)
    if found.status not in OPEN:
        raise DomainError(_("This petition was already answered, sent on or filed."))
    return found


def written(text: str, *, field: str, longest: int = LONGEST_NOTE) -> str:
    """A text that must be there.

    Raises:
        DomainError: it is empty or too long.
    """
    text = text.strip()
    if not text:
        raise DomainError(_("Write a few words."), field=field)
    if len(text) > longest:
        raise DomainError(
            _("The text is too long: at most %(count)s characters fit.") % {"count": longest}, field=field
        )
    return text


def happened(
    petition: Petition, kind: EventKind, *, by: User, text: str = "", worker: User | None = None
) -> None:
    """Write in the petition's own history what was done, and in the trail that it was."""
    event = PetitionEvent(petition=petition, kind=kind, by=by, text=text, worker=worker)
    if kind in _TOLD:
        tell(event)
    event.save()
    record(
        by=by,
        verb=f"petition_{kind}",
        keeper=petition.organization_id,
        subject=petition.pk,
        sealed=petition.restricted,
        changes={"number": petition.number, "year": petition.year},
    )


@verb
def assign_petition(*, by: User, petition: Petition, worker: User) -> Petition:
    """Give a petition to a worker; one may take it oneself, and only who leads gives it to others.

    Raises:
        NotAllowed: the account does not see it, or gives work to nobody here.
        DomainError: it waits no more; the worker does not answer petitions here, or it is about them.
    """
    found = open_one(by, petition)
    if worker != by or found.restricted:
        by.standing.require(Capability.ASSIGN, found.organization_id)
    if not answerers(found.organization).filter(pk=worker.pk).exists():
        raise DomainError(_("This worker does not answer petitions here."), field="worker")
    if found.about.filter(pk=worker.pk).exists():
        raise DomainError(
            _("The petition is about this worker, who may not solve it (OG 27/2002)."),
            field="worker",
        )
    found.assigned_to, found.status = worker, PetitionStatus.IN_WORK
    found.save(update_fields=["assigned_to", "status"])
    happened(found, EventKind.ASSIGNED, by=by, worker=worker)
    return found


@verb
def note_petition(*, by: User, petition: Petition, text: str) -> Petition:
    """Write a note for colleagues; the petitioner does not see it.

    Raises:
        NotAllowed: the account does not see the petition.
        DomainError: the note is empty or too long.
    """
    found = locked(by, petition)
    happened(found, EventKind.NOTE, by=by, text=written(text, field="note"))
    return found


@verb
def name_workers(*, by: User, petition: Petition, workers: Sequence[User]) -> Petition:
    """Say which colleagues a petition is about: from now on they do not see it, and only leaders do.

    Args:
        workers: all of them; none where it is about no worker after all.

    Raises:
        NotAllowed: the account does not see the petition or does not lead here.
        DomainError: nobody would be left to solve it.
    """
    found = locked(by, petition)
    by.standing.require(Capability.ASSIGN, found.organization_id)
    named = [one.pk for one in workers]
    if by.pk in named:
        raise DomainError(_("Ask another leader to name you: you would lose sight of it."), field="workers")
    found.about.set(answerers(found.organization).filter(pk__in=named))
    found.restricted = bool(named) and leaders(found.organization).exclude(pk__in=named).exists()
    if found.assigned_to_id in named:
        found.assigned_to = None
    found.save(update_fields=["restricted", "assigned_to"])
    happened(found, EventKind.ABOUT, by=by)
    return found
