"""How somebody without an account is let in: a number and a code, short-lived, revocable, five tries.

Called by the verbs of the rooms that give such codes out; they write the trail.
"""

import datetime as dt
import hmac
from collections.abc import Collection
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.models import OnceLink, User
from punte.kernel.codes import code_for, typed
from punte.kernel.encryption import blind_index
from punte.kernel.errors import DomainError
from punte.kernel.models import new_id
from punte.kernel.office_rules import looking
from punte.organizations.models import Organization


def number_of(link: OnceLink) -> str:
    """What stands in its address or is typed first; it names nobody."""
    return code_for(f"once number {link.pk}", groups=2)


def code_of(link: OnceLink) -> str:
    """The code that opens it."""
    return code_for(f"once code {link.pk}", groups=2)


def give_out(
    *,
    by: User,
    keeper: Organization,
    purpose: str,
    subject: UUID,
    for_days: int,
    at: dt.datetime | None = None,
) -> OnceLink:
    """A new code for a subject; the former ones for the same purpose open nothing any more."""
    take_back(purpose=purpose, subjects=[subject])
    link = OnceLink(
        pk=new_id(),
        purpose=purpose,
        subject=subject,
        keeper=keeper,
        by=by,
        expires_at=(at or timezone.now()) + dt.timedelta(days=for_days),
    )
    link.digest = _digest(number_of(link))
    link.save()
    return link


def take_back(*, purpose: str, subjects: Collection[UUID]) -> int:
    """Let nobody in any more by the codes of these subjects; how many stood."""
    return standing_of(purpose, subjects).update(revoked_at=timezone.now())


def standing_of(purpose: str, subjects: Collection[UUID]) -> QuerySet[OnceLink]:
    """The codes of these subjects that open something now."""
    return OnceLink.objects.filter(_stands(), purpose=purpose, subject__in=subjects)


def opened_by(number: str, code: str, *, purposes: Collection[str]) -> OnceLink:
    """The link that a number and a code open.

    Raises:
        DomainError: none does; it says the same whatever is wrong, and a wrong code is counted.
    """
    link = OnceLink.objects.filter(_stands(), digest=_digest(number), purpose__in=purposes).first()
    # Counted before it is looked at: of many that are tried at once no more than the five are looked at.
    counted = link is not None and _count(link, +1)
    expected = code_of(link if link is not None else OnceLink(pk=new_id()))
    if hmac.compare_digest(typed(code), typed(expected)) and link is not None and counted:
        _count(link, -1)
        return link
    raise opens_nothing()


def opens_nothing() -> DomainError:
    """What is said of a wrong code, and of one that opens nothing for another reason."""
    return DomainError(
        _("This number and this code open nothing. Check both; after five wrong codes they are closed."),
        field="code",
    )


def still_open(pk: UUID, *, purposes: Collection[str]) -> OnceLink | None:
    """The link that somebody opened a while ago, if it still stands."""
    rows = OnceLink.objects.select_related("keeper", "by")
    return rows.filter(_stands(), pk=pk, purpose__in=purposes).first()


def use_up(link: OnceLink) -> None:
    """Let a link be used this once.

    Raises:
        DomainError: it was used or taken back meanwhile.
    """
    if not OnceLink.objects.filter(_stands(), pk=link.pk).update(used_at=timezone.now()):
        raise DomainError(_("This was answered or taken back meanwhile."))


def forget_links() -> int:
    """Remove those that have been over for long; how many they were."""
    return OnceLink.objects.filter(expires_at__lt=timezone.now() - looking("codes_kept")).delete()[0]


def _count(link: OnceLink, step: int) -> bool:
    counted = OnceLink.objects.filter(pk=link.pk)
    return bool((counted.filter(_stands()) if step > 0 else counted).update(wrong=F("wrong") + step))


def _stands() -> Q:
    return Q(revoked_at=None, used_at=None, wrong__lt=OnceLink.MOST_WRONG, expires_at__gt=timezone.now())


def _digest(number: str) -> str:
    return blind_index(f"once link {typed(number)}")
