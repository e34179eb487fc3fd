"""A service that the directory does not know."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import verb
from punte.directory.enums import ProposalKind, ProposalStatus
from punte.directory.models import NomenclatureCode, Proposal, Service
from punte.directory.proposals.lifecycle import put_forward
from punte.directory.services.details import checked
from punte.kernel.errors import DomainError
from punte.kernel.text import fold
from punte.organizations.models import Organization
from punte.territory.models import Uat


@verb
def propose_service(
    *,
    by: User,
    organization: Organization,
    uat: Uat,
    values: Mapping[str, Any],
    code: NomenclatureCode | None = None,
    address: str = "",
    words: str = "",
    name_confirmed: bool = False,
) -> Proposal:
    """Say that an organisation gives a service that the directory does not have.

    Args:
        uat, address: where it is given.
        values: what is published of it; `name` at least.
        name_confirmed: whether a name that is a colleague's is meant.

    Raises:
        NotAllowed: the account does not keep the services of the organisation.
        DomainError: a value cannot be, or the organisation has a service of this name there, or has proposed one;
            a colleague's name is not confirmed.
    """
    by.standing.require(Capability.KEEP_SERVICES, organization.pk)
    made = checked({"name": "", **values, "address": address})
    _require_new(organization, uat, made["name"])
    return put_forward(
        by=by,
        kind=ProposalKind.NEW,
        organization=organization.pk,
        values={**made, "code": code.pk if code else ""},
        uat=uat,
        words=words,
        name_confirmed=name_confirmed,
    )


def _require_new(organization: Organization, uat: Uat, name: str) -> None:
    folded = fold(name)
    there = Service.objects.filter(provider=organization, folded_name=folded, locations__uat=uat)
    waiting = Proposal.objects.filter(
        organization=organization, kind=ProposalKind.NEW, status=ProposalStatus.WAITING, uat=uat
    ).values_list("values", flat=True)
    if there.exists() or any(fold(values["name"]) == folded for values in waiting):
        raise DomainError(_("The organisation has a service of this name already."), field="name")
