"""The markers of the map of an answer: what each says, in words and by its state."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from punte.statistics.where import Plan
from punte.territory.models import Uat
from punte.www.office.needs.views.drawing import PROPOSED, Marker


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
