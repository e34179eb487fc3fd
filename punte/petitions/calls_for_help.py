"""A child's call for help from the public page: one door, which a room that takes notifications in may take over.

Until one does, it becomes a petition that only leaders see.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from punte.organizations.models import Organization
from punte.petitions.actions import Letter, Sender, send_petition
from punte.petitions.enums import PetitionKind
from punte.petitions.models import Petition
from punte.petitions.queries import leaders


@dataclass(frozen=True)
class CallForHelp:
    """What a child sends, in few words.

    Attributes:
        said: what is wrong, as chosen and as written; never empty.
        reached: where or how the child can be found; may be empty.
        token: the one of the form: the same call sent again with it is the same call.
    """

    organization: Organization
    said: str
    reached: str
    token: str


Receiver = Callable[[CallForHelp], None]


def _as_petition(call: CallForHelp) -> None:
    """A request without a name; where somebody leads there, only they see it, and whom they give it to."""
    reached = _("Where the child can be found: %(where)s") % {"where": call.reached or "–"}
    text = "\n\n".join((_("A child asks for help, from the public page for children."), call.said, reached))
    letter = Letter(PetitionKind.REQUEST, text, token=call.token)
    with transaction.atomic():
        sent = send_petition(organization=call.organization, letter=letter, sender=Sender())
        if not sent.again and leaders(call.organization).exists():
            Petition.objects.filter(pk=sent.petition.pk).update(restricted=True)


_receivers: list[Receiver] = []


def take_over(receiver: Receiver) -> None:
    """Let a room above receive calls for help, instead of the register of petitions; handed over in `AppConfig.ready`.

    Raises:
        ValueError: another room receives them already.
    """
    if _receivers and receiver not in _receivers:
        raise ValueError("calls for help are received already")
    _receivers[:] = [receiver]


def receive_call_for_help(call: CallForHelp) -> None:
    """Hand a call to whoever receives them.

    Raises:
        DomainError: it cannot be received; the message says what to do.
    """
    (_receivers[0] if _receivers else _as_petition)(call)
