"""What the petitioner adds later."""

from django.db import transaction
from django.utils.translation import gettext as _

from punte.kernel.errors import DomainError
from punte.petitions.actions.working import written
from punte.petitions.enums import EventKind, PetitionStatus
from punte.petitions.models import Petition, PetitionEvent

MOST_MESSAGES = 20


@transaction.atomic
def add_message(*, petition: Petition, text: str) -> PetitionEvent:
    """Add a message of the petitioner, whom the follow code let in.

    Not a verb: the petitioner has no account. The event itself is the trace.

    Raises:
        DomainError: the petition is filed, there are very many messages, or the text is empty or too long.
    """
    found = Petition.objects.select_for_update(of=("self",), no_key=True).get(pk=petition.pk)
    if found.status == PetitionStatus.CLOSED:
        raise DomainError(_("This petition was filed. Send a new one."))
    if found.events.filter(kind=EventKind.MESSAGE).count() >= MOST_MESSAGES:
        raise DomainError(_("There are very many messages here already. Send a new petition."))
    return PetitionEvent.objects.create(
        petition=found, kind=EventKind.MESSAGE, text=written(text, field="message")
    )
