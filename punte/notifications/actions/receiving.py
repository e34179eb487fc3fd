"""A notification comes in: by phone or paper through the office, from a partner, or by the site without an account."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability, Role
from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.kernel.encryption import blind_index
from punte.kernel.errors import DomainError, NotAllowed
from punte.kernel.numbering import next_number
from punte.notifications.content import CHILD, UNKNOWN, content, level_of
from punte.notifications.enums import Danger, EventKind, MarkKind, PersonRole
from punte.notifications.matching import Clues, behind_seals, marks_of
from punte.notifications.models import (
    Notification,
    NotificationEvent,
    NotificationNumber,
    NotifiedMark,
    NotifiedPerson,
    SoughtCase,
)
from punte.notifications.permission import LONGEST_LINE, short
from punte.notifications.queries import addressees
from punte.notifications.rules import code_digest
from punte.notifications.terms import check_by
from punte.organizations.models import Organization
from punte.petitions.actions import note_petition
from punte.petitions.models import Petition
from punte.petitions.rules import code_of
from punte.territory.models import Community

SHORTEST = 5
MOST_PEOPLE = 6
OLDEST = 120


@dataclass(frozen=True)
class About:
    """Somebody of whom it is told, as far as known."""

    name: str = ""
    age: int | None = None
    role: str = PersonRole.CHILD


@dataclass(frozen=True)
class Said:
    """What is told, half known as it is.

    Args:
        channel, kind, reasons: keys of `content/notifications.yaml`.
        token: that of the form that was sent; the same words sent again with it are the same notification.
    """

    what: str
    where: str = ""
    people: Sequence[About] = ()
    channel: str = ""
    kind: str = UNKNOWN
    danger: str = Danger.UNKNOWN
    reasons: Sequence[str] = ()
    community: Community | None = None
    token: str = ""


@dataclass(frozen=True)
class Notifier:
    """Who tells of it; nobody where it is `anonymous`."""

    name: str = ""
    phone: str = ""
    quality: str = ""
    anonymous: bool = False


@dataclass(frozen=True)
class Sent:
    """A notification with the code by which its notifier adds to it; the code is shown once and kept nowhere."""

    notification: Notification
    code: str
    again: bool = False


@dataclass(frozen=True)
class _Way:
    """How it came: by whom, of which use its words may be, and from where."""

    use: str
    by: User | None = None
    organization: Organization | None = None
    petition: Petition | None = None
    fixed: str = field(default="")


def new_token() -> str:
    """What a form carries so that pressing Send twice sends once."""
    return secrets.token_urlsafe(24)


def record_notification(*, by: User, keeper: Organization, said: Said, notifier: Notifier) -> Sent:
    """Register what came to the office.

    Raises:
        NotAllowed: the account records no notifications there.
        DomainError: something is missing, too long or not known.
    """
    _require_office(by, keeper)
    return _once(keeper, said, notifier, _Way("office", by))


def record_from_petition(*, by: User, petition: Petition, said: Said, notifier: Notifier) -> Sent:
    """Register a petition that turned out to be a notification, and note it there.

    Raises:
        NotAllowed: the account records no notifications there, or does not see the petition.
        DomainError: it was done already, or something is missing.
    """
    _require_office(by, petition.organization)
    with transaction.atomic():
        # The row of the petition is locked by the note: of two who press at once the later finds the first one's.
        sent = _once(
            petition.organization, said, notifier, _Way("office", by, petition=petition, fixed="petition")
        )
        if not sent.again:
            note_petition(
                by=by,
                petition=petition,
                text=_("Registered as notification %(number)s.") % {"number": sent.notification},
            )
    return sent


def notify_as_partner(
    *, by: User, organization: Organization, keeper: Organization, said: Said, notifier: Notifier
) -> Sent:
    """Tell an institution of somebody, as a partner.

    Raises:
        NotAllowed: the account is no partner of the organization.
        DomainError: nobody there decides on notifications; something is missing, too long or not known.
    """
    own = {post.organization_id for post in by.standing.posts if post.role == Role.PARTNER}
    if organization.pk not in own:
        raise NotAllowed(_("Your role does not allow this. Ask your coordinator."))
    _require_addressee(keeper)
    return _once(keeper, said, notifier, _Way("partner", by, organization))


def call_for_help(*, keeper: Organization, said: str, reached: str, token: str) -> Sent:
    """Register what a child tells of itself by the page for children, in as few words as there are.

    Not a verb, as `send_notification`.

    Raises:
        DomainError: nobody there decides on notifications; nothing is said, or too much.
    """
    _require_addressee(keeper)
    words = "\n\n".join((_("A child asks for help, from the public page for children."), said.strip()))
    told = Said(words if said.strip() else "", where=reached, kind=CHILD, token=token)
    child = Notifier(quality=_("the child"), anonymous=True)
    return _once(keeper, told, child, _Way("public", fixed="child_self"))


def send_notification(*, keeper: Organization, said: Said, notifier: Notifier) -> Sent:
    """Register what somebody tells by the site.

    Not a verb: who tells has no account. The notification itself, with its first event, is the trace.

    Raises:
        DomainError: nobody there decides on notifications; something is missing, too long or not known.
    """
    _require_addressee(keeper)
    return _once(keeper, said, notifier, _Way("public", fixed="site"))


def _require_office(by: User, keeper: Organization) -> None:
    by.standing.require(Capability.NOTIFY, keeper.pk)
    by.standing.require(Capability.SEE_PEOPLE, keeper.pk)


def _require_addressee(keeper: Organization) -> None:
    if not addressees().filter(pk=keeper.pk).exists():
        raise DomainError(_("This institution does not receive notifications here."), field="keeper")


def _once(keeper: Organization, said: Said, notifier: Notifier, way: _Way) -> Sent:
    """Register a sending, unless it was; of two that come at once the later finds the notification of the first."""
    petition = way.petition.pk if way.petition else None
    # Of a petition there is one notification, whatever was written the second time.
    sending = (
        repr(("petition", petition))
        if petition
        else repr((said.token or new_token(), keeper.pk, said, notifier))
    )
    if found := _registered(sending):
        return found
    try:
        return _register_by(keeper, said, notifier, way, sending)
    except IntegrityError:
        if found := _registered(sending):
            return found
        raise


def _registered(sending: str) -> Sent | None:
    found = Notification.objects.filter(once=_once_digest(sending)).select_related("keeper").first()
    return Sent(found, code_of(sending), again=True) if found else None


def _once_digest(sending: str) -> str:
    return blind_index(f"notification sent {sending}")


def _register_by(keeper: Organization, said: Said, notifier: Notifier, way: _Way, sending: str) -> Sent:
    register: Callable[..., Sent] = _by_account if way.by else transaction.atomic(_register)
    return register(keeper, said, notifier, way, sending)


@verb
def _by_account(keeper: Organization, said: Said, notifier: Notifier, way: _Way, sending: str) -> Sent:
    sent = _register(keeper, said, notifier, way, sending)
    made = sent.notification
    assert way.by is not None
    record(
        by=way.by,
        verb="record_notification",
        keeper=keeper.pk,
        subject=made.pk,
        sealed=made.is_about_violence,
        changes={"number": made.number, "year": made.year, "channel": made.channel},
    )
    return sent


def _register(keeper: Organization, said: Said, notifier: Notifier, way: _Way, sending: str) -> Sent:
    people = _checked(said, notifier, way)
    now = timezone.now().replace(microsecond=0)
    year = timezone.localdate(now).year
    code = code_of(sending)
    danger = said.danger == Danger.YES
    made = Notification(
        keeper=keeper,
        year=year,
        number=next_number(NotificationNumber, organization=keeper, year=year),
        received_at=now,
        recorded_by=way.by if way.use == "office" else None,
        from_organization=way.organization,
        petition=way.petition,
        channel=way.fixed or said.channel,
        kind=said.kind,
        compartment=content().kind(said.kind).compartment,
        notifier_name="" if notifier.anonymous else notifier.name.strip(),
        notifier_phone="" if notifier.anonymous else notifier.phone.strip(),
        notifier_quality=notifier.quality.strip(),
        anonymous=notifier.anonymous or not (notifier.name.strip() or notifier.phone.strip()),
        what=said.what.strip(),
        where_found=said.where.strip(),
        uat=said.community.uat if said.community else keeper.uat,
        community=said.community,
        danger_now=said.danger,
        reasons=[key for key in content().section("reasons") if key in said.reasons],
        urgency=level_of(said.kind, said.reasons, danger=danger),
        due_at=check_by(keeper.pk, now),
        once=_once_digest(sending),
    )
    made.code_digest = code_digest(made.pk, code)
    made.save(force_insert=True)
    NotifiedPerson.objects.bulk_create(
        NotifiedPerson(notification=made, name=one.name.strip(), age=one.age, role=one.role) for one in people
    )
    NotificationEvent.objects.create(notification=made, kind=EventKind.RECEIVED, by=way.by, created_at=now)
    clues = Clues([one.name for one in people], notifier.phone, said.where)
    _mark(made, clues)
    # Written for each, mostly of no case: what is written tells nobody whether there is one.
    SoughtCase.objects.create(notification=made, case=behind_seals(keeper, clues))
    return Sent(made, code)


def _mark(made: Notification, clues: Clues) -> None:
    NotifiedMark.objects.bulk_create(
        NotifiedMark(notification=made, kind=MarkKind(kind), mark=mark) for kind, mark in marks_of(clues)
    )


def _checked(said: Said, notifier: Notifier, way: _Way) -> list[About]:
    """Those of whom it is told, empty lines left out.

    Raises:
        DomainError: something is missing, too long or not known.
    """
    words = content()
    if not way.fixed and (
        said.channel not in words.section("channels")
        or way.use not in words.section("channels")[said.channel].by
    ):
        raise DomainError(_("Say how it came."), field="channel")
    if said.kind not in words.section("kinds") or way.use not in words.section("kinds")[said.kind].by:
        raise DomainError(_("Choose what it is about."), field="kind")
    if said.danger not in Danger.values:
        raise DomainError(_("Say whether somebody is in danger now."), field="danger")
    if not set(said.reasons) <= set(words.section("reasons")):
        raise DomainError(_("Choose one of the values in the list."), field="reasons")
    if len(said.what.strip()) < SHORTEST:
        raise DomainError(_("Write in a few words what happened."), field="what")
    short(said.what, field="what")
    short(said.where, field="where", longest=LONGEST_LINE)
    for name in ("name", "phone", "quality"):
        short(getattr(notifier, name), field=name, longest=LONGEST_LINE)
    people = [one for one in said.people if one.name.strip() or one.age is not None][:MOST_PEOPLE]
    for one in people:
        short(one.name, field="name_1", longest=LONGEST_LINE)
        if one.role not in PersonRole.values or not 0 <= (one.age or 0) <= OLDEST:
            raise DomainError(_("Choose one of the values in the list."), field="name_1")
    return people
