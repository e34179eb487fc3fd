"""What programmes add to the small world: a strategy of the house, a report, somebody who takes part, a need."""

import datetime as dt
from typing import Any

from punte.annual_plans.papers.content import PlanPaper
from punte.programmes.actions import begin_participation, load_programme, report_action
from punte.programmes.models import NeedsRound, UatNeed
from punte.programmes.reading import programme_folders, read_programme
from punte.reports.actions import add_photograph
from punte.reports.composing import frozen
from punte.reports.models import Report, ReportVersion
from tests.samples import photograph as taken


def programmes_of(house: Any, home: Any, *, by: Any, planner: Any) -> dict[str, Any]:
    """The strategy belongs to the house; its county is that of everybody."""
    definition = read_programme(programme_folders()["strategie_cluj"])
    programme, _changed = load_programme(definition, organization=house)
    report = report_action(
        by=planner,
        programme=programme,
        node="D1-2.1.1",
        organization=house,
        state="under_way",
        narrative="O campanie",
    )
    taking_part = begin_participation(by=by, programme=programme, household=home, start=dt.date(2025, 3, 1))
    asked = NeedsRound.objects.create(
        county=house.uat.county, organization=house, year=2027, until=dt.date(2099, 1, 1), by=planner
    )
    need = UatNeed.objects.create(
        round=asked, uat=house.uat, organization=house, kind="home_care", why="Bătrâni singuri", by=planner
    )
    written = Report.objects.create(
        kind="town_year", organization=house, start=dt.date(2026, 1, 1), end=dt.date(2026, 12, 31)
    )
    ReportVersion.objects.create(
        report=written,
        number=1,
        content=frozen(PlanPaper("Raport", house.name, "Emis", "", [])),
        kind_version="2026.1",
        issued_on=dt.date(2026, 12, 31),
        by=planner,
    )
    photograph = add_photograph(
        by=planner,
        report=written,
        part="summary",
        name="poza.jpg",
        content=taken(),
        caption="Curtea centrului",
        nobody=True,
    )
    return {
        "report": written,
        "photograph": photograph,
        "programme": programme,
        "node_report": report,
        "participation": taking_part,
        "needs_round": asked,
        "uat_need": need,
    }
