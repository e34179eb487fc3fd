"""The county, UAT by UAT: who is late, what is missing, what was settled since three months ago."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from punte.programmes.actions import report_action
from punte.returns.models import Sheet
from tests.programmes.scene import Place, loaded

pytestmark = pytest.mark.django_db
_DAY = dt.timedelta(days=1)


def board(user, **asked):
    browser = Client()
    browser.force_login(user)
    return browser.get(reverse("county_board"), asked)


def test_what_a_uat_owes_is_told_to_its_directorate_and_what_it_settled() -> None:
    place = Place()
    today = timezone.localdate()
    strategy = loaded("strategie_cluj", place.directorate)
    strategy.county = place.house.uat.county
    strategy.save()
    node = next(one for one in strategy.tree.work if one.of_uats and strategy.tree.term(one).kind != "months")
    quarter = {"start": today - 200 * _DAY, "end": today - 110 * _DAY, "receiver": place.directorate}
    for form, due in (("spas_quarterly", 40), ("violence", 100)):
        Sheet.objects.create(
            form=form, organization=place.house, period="2020-T1", due_on=today - due * _DAY, **quarter
        )
    owed = sum(one.of_uats for one in strategy.tree.work)

    [mine] = [one for one in board(place.county).context["rows"] if one.uat == place.house.uat]
    assert (mine.works_here, mine.late, mine.days, mine.settled) == (True, 2, 100, -1)
    assert 0 < mine.missing <= owed and mine.before == mine.missing + 1

    Sheet.objects.update(state="sent", signed_at=timezone.now(), sent_at=timezone.now())
    report_action(
        by=place.planner, programme=strategy, node=node.code, organization=place.house, state="under_way",
        narrative="x",
    )  # fmt: skip
    page = board(place.county, arata="mai-bine")
    [now] = [one for one in page.context["rows"] if one.uat == place.house.uat]
    assert (now.late, now.missing, now.settled) == (0, mine.missing - 1, 2)
    assert page.context["shading"].worst[0].told.uat == place.house.uat
    assert "spreadsheet" in board(place.county, format="xlsx")["Content-Type"]
    assert board(place.planner, arata="intarzie").context["sums"]["late"] == 0
    assert not board(place.planner).context["receives"]
