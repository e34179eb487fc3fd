"""A petition comes in: from a resident by the site, or on paper through the office."""

import hashlib
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.directory.models import Service
from punte.kernel.encryption import blind_index
from punte.kernel.errors import DomainError
from punte.kernel.numbering import next_number
from punte.organizations.models import Organization
from punte.petitions.attachments import Upload, check_uploads, keep
from punte.petitions.enums import Channel, EventKind, PetitionKind
from punte.petitions.mail import tell
from punte.petitions.models import Petition, PetitionEvent, Register
from punte.petitions.queries import addressees, answerers, leaders
from punte.petitions.rules import code_digest, code_of, named_in
from punte.petitions.terms import set_terms

SHORTEST_TEXT, LONGEST_TEXT = 10, 20_000
_LONGEST_LINE = 250


@dataclass(frozen=True)
class Sender:
    """Who sends a petition and where the answer goes; without a name it is anonymous."""

    name: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""


@dataclass(frozen=True)
class Letter:
    """What is sent.

    Args:
        about_words: the worker complained of, as the sender names them; empty where it is about no worker.
        service: the service that it is about, if one.
        token: the one of the form that was sent; the same letter sent again with it is the same petition.
    """

    kind: str
    text: str
    about_words: str = ""
    service: Service | None = None
    uploads: Sequence[Upload] = ()
    token: str = ""


@dataclass(frozen=True)
class Sent:
    """A petition with the code by which its sender follows it; the code is shown once and kept nowhere.

    `again` where it had been registered before and Send was only pressed twice.
    """

    petition: Petition
    code: str
    again: bool = False


def new_token() -> str:
    """What a form carries so that pressing Send twice sends once."""
    return secrets.token_urlsafe(24)


def send_petition(
    *, organization: Organization, letter: Letter, sender: Sender, language: str = "ro"
) -> Sent:
    """Register what a resident sends by the site.

    Not a verb: the sender has no account. The petition itself, with its first event, is the trace.

    Raises:
        DomainError: the organisation takes no petitions here; something is missing, too long or not what it says.
    """
    if not addressees().filter(pk=organization.pk).exists():
        raise DomainError(_("This institution does not receive petitions here."), field="organization")
    return _once(
        organization,
        letter,
        sender,
        lambda sending: _register(organization, letter, sender, language, Channel.ONLINE, None, sending),
    )


def register_petition(
    *, by: User, organization: Organization, letter: Letter, sender: Sender, channel: str
) -> Sent:
    """Register what came to the office in another way, so that one register holds all.

    Raises:
        NotAllowed: the account does not answer petitions there.
        DomainError: something is missing, too long or not what it says.
    """
    by.standing.require(Capability.ANSWER_PETITIONS, organization.pk)
    if channel not in Channel.values:
        raise DomainError(_("Say how it came."), field="channel")
    return _once(
        organization,
        letter,
        sender,
        lambda sending: _register_by(by, organization, letter, sender, channel, sending),
    )


@verb
def _register_by(
    by: User, organization: Organization, letter: Letter, sender: Sender, channel: str, sending: str
) -> Sent:
    sent = _register(organization, letter, sender, "ro", channel, by, sending)
    record(
        by=by,
        verb="register_petition",
        keeper=organization.pk,
        subject=sent.petition.pk,
        sealed=sent.petition.restricted,
        changes={"number": sent.petition.number, "year": sent.petition.year, "channel": channel},
    )
    return sent


def _once(
    organization: Organization, letter: Letter, sender: Sender, register: Callable[[str], Sent]
) -> Sent:
    """Register a sending, unless it was; of two that come at once the later finds the petition of the first."""
    sending = _sending(organization, letter, sender)
    if found := _registered(sending):
        return found
    try:
        return register(sending)
    except IntegrityError:
        if found := _registered(sending):
            return found
        raise


def _sending(organization: Organization, letter: Letter, sender: Sender) -> str:
    """What tells a second press on Send from another letter: the token of the form and all that was written."""
    files = [(one.name, hashlib.sha256(one.content).hexdigest()) for one in letter.uploads]
    service = letter.service.pk if letter.service else None
    words = (letter.kind, letter.text, letter.about_words, service, files)
    return repr((letter.token or new_token(), organization.pk, words, vars(sender)))


def _registered(sending: str) -> Sent | None:
    found = Petition.objects.filter(once=_once_digest(sending)).select_related("organization").first()
    return Sent(found, code_of(sending), again=True) if found else None


def _once_digest(sending: str) -> str:
    return blind_index(f"petition sent {sending}")


@transaction.atomic
def _register(
    organization: Organization,
    letter: Letter,
    sender: Sender,
    language: str,
    channel: str,
    by: User | None,
    sending: str,
) -> Sent:
    _check(letter, sender)
    now = timezone.now()
    year = timezone.localdate(now).year
    about = named_in(letter.about_words, answerers(organization)) if letter.about_words.strip() else []
    code = code_of(sending)
    petition = Petition(
        organization=organization,
        year=year,
        number=next_number(Register, organization=organization, year=year),
        kind=letter.kind,
        channel=channel,
        language=language,
        received_at=now,
        service=letter.service,
        anonymous=not sender.name.strip(),
        name=sender.name.strip(),
        email=sender.email.strip(),
        phone=sender.phone.strip(),
        address=sender.address.strip(),
        text=letter.text.strip(),
        about_words=letter.about_words.strip(),
        once=_once_digest(sending),
        restricted=bool(letter.about_words.strip()) and _someone_leads(organization, about),
    )
    petition.code_digest = code_digest(petition.pk, code)
    set_terms(petition)
    petition.save()
    petition.about.set(about)
    event = PetitionEvent(petition=petition, kind=EventKind.RECEIVED, by=by, created_at=now)
    tell(event)
    event.save()
    keep(petition, letter.uploads)
    return Sent(petition, code)


def _someone_leads(organization: Organization, about: Sequence[User]) -> bool:
    """Whether a leader is left who may see it; where none is, all who answer do, but for those it is about."""
    return leaders(organization).exclude(pk__in=[one.pk for one in about]).exists()


def _check(letter: Letter, sender: Sender) -> None:
    if letter.kind not in PetitionKind.values:
        raise DomainError(_("Choose what you send."), field="kind")
    if len(letter.text.strip()) < SHORTEST_TEXT:
        raise DomainError(_("Write in a few words what it is about."), field="text")
    if len(letter.text) > LONGEST_TEXT:
        raise DomainError(
            _("The text is too long: at most %(count)s characters fit.") % {"count": LONGEST_TEXT},
            field="text",
        )
    for field, line in {**vars(sender), "about_words": letter.about_words}.items():
        if len(line) > _LONGEST_LINE:
            raise DomainError(_("This is too long."), field=field)
    _check_sender(sender)
    check_uploads(letter.uploads)


def _check_sender(sender: Sender) -> None:
    contact = [sender.email.strip(), sender.address.strip(), sender.phone.strip()]
    if not sender.name.strip():
        if any(contact):
            raise DomainError(_("Write your name too, or leave out how we reach you."), field="name")
        return
    if not any(contact[:2]):
        raise DomainError(_("Write your e-mail or your postal address: the law asks for one."), field="email")
    if contact[0]:
        try:
            validate_email(contact[0])
        except ValidationError:
            raise DomainError(
                _("This is not an e-mail address. Example: ana@exemplu.ro"), field="email"
            ) from None
