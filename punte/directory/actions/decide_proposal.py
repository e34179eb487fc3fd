"""A proposal is published, refused, or taken back."""

from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.directory.enums import ProposalStatus
from punte.directory.models import Proposal
from punte.directory.proposals.lifecycle import carry_out, close, locked, seen_of
from punte.directory.services.keepers import may_decide
from punte.kernel.errors import DomainError, EditedMeanwhile, NotAllowed

_SHORTEST_REASON = 3
_LONGEST_REASON = 2_000


@verb
def publish_proposal(*, by: User, proposal: Proposal, seen: str) -> Proposal:
    """Make true what a proposal says.

    Args:
        seen: the mark (`seen_of`) of what was published when the two were laid side by side.

    Raises:
        NotAllowed: the account does not keep the directory of the place.
        EditedMeanwhile: what is published changed since it was seen.
        DomainError: the proposal waits no longer, or can no longer be.
    """
    _require_deciding(by, proposal)
    proposal = locked(proposal)
    if seen_of(proposal) != seen:
        raise EditedMeanwhile(
            _("What is published changed while you were reading. Look again before you decide.")
        )
    carry_out(proposal, by=by)
    return proposal


@verb
def refuse_proposal(*, by: User, proposal: Proposal, answer: str) -> Proposal:
    """Say why a proposal is not published; its author reads it.

    Raises:
        NotAllowed: the account does not keep the directory of the place.
        DomainError: the reason is missing, or the proposal waits no longer.
    """
    _require_deciding(by, proposal)
    proposal = locked(proposal)
    answer = answer.strip()
    if not _SHORTEST_REASON <= len(answer) <= _LONGEST_REASON:
        raise DomainError(_("Write why, so that it can be mended."), field="answer")
    close(proposal, by=by, status=ProposalStatus.REFUSED, answer=answer)
    _trace(by, "refuse_proposal", proposal)
    return proposal


@verb
def withdraw_proposal(*, by: User, proposal: Proposal) -> Proposal:
    """Take a proposal back.

    Raises:
        NotAllowed: it is not of the account's organisation.
        DomainError: it waits no longer.
    """
    by.standing.require(Capability.KEEP_SERVICES, proposal.organization_id)
    proposal = locked(proposal)
    close(proposal, by=by, status=ProposalStatus.WITHDRAWN)
    _trace(by, "withdraw_proposal", proposal)
    return proposal


def _require_deciding(by: User, proposal: Proposal) -> None:
    if not may_decide(by, proposal):
        raise NotAllowed(_("Only those who keep the directory of this place may publish or refuse."))


def _trace(by: User, verb: str, proposal: Proposal) -> None:
    record(
        by=by,
        verb=verb,
        keeper=proposal.organization_id,
        subject=proposal.service_id or proposal.pk,
        changes={"kind": proposal.kind},
    )
