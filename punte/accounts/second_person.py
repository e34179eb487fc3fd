"""Which deeds wait for a second person, who that may be, and how all are told."""

from collections.abc import Iterator
from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from punte.accounts.enums import SEALED_COMPARTMENTS, Capability, Deed, MailKind
from punte.accounts.mailing import deliver
from punte.accounts.models import Appointment, SecondPersonRequest, User, WaitingMail
from punte.accounts.policy import POWERS
from punte.accounts.second_factor import has_second_factor
from punte.kernel.mail import mailing

TO_ANSWER_PATH = "/administrare/de-aprobat/"
HOLDER_PATH = "/cont/al-doilea-om/"
MOST_WRONG_CODES = 5
_ADMINISTERING = [
    role for role, powers in POWERS.items() if Capability.MANAGE_ACCOUNTS in powers.capabilities
]
_ANSWERING = [
    role
    for role, powers in POWERS.items()
    if powers.capabilities & {Capability.MANAGE_ACCOUNTS, Capability.SEE_AUDIT}
]
_GUARDED = [
    role for role, powers in POWERS.items() if role in _ANSWERING or powers.compartments & SEALED_COMPARTMENTS
]


def needs_second_person(user: User) -> bool:
    """Whether nobody alone may let somebody else into the account: it reads violence or abuse, or answers requests.

    Who answers is guarded too, else an administrator would reset the second person and answer in their name. A role
    that has ended counts, else it would be ended for the while of a reset. An account in which nobody ever was is not
    yet anybody's.
    """
    return user.last_login is not None and Appointment.objects.filter(user=user, role__in=_GUARDED).exists()


def may_set_password(user: User) -> bool:
    """Whether a link, mailed or handed over, may set the password.

    Where a second factor stands behind the password it may. Without one, who reads the mail of an account would be in:
    then only while a second person has agreed, and once.
    """
    if not needs_second_person(user) or has_second_factor(user):
        return True
    since = timezone.now() - SecondPersonRequest.TERM
    agreed = SecondPersonRequest.objects.filter(subject=user, verb=Deed.SET_PASSWORD, done_at__gt=since)
    return any(one.detail == user.password for one in agreed)


def agreed_by_second_person(by: User, user: User, verb: Deed) -> SecondPersonRequest | None:
    """What `by` asked for and a second person agreed to, not done yet and not over."""
    since = timezone.now() - SecondPersonRequest.TERM
    found = SecondPersonRequest.objects.filter(
        subject=user, asked_by=by, verb=verb, granted=True, done_at=None
    )
    return found.filter(answered_at__gt=since).order_by("answered_at").first()


def to_be_answered_by(user: User) -> QuerySet[SecondPersonRequest]:
    """What waits for an answer that the account may give.

    The role must be older by the whole term than what was asked, or an administrator would make the second person.
    """
    mine = Q(pk__in=[])
    for post in _posts().filter(user=user):
        mine |= Q(organization=post.organization_id, asked_at__gte=post.created_at + SecondPersonRequest.TERM)
    return SecondPersonRequest.objects.waiting().filter(mine).exclude(asked_by=user).exclude(subject=user)


def who_may_answer(asked: SecondPersonRequest) -> list[User]:
    """The data protection officers and administrators who may answer, by name."""
    posts = _posts().filter(
        organization=asked.organization_id, created_at__lte=asked.asked_at - SecondPersonRequest.TERM
    )
    people = User.objects.filter(pk__in=posts.values("user"))
    return list(people.exclude(pk__in=[asked.asked_by_id, asked.subject_id]).order_by("name", "pk"))


def holder_may_refuse(asked: SecondPersonRequest) -> bool:
    """Whether the holder may refuse with a recovery code what another asked for."""
    return asked.asked_by_id != asked.subject_id and asked.wrong_codes < MOST_WRONG_CODES


def holder_may_agree(asked: SecondPersonRequest) -> bool:
    """Whether the holder may agree with a recovery code: where there is no other administrator than who asks."""
    others = _posts().filter(organization=asked.organization_id, role__in=_ADMINISTERING)
    alone = not others.exclude(user__in=[asked.asked_by_id, asked.subject_id]).exists()
    return alone and holder_may_refuse(asked)


def tell_all(asked: SecondPersonRequest) -> None:
    """Write to who asked, whose account it is and who may answer, once the transaction holds; without detail.

    A mail server that does not answer undoes nothing: the mail is sent later.
    """
    if not mailing():
        return
    mails = WaitingMail.objects.bulk_create(_mails(asked))
    transaction.on_commit(partial(deliver, mails), robust=True)


def _posts() -> QuerySet[Appointment]:
    return Appointment.objects.current().filter(role__in=_ANSWERING, user__is_active=True)


def _mails(asked: SecondPersonRequest) -> Iterator[WaitingMail]:
    open_still = asked.granted is None
    list_path, own_path = TO_ANSWER_PATH, f"{HOLDER_PATH}{asked.pk}/"
    answered = _("A request that waited for a second person was answered.")
    yield _mail(asked.asked_by, _("Your request waits for a second person.") if open_still else answered, "")
    about_own = (
        _("Somebody asked to change how your account is opened. If it was not at your wish, say so at once.")
        if open_still
        else _("What was asked about how your account is opened was answered.")
    )
    yield _mail(asked.subject, about_own, own_path if open_still and holder_may_refuse(asked) else "")
    for person in who_may_answer(asked):
        wanted = _("A request waits for your answer, at most 72 hours.")
        yield _mail(person, wanted if open_still else answered, list_path)


def _mail(person: User, says: str | Promise, path: str) -> WaitingMail:
    with override(person.language):
        lines = [_("Good day,"), says, f"{settings.SITE_ADDRESS}{path or '/'}"]
        text = "\n\n".join(map(str, lines)) + "\n"
        return WaitingMail(
            user=person, kind=MailKind.SECOND_PERSON, address=person.email, subject=str(says), text=text
        )
