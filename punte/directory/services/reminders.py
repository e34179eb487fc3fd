"""One digest for each person of what is theirs to say anew or to check."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from punte.accounts.enums import Capability, Role
from punte.accounts.models import Appointment, User
from punte.accounts.policy import POWERS
from punte.directory.enums import ProposalStatus
from punte.directory.models import Proposal, Service
from punte.directory.services.keepers import in_territory, kept_by, proposals_to_check, territory_of
from punte.directory.services.upkeep import Upkeep, upkeep_of

_OWNERS = (Capability.KEEP_SERVICES, Capability.KEEP_DIRECTORY)


@dataclass(frozen=True)
class Digest:
    """What one person is reminded of: own services, proposals to check, services of the place that are late."""

    user: User
    services: list[Upkeep] = field(default_factory=list)
    proposals: int = 0
    stale: int = 0

    def __bool__(self) -> bool:
        return bool(self.services or self.proposals or self.stale)

    def lines(self) -> Iterator[str]:
        """The lines of the person's mail, in the language that is spoken now."""
        for row in self.services:
            yield ""
            yield f"{row.service}"
            for one, late in row.to_do:
                words = _("late since %(day)s") if late else _("by %(day)s")
                yield f"  – {one.sentence()} ({words % {'day': f'{one.due_on:%d.%m.%Y}'}})"
        if self.proposals:
            yield ""
            yield ngettext(
                "%(n)s proposal of a provider waits to be checked.",
                "%(n)s proposals of providers wait to be checked.",
                self.proposals,
            ) % {"n": self.proposals}
        if self.stale:
            yield ""
            yield ngettext(
                "%(n)s service in your territory is not up to date.",
                "%(n)s services in your territory are not up to date.",
                self.stale,
            ) % {"n": self.stale}


def digests() -> Iterator[Digest]:
    """The digest of each active account that keeps services or the directory, where there is something in it."""
    roles = [role for role in Role if any(can in POWERS[role].capabilities for can in _OWNERS)]
    appointed = Appointment.objects.current().filter(role__in=roles)
    for user in User.objects.filter(is_active=True, pk__in=appointed.values("user")).order_by("email"):
        digest = digest_of(user)
        if digest:
            yield digest


def digest_of(user: User) -> Digest:
    """What one person is reminded of today."""
    proposals, stale = to_check(user)
    return Digest(user=user, services=own_to_do(user), proposals=proposals, stale=stale)


def own_to_do(user: User) -> list[Upkeep]:
    """The services that the account keeps of which something must be said anew."""
    return [row for row in upkeep_of(Service.objects.filter(kept_by(user))) if row.to_do]


def to_check(user: User) -> tuple[int, int]:
    """How many proposals the account is to publish or refuse, and how many services of its territory are late."""
    territory = territory_of(user)
    elsewhere = in_territory(territory) & ~kept_by(user) if territory else Q(pk__in=[])
    waiting = Proposal.objects.filter(proposals_to_check(user), status=ProposalStatus.WAITING)
    stale = sum(bool(row.late("provider")) for row in upkeep_of(Service.objects.filter(elsewhere)))
    return waiting.count(), stale
