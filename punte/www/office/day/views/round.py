"""The round of a day: one's visits in their order, numbered alike in the list and on the map."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.cases.enums import VisitStatus
from punte.cases.visits import hidden_addresses, visits_of
from punte.www.frame.access import SignedIn, needs
from punte.www.frame.maps.pins import Pin, pin_map
from punte.www.frame.visits import VisitShown, shown
from punte.www.office.day.views.calendar import day_asked, of_calendars


@dataclass(frozen=True)
class Stop:
    """A visit of the round: its number, where it is, and why it is not on the map."""

    number: int
    row: VisitShown
    address: str
    point: tuple[float, float] | None
    missing: str


@require_safe
@needs(Capability.INTERVENE)
def visits_round(request: SignedIn) -> HttpResponse:
    """The visits of a day on the map and beside it."""
    day = day_asked(request)
    stops = _stops(request.user, day)
    return render(
        request,
        "office_day/round.html",
        {
            **of_calendars(request.user, "round"),
            "day": day,
            "before": f"{reverse('visits_round')}?day={(day - dt.timedelta(days=1)).isoformat()}",
            "after": f"{reverse('visits_round')}?day={(day + dt.timedelta(days=1)).isoformat()}",
            "stops": stops,
            **_maps_of([(stop, *stop.point) for stop in stops if stop.point]),
        },
    )


def _stops(user: User, day: dt.date) -> list[Stop]:
    visits = [visit for visit in visits_of(user, day, day) if visit.status != VisitStatus.NOT_HELD]
    hidden = hidden_addresses(user, visits) if visits else frozenset()
    return [
        _stop(number, row, row.visit.pk in hidden) for number, row in enumerate(shown(user, visits), start=1)
    ]


def _stop(number: int, row: VisitShown, hidden: bool) -> Stop:
    home = row.visit.household
    if hidden:
        return Stop(number, row, "", None, _("The address is not shown here: open the record."))
    address = ", ".join(part for part in (home.address, home.locality or str(home.uat)) if part)
    if home.latitude is None or home.longitude is None:
        return Stop(
            number, row, address, None, _("Not on the map: the record of the household has no point.")
        )
    return Stop(number, row, address, (home.latitude, home.longitude), "")


def _maps_of(placed: list[tuple[Stop, float, float]]) -> dict[str, Any]:
    """The map that is drawn here; over streets, where the operator has them, one that moves takes its place."""
    if not placed:
        return {"map": None, "map_data": None}
    pins = [
        Pin(stop.number, stop.row.what, latitude, longitude, href=f"#v{stop.number}")
        for stop, latitude, longitude in placed
    ]
    # Of visits in one town the surroundings are shown too: else nothing on the map would say where it is.
    homes = (stop.row.visit.household.uat for stop, _latitude, _longitude in placed)
    around = {(uat.longitude, uat.latitude) for uat in homes if uat.longitude and uat.latitude}
    return {
        "map": pin_map(pins, around=sorted(around)),
        "map_data": _moving(pins) if settings.TILES_URL else None,
    }


def _moving(pins: list[Pin]) -> dict[str, Any]:
    """What the map that moves reads."""
    return {
        "points": [{"n": pin.number, "name": pin.label, "at": [pin.latitude, pin.longitude]} for pin in pins],
        "seats": [],
        "localities": [],
        "from": None,
        "tiles": settings.TILES_URL,
        "attribution": settings.TILES_ATTRIBUTION,
    }
