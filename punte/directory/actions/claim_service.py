"""A service that nobody keeps is ours."""

from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import verb
from punte.directory.enums import ProposalKind
from punte.directory.models import Proposal, Service
from punte.directory.proposals.lifecycle import put_forward
from punte.directory.services.keepers import maintained_by_nobody
from punte.kernel.errors import DomainError
from punte.organizations.models import Organization


@verb
def claim_service(*, by: User, service: Service, organization: Organization, words: str) -> Proposal:
    """Say that a service of the directory that nobody keeps is given by an organisation.

    Args:
        words: how those who check can see that it is so.

    Raises:
        NotAllowed: the account does not keep the services of the organisation.
        DomainError: somebody keeps the service, or the words are missing.
    """
    by.standing.require(Capability.KEEP_SERVICES, organization.pk)
    if not Service.objects.filter(maintained_by_nobody(), pk=service.pk).exists():
        raise DomainError(_("Somebody keeps this service already."))
    if not words.strip():
        raise DomainError(
            _("Write how one can see that the service is yours: a licence, a contract, a web page."),
            field="words",
        )
    return put_forward(
        by=by,
        kind=ProposalKind.CLAIM,
        organization=organization.pk,
        service=service,
        values={"provider": str(organization.pk)},
        before={"provider": str(service.provider_id)},
        words=words,
    )
