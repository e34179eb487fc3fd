"""Where the next service should stand, as far as it is known of Cluj."""

import pytest

from punte.statistics.answers import answers
from punte.statistics.where import Weight, where_next
from punte.territory.models import County

pytestmark = pytest.mark.django_db


def test_known_of_cluj(loaded):
    plan = where_next(County.objects.get(pk="CJ"), answers().kinds["home_care"], km=20, sites=3)
    assert (plan.existing, plan.total, plan.before, plan.after) == (8, 736945, 433302, 693109)
    assert [(site.uat.name, site.gained) for site in plan.sites] == [
        ("Ploscoș", 121642),
        ("Aluniș", 102854),
        ("Râșca", 35311),
    ]
    first = plan.sites[0]
    assert first.people == first.gained == sum(one.uat.population for one in first.reached)
    assert {one.uat.name for one in first.reached} >= {"Turda", "Câmpia Turzii", "Ploscoș"}
    assert all(one.km <= 20 and one.nearest_now.km > 20 for one in first.reached)
    assert plan.before + sum(one.uat.population for one in plan.without) == plan.total
    assert [one.uat.name for one in plan.candidates[:3]] == ["Ploscoș", "Săndulești", "Turda"]
    assert len(plan.left) + sum(len(site.reached) for site in plan.sites) == len(plan.without)


def test_other_weights_on_cluj(loaded):
    county, kind = County.objects.get(pk="CJ"), answers().kinds["home_care"]
    asking = where_next(county, kind, km=20, sites=1, weight=Weight.ASKING)
    lines = where_next(county, kind, km=20, sites=1, weight=Weight.NEEDS)
    assert asking.total < 736945
    assert lines.total == 31
    assert lines.sites[0].gained == sum(one.needs for one in lines.sites[0].reached)
    assert all(one.needs for one in asking.sites[0].reached if one.weight)
