"""Where organisations may have households: in their counties; one without a county, in the whole country."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from punte.kernel.prepared import Prepared
from punte.organizations.models import Organization
from punte.territory.models import Community, Uat


def places_near(keepers: Collection[UUID]) -> tuple[list[Uat], list[Community]]:
    """The UATs, by name, and their marginalised communities, by UAT and name."""
    counties = [county for (county,) in _counties(keepers=keepers)]
    if counties and all(counties):
        return _uats(keepers=keepers), _communities(keepers=keepers)
    return list(Uat.objects.all()), list(_in_order(Community.objects.all()))


def _in_order(communities: Any) -> Any:
    return communities.select_related("uat").order_by("uat__name", "name")


def _within(keepers: Collection[UUID]) -> Any:
    return Organization.objects.filter(pk__in=keepers).order_by().values("uat__county")


_counties = Prepared(lambda keepers: _within(keepers).values_list("uat__county"))
_uats = Prepared(lambda keepers: Uat.objects.filter(county__in=_within(keepers)))
_communities = Prepared(lambda keepers: _in_order(Community.objects.filter(uat__county__in=_within(keepers))))
