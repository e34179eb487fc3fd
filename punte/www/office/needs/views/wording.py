"""What the signs of the map say, in words and in states."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from punte.statistics.picture import CountyPicture, UatRow
from punte.statistics.where import Plan
from punte.territory.models import Uat
from punte.www.office.needs.views.drawing import PROPOSED, Marked


def marked(row: UatRow, picture: CountyPicture) -> Marked:
    """The sign of a UAT in the view of its county."""
    return Marked(row.uat, state(row), _told(row, picture), reverse("needs_uat", args=[row.uat.pk]))


def state(row: UatRow) -> str:
    """`missing` where something asked for is not near; `here` where there are services; `none` where there are none."""
    if row.missing:
        return "missing"
    return "here" if row.here.services else "none"


def _told(row: UatRow, picture: CountyPicture) -> str:
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


def of_plan(plan: Plan) -> Iterator[Marked]:
    """The signs of an answer: places proposed, UATs that they reach, those left without, and those served today."""
    proposed = {site.uat.pk: site for site in plan.sites}
    reached = {one.uat.pk: (site, one) for site in plan.sites for one in site.reached}
    left = {one.uat.pk for one in plan.left}
    for uat in Uat.objects.filter(county=plan.county):
        href = reverse("needs_uat", args=[uat.pk])
        if uat.pk in proposed:
            told = _("%(place)s: proposed, rank %(rank)s") % {
                "place": uat.name,
                "rank": proposed[uat.pk].rank,
            }
            yield Marked(uat, PROPOSED, told, href, proposed[uat.pk].rank)
        elif uat.pk in reached:
            site, one = reached[uat.pk]
            told = _("%(uat)s: newly reached from %(place)s, %(km)s km") % {
                "uat": uat.name,
                "place": site.uat.name,
                "km": round(one.km),
            }
            yield Marked(uat, "near", told, href)
        elif uat.pk in left:
            yield Marked(uat, "missing", _("%(uat)s: still without") % {"uat": uat.name}, href)
        else:
            yield Marked(uat, "here", _("%(uat)s: has one near today") % {"uat": uat.name}, href)


def no_answer() -> str:
    """That the solver did not finish."""
    return _("The answer took too long to work out. Ask for fewer places or for a smaller distance.")
