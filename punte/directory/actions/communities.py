"""Marginalised communities: named, and put on the map, by the institutions in whose territory they lie."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from punte.accounts.models import User
from punte.accounts.queries import brings_in_for
from punte.accounts.verbs import record, verb
from punte.directory.services.keepers import Territory, territory_of_organizations
from punte.kernel.errors import DomainError, NotAllowed
from punte.organizations.models import Organization
from punte.territory.models import Community, Uat


@verb
def add_community(
    *, by: User, uat: Uat, name: str, source: str, point: tuple[float, float] | None
) -> Community:
    """Name a community.

    Args:
        source: where it is known from.
        point: latitude and longitude in degrees.

    Raises:
        NotAllowed: the UAT is not in the territory of an institution for which `by` does so.
        DomainError: the UAT has one of this name.
    """
    made = Community(uat=uat, name=name, source=source)
    return _kept(by, made, point, verb="add_community")


@verb
def change_community(
    *, by: User, community: Community, uat: Uat, name: str, source: str, point: tuple[float, float] | None
) -> Community:
    """Put right what a community is called, where it is, and where it is known from.

    Raises:
        NotAllowed: the UAT is not in the territory of an institution for which `by` does so.
        DomainError: the UAT has another of this name, or households of another UAT are said to live there.
    """
    if uat.pk != community.uat_id and community.households.exists():
        raise DomainError(_("Households are said to live there: it stays in its UAT."), field="uat")
    _keeper(by, community.uat)
    community.uat, community.name, community.source = uat, name, source
    return _kept(by, community, point, verb="change_community")


def _kept(by: User, community: Community, point: tuple[float, float] | None, *, verb: str) -> Community:
    keeper = _keeper(by, community.uat)
    same = Community.objects.filter(uat=community.uat, name__iexact=community.name)
    if same.exclude(pk=community.pk).exists():
        raise DomainError(_("The UAT already has a community of this name."), field="name")
    community.latitude, community.longitude = point or (None, None)
    community.save()
    record(by=by, verb=verb, keeper=keeper.pk, subject=community.pk)
    return community


def communities_territory(user: User) -> Territory:
    """The places whose communities the account names: its town hall's own UAT, its county directorate's county."""
    return _territory(Organization.objects.filter(pk__in=brings_in_for(user)))


def _territory(organizations: QuerySet[Organization]) -> Territory:
    return territory_of_organizations(organizations.values_list("kind", "uat_id", "uat__county_id"))


def _keeper(by: User, uat: Uat) -> Organization:
    """The institution for which it is done."""
    own = Organization.objects.filter(pk__in=brings_in_for(by)).order_by("name", "pk")
    for one in own:
        if _territory(own.filter(pk=one.pk).order_by()).has(uat.pk, uat.county_id):
            return one
    raise NotAllowed(_("This place is not in the territory of your institution."))
