"""The markers of the map: what each says, in words and by its state."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from punte.statistics.picture import CountyPicture, UatRow
from punte.statistics.where import Plan
from punte.territory.models import Uat
from punte.www.office.needs.views.drawing import PROPOSED, Marker


def marker_of(row: UatRow, picture: CountyPicture) -> Marker:
    """The marker of a UAT in the view of its county."""
    return Marker(row.uat, state(row), _caption(row, picture), reverse("needs_uat", args=[row.uat.pk]))


def state(row: UatRow) -> str:
    """`missing` where something asked for is not near; `here` where there are services; `none` where there are none."""
    if row.missing:
        return "missing"
    return "here" if row.here.services else "none"


def _caption(row: UatRow, picture: CountyPicture) -> str:
    services = ngettext("%(number)s service", "%(number)s services", row.here.services) % {
        "number": row.here.services
    }
    parts = [f"{row.uat.name}: {services}"]
    if picture.kind is None and row.missing:
        missing = len(row.missing)
        parts.append(
            ngettext("%(number)s kind missing", "%(number)s kinds missing", missing) % {"number": missing}
        )
    nearest = row.reach[0].nearest if picture.kind and row.reach else None
    if nearest and not row.here.services:
        parts.append(_("nearest at %(km)s km") % {"km": round(nearest.km)})
    return ", ".join(parts)


def markers_of_plan(plan: Plan) -> Iterator[Marker]:
    """The markers of an answer: places proposed, UATs that they reach, those left without, and those served today."""
    proposed = {site.uat.pk: site for site in plan.sites}
    reached = {one.uat.pk: (site, one) for site in plan.sites for one in site.reached}
    left = {one.uat.pk for one in plan.left}
    for uat in Uat.objects.filter(county=plan.county):
        href = reverse("needs_uat", args=[uat.pk])
        if uat.pk in proposed:
            caption = _("%(place)s: proposed, rank %(rank)s") % {
                "place": uat.name,
                "rank": proposed[uat.pk].rank,
            }
            yield Marker(uat, PROPOSED, caption, href, proposed[uat.pk].rank)
        elif uat.pk in reached:
            site, one = reached[uat.pk]
            caption = _("%(uat)s: newly reached from %(place)s, %(km)s km") % {
                "uat": uat.name,
                "place": site.uat.name,
                "km": round(one.km),
            }
            yield Marker(uat, "near", caption, href)
        elif uat.pk in left:
            yield Marker(uat, "missing", _("%(uat)s: still without") % {"uat": uat.name}, href)
        else:
            yield Marker(uat, "here", _("%(uat)s: has one near today") % {"uat": uat.name}, href)
