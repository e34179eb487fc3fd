"""What an account may do today, worked out once from its appointments."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _

from punte.accounts.enums import Capability, Compartment, Role
from punte.accounts.policy import POWERS, Powers
from punte.kernel.errors import NotAllowed


@dataclass(frozen=True)
class Post:
    """One current appointment: a role in an organisation, and perhaps in a team of it."""

    organization_id: UUID
    team_id: UUID | None
    role: Role

    @property
    def powers(self) -> Powers:
        """What the role may do."""
        return POWERS[self.role]


@dataclass(frozen=True)
class Standing:
    """The current posts of one account, asked by capability.

    Attributes:
        looked_after: institutions that one of its own brought in and where all are partners: it makes their accounts.
    """

    posts: tuple[Post, ...]
    looked_after: frozenset[UUID] = frozenset()

    def organizations(self, capability: Capability) -> frozenset[UUID]:
        """The organisations in which the account has `capability`."""
        own = self._found(capability).organizations
        return own | self.looked_after if capability == Capability.MANAGE_ACCOUNTS else own

    def teams(self, capability: Capability) -> frozenset[UUID]:
        """The teams in which the account has `capability`."""
        return self._found(capability).teams

    def compartments(self, organization_id: UUID) -> frozenset[Compartment]:
        """The compartments that the account reads in records kept by an organisation."""
        own = (post.powers.compartments for post in self.posts if post.organization_id == organization_id)
        return frozenset().union(*own)

    def every_compartment(self) -> frozenset[Compartment]:
        """The compartments that the account's roles read wherever they were given sight of a record."""
        return frozenset().union(*(post.powers.compartments for post in self.posts))

    def may(self, capability: Capability, organization_id: UUID | None = None) -> bool:
        """Whether the account has `capability`, in the organisation if one is named."""
        found = self.organizations(capability)
        return organization_id in found if organization_id else bool(found)

    def require(self, capability: Capability, organization_id: UUID) -> None:
        """Refuse what the account may not do.

        Raises:
            NotAllowed: it lacks `capability` in the organisation.
        """
        if not self.may(capability, organization_id):
            raise NotAllowed(_("Your role does not allow this. Ask your coordinator."))

    def roles_in(self, organization_id: UUID) -> frozenset[Role]:
        """The roles held today in an organisation."""
        return frozenset(post.role for post in self.posts if post.organization_id == organization_id)

    @cached_property
    def roles(self) -> frozenset[Role]:
        """The roles held today."""
        return frozenset(post.role for post in self.posts)

    @property
    def sees_personal_data(self) -> bool:
        """Whether any role meets personal data."""
        return any(post.powers.sees_personal_data for post in self.posts)

    def _found(self, capability: Capability) -> "_Where":
        if capability not in self._where:
            able = [post for post in self.posts if capability in post.powers.capabilities]
            self._where[capability] = _Where(
                frozenset(post.organization_id for post in able),
                frozenset(post.team_id for post in able if post.team_id),
            )
        return self._where[capability]

    @cached_property
    def _where(self) -> "dict[Capability, _Where]":
        """Asked for many times a page."""
        return {}


class _Where(NamedTuple):
    """Where an account has a capability."""

    organizations: frozenset[UUID]
    teams: frozenset[UUID]
