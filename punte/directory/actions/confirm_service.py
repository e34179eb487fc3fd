"""What is published of a service is still true."""

from django.utils import timezone

from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.directory.models import Confirmation, Service
from punte.directory.proposals.lifecycle import take_over, touch
from punte.directory.services.keepers import require_keeping


@verb
def confirm_service(*, by: User, service: Service) -> Confirmation:
    """Say that what is published of a service is still true; the public page shows when it was last said.

    Raises:
        NotAllowed: the service is not the account's to keep.
    """
    organization = require_keeping(by, service)
    service = Service.objects.select_for_update(no_key=True).get(pk=service.pk)
    confirmation = Confirmation.objects.create(service=service, by=by, created_at=timezone.now())
    service.confirmed_at = confirmation.created_at
    service.save(update_fields=["confirmed_at"])
    take_over(service, organization)
    touch(service)
    record(by=by, verb="confirm_service", keeper=service.provider_id, subject=service.pk)
    return confirmation
