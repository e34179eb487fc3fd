"""What is published of a service should read otherwise."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from punte.accounts.models import User
from punte.accounts.verbs import verb
from punte.directory.enums import ProposalKind
from punte.directory.models import Proposal, Service
from punte.directory.proposals.lifecycle import put_forward, waiting_details
from punte.directory.services.details import LABELS, changed, check_together, checked, details_of, overtaken
from punte.directory.services.keepers import require_keeping
from punte.kernel.errors import DomainError, EditedMeanwhile


@verb
def propose_details(
    *,
    by: User,
    service: Service,
    values: Mapping[str, Any],
    before: Mapping[str, Any],
    words: str = "",
    name_confirmed: bool = False,
) -> Proposal:
    """Say what should be published of a service; those who keep the directory of its place check it first.

    An organisation that itself keeps the directory publishes its own at once. A change that waits already is taken
    up into the new one.

    Args:
        values: fields by name, see `punte.directory.services.details.FIELDS`; what is not named stays.
        before: the same fields as the author read them.
        words: for those who check.
        name_confirmed: whether a name that is a colleague's is meant.

    Raises:
        NotAllowed: the service is not the account's to keep.
        EditedMeanwhile: somebody changed one of the fields since `before` was read.
        DomainError: a value cannot be, nothing would change, or a colleague's name is not confirmed.
    """
    organization = require_keeping(by, service)
    service = Service.objects.select_for_update(no_key=True).get(pk=service.pk)
    now = details_of(service)
    asked = checked(values)
    # Who posts a form posts all of it: only what the author changed is the author's.
    meant = changed(before, asked)
    waiting = waiting_details(service)
    taken_up = {
        name: value for name, value in (waiting.values if waiting else {}).items() if name not in asked
    }
    lost = overtaken(before, now, meant)
    if lost:
        raise EditedMeanwhile(
            _("Somebody changed this meanwhile: %(fields)s. Look at both and send again.")
            % {"fields": ", ".join(str(LABELS[name]) for name in lost)}
        )
    meant = changed(now, {**taken_up, **meant})
    if not meant:
        raise DomainError(_("Nothing was changed. To say that all is still true, confirm it."))
    check_together({**now, **meant})
    return put_forward(
        by=by,
        kind=ProposalKind.DETAILS,
        organization=organization,
        service=service,
        values=meant,
        before={name: now[name] for name in meant},
        words=words,
        name_confirmed=name_confirmed,
    )
