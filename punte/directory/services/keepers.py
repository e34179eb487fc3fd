"""Who may keep a service true, and who checks what is said of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability, Role
from punte.accounts.models import Appointment, User
from punte.accounts.policy import POWERS
from punte.directory.models import Location, Proposal, Service
from punte.kernel.errors import NotAllowed
from punte.organizations.enums import OrganizationKind
from punte.organizations.models import Organization

KEEPER_ROLES = tuple(role for role in Role if Capability.KEEP_SERVICES in POWERS[role].capabilities)


@dataclass(frozen=True)
class Territory:
    """The UATs (SIRUTA) and counties (codes) whose services somebody checks and publishes."""

    uats: frozenset[int] = frozenset()
    counties: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.uats or self.counties)

    def has(self, uat: int, county: str) -> bool:
        """Whether a place of this UAT and county lies in it."""
        return uat in self.uats or county in self.counties

    def condition(self, uat: str) -> Q:
        """The condition that the UAT reached through the path `uat` lies in it."""
        return Q(**{f"{uat}__in": self.uats}) | Q(**{f"{uat}__county__in": self.counties})


def territory_of_organizations(organizations: Iterable[tuple[str, int | None, str | None]]) -> Territory:
    """What organisations keep together: a town hall its own UAT, a county directorate the county of its seat.

    Any other organisation keeps its own services alone, whatever roles its people have.

    Args:
        organizations: of each its kind, the SIRUTA of its UAT and the code of its county.
    """
    uats: set[int] = set()
    counties: set[str] = set()
    for kind, uat, county in organizations:
        if kind == OrganizationKind.TOWN_HALL and uat is not None:
            uats.add(uat)
        if kind == OrganizationKind.COUNTY_DIRECTORATE and county is not None:
            counties.add(county)
    return Territory(frozenset(uats), frozenset(counties))


def territory_of(user: User, organization: UUID | None = None) -> Territory:
    """The places whose directory the account keeps, in one of its organisations or in all of them."""
    kept = user.standing.organizations(Capability.KEEP_DIRECTORY)
    if organization is not None:
        kept &= {organization}
    if not kept:
        return Territory()
    return territory_of_organizations(
        Organization.objects.filter(pk__in=kept).values_list("kind", "uat_id", "uat__county_id")
    )


def in_territory(territory: Territory) -> Q:
    """The condition that a service is given somewhere in the territory."""
    through = Location.services.through.objects.filter(territory.condition("location__uat"))
    return Q(pk__in=through.values("service"))


def checks(user: User, service: Service, organization: UUID | None = None) -> bool:
    """Whether the account publishes what is said of the service, in one of its organisations or in any."""
    territory = territory_of(user, organization)
    return bool(territory) and Service.objects.filter(in_territory(territory), pk=service.pk).exists()


def keeps(user: User, service: Service) -> bool:
    """Whether the account may say what is true of the service.

    Those may who keep the services of its provider. What its provider has not taken over yet is kept by those who
    check the directory of its place, so that it does not grow stale with nobody to mend it.
    """
    return user.standing.may(Capability.KEEP_SERVICES, service.provider_id) or (
        service.claimed_on is None and checks(user, service)
    )


def require_keeping(user: User, service: Service) -> UUID:
    """The organisation in whose name the account speaks of the service.

    Raises:
        NotAllowed: see `keeps`.
    """
    if user.standing.may(Capability.KEEP_SERVICES, service.provider_id):
        return service.provider_id
    if service.claimed_on is None:
        for organization in sorted(user.standing.organizations(Capability.KEEP_DIRECTORY)):
            if checks(user, service, organization):
                return organization
    raise NotAllowed(_("Only those who keep the services of its provider may say this."))


def kept_by(user: User) -> Q:
    """The condition that the account keeps a service as one of its own organisation."""
    return Q(provider__in=user.standing.organizations(Capability.KEEP_SERVICES))


def maintained_by_nobody() -> Q:
    """The condition that nobody has taken over a service and its provider has no account that could."""
    looked_after = Appointment.objects.current().filter(role__in=KEEPER_ROLES, user__is_active=True)
    return Q(claimed_on=None) & ~Q(provider__in=looked_after.values("organization"))


def proposals_of(user: User) -> Q:
    """The condition that a proposal is one of the account's own organisations."""
    return Q(organization__in=user.standing.organizations(Capability.KEEP_SERVICES))


def proposals_to_check(user: User) -> Q:
    """The condition that it is for the account to publish or refuse a proposal, of a service or of a new one."""
    territory = territory_of(user)
    if not territory:
        return Q(pk__in=[])
    services = Service.objects.filter(in_territory(territory)).values("pk")
    return Q(service__in=services) | (Q(service=None) & territory.condition("uat"))


def may_decide(user: User, proposal: Proposal) -> bool:
    """Whether it is for the account to publish or refuse the proposal."""
    return Proposal.objects.filter(proposals_to_check(user), pk=proposal.pk).exists()
