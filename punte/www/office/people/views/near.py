"""Where organisations may have households: in their counties; one without a county, in the whole country."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from punte.kernel.prepared import Prepared
from punte.organizations.models import Organization
from punte.territory.models import Community, Uat


def uats_near(keepers: Collection[UUID]) -> list[Uat]:
    """The UATs of these counties."""
    return _uats(keepers=keepers) if _have_counties(keepers) else list(Uat.objects.all())


def communities_near(keepers: Collection[UUID]) -> list[Community]:
    """Their marginalised communities, by UAT and name."""
    if _have_counties(keepers):
        return _communities(keepers=keepers)
    return list(Community.objects.select_related("uat").order_by("uat__name", "name"))


def _have_counties(keepers: Collection[UUID]) -> bool:
    return bool(keepers) and all(county for (county,) in _counties(keepers=keepers))


def _within(keepers: Collection[UUID]) -> Any:
    return Organization.objects.filter(pk__in=keepers).order_by().values("uat__county")


_counties = Prepared(lambda keepers: _within(keepers).values_list("uat__county"))
_uats = Prepared(lambda keepers: Uat.objects.filter(county__in=_within(keepers)))
_communities = Prepared(
    lambda keepers: (
        Community.objects.filter(uat__county__in=_within(keepers))
        .select_related("uat")
        .order_by("uat__name", "name")
    )
)
