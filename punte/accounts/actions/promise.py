"""The promise of confidentiality is accepted."""

from django.conf import settings

from punte.accounts.models import ConfidentialityPromise, User
from punte.accounts.privacy import privacy
from punte.accounts.verbs import record, verb


def has_promised(user: User) -> bool:
    """Whether the account accepted the promise of today; who works nowhere is not asked."""
    if not settings.PROMISE_REQUIRED or not user.standing.posts:
        return True
    return ConfidentialityPromise.objects.filter(user=user, version=privacy().promise.version).exists()


@verb
def accept_promise(*, by: User) -> ConfidentialityPromise:
    """Accept the promise of today for oneself; what is accepted is kept in its words."""
    promise = privacy().promise
    made, _new = ConfidentialityPromise.objects.get_or_create(
        user=by, version=promise.version, defaults={"text": "\n\n".join(promise.paragraphs)}
    )
    house = by.standing.posts[0].organization_id if by.standing.posts else None
    record(by=by, verb="accept_promise", keeper=house, subject=by.pk, changes={"version": promise.version})
    return made
