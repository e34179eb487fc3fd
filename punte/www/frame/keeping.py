"""Which other institutions work with a household, and who reads what of whom: shown beside its record."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import cached_property

from punte.accounts.models import User
from punte.cases.others_work import OthersWork, others_work
from punte.cases.sharings import may_ask, may_share, read_by_others, read_of_others
from punte.people.models import Household, Sharing


@dataclass(frozen=True)
class KeepingPanel:
    """What others do with a household, what they read or ask to read of it, what is read of theirs."""

    others: list[OthersWork]
    read: list[Sharing]
    reads: list[tuple[Sharing, bool]]
    may_ask: bool
    may_share: bool

    @cached_property
    def asked(self) -> frozenset[UUID]:
        """The institutions that were asked and did not answer, or let us read today."""
        open_still = (one for one, stands in self.reads if stands or one.is_asked)
        return frozenset(one.household.keeper_id for one in open_still)

    @cached_property
    def is_empty(self) -> bool:
        """Whether there is nothing to show and nothing to do."""
        return not (self.others or self.read or self.reads or self.may_share)


def keeping_of(user: User, household: Household, cnp_indexes: Collection[str]) -> KeepingPanel:
    """What of others' work with a household an account may know that sees it.

    Args:
        cnp_indexes: of those who may be known to live there today.
    """
    return KeepingPanel(
        others=others_work(household, cnp_indexes),
        read=read_by_others(household),
        reads=read_of_others(user, household),
        may_ask=may_ask(user, household),
        may_share=may_share(user, household),
    )
