"""Marginalised communities of the UATs where an institution works: named by it, and where they are."""

from django.utils.translation import gettext as _

from punte.accounts.models import User
from punte.accounts.queries import brings_in_for
from punte.accounts.verbs import record, verb
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
        NotAllowed: the UAT is not in a county of the institutions for which `by` does so.
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
        NotAllowed: the UAT is not in a county of the institutions for which `by` does so.
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


def _keeper(by: User, uat: Uat) -> Organization:
    """The institution for which it is done."""
    own = Organization.objects.filter(pk__in=brings_in_for(by)).order_by("name")
    found = own.filter(uat__county=uat.county_id).first()
    if found is None:
        raise NotAllowed(_("Your institution does not work in this county."))
    return found
