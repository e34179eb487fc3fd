"""What tables, sheets and rules ask of an extract, and what they read beside it."""

import datetime as dt
import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from punte.organizations.enums import OrganizationKind
from punte.people.models import Household
from punte.programmes.counting import Given
from punte.returns.definition import OfficialTable, SheetForm
from punte.returns.enums import SheetState
from punte.returns.faults import query_of, rules_of
from punte.returns.models import Sheet
from punte.returns.periods import Period, Step, before, last_periods, period_of
from punte.returns.reading import house, official_tables, sheet_forms, views
from punte.statistics.questions import Round
from punte.territory.models import County, Uat

OF_COUNTY = OrganizationKind.COUNTY_DIRECTORATE
_MOST: dict[Step, int] = {"year": 8, "quarter": 8, "month": 12}
_PERIOD = {"period": "VARCHAR", "first": "VARCHAR", "last": "VARCHAR", "year": "INTEGER"}
_RECEIVED = {"form": "VARCHAR", "period": "VARCHAR", "county": "VARCHAR", "line": "VARCHAR", "col": "VARCHAR"}


def periods_of(table: OfficialTable, folder: Path, since: int) -> list[Period]:
    """The periods of which an extract continues a table."""
    day = _day_of(folder)
    found = last_periods(table.step, day, since=since, most=_MOST[table.step] if table.in_time else 1)
    return [one for one in found if one.name not in table.periods]


def given_to_table(table: OfficialTable, folder: Path, county: str, since: int) -> dict[str, Given]:
    """What the query of a table reads beside an extract."""
    return {
        "asked": Given(_PERIOD, [one.as_row for one in periods_of(table, folder, since)]),
        "place": Given({"county": "VARCHAR"}, [(county,)]),
        "assumed": Given(
            {"key": "VARCHAR", "amount": "DOUBLE"}, [(one.key, float(one.value)) for one in table.assumptions]
        ),
    }  # fmt: skip


def given_to_sheets(periods: Iterable[Period], counties: Collection[str]) -> dict[str, Given]:
    """What the rows and the rules of sheets read beside an extract.

    Args:
        counties: those whose UATs are counted.
    """
    return {
        "asked": Given(_PERIOD, [one.as_row for one in periods]),
        "place": Given(
            {"county": "VARCHAR"}, [(code,) for code in County.objects.values_list("code", flat=True)]
        ),
        "uats": Given(
            {"uat": "INTEGER", "county": "VARCHAR", "kind": "VARCHAR"},
            list(Uat.objects.filter(county__in=counties).order_by().values_list("siruta", "county", "kind")),
        ),
        "received": Given(_RECEIVED | {"amount": "BIGINT"}, list(_received())),
    }


def quarters_of(day: dt.date) -> Sequence[Period]:
    """The quarters of which sheets are filled in on a day: the one that is over, and the one under way."""
    this = period_of("quarter", day)
    return before("quarter", this), this


def of_record(form: SheetForm) -> dict[str, str]:
    """By the rules of a form that are about entries, the queries that count what each finds wrong."""
    return {
        rule.key: query_of(rule, of_county=form.by == OF_COUNTY)
        for rule in rules_of(form)
        if rule.of_register
    }


def questions(folder: Path) -> Iterator[Round]:
    """All that this room asks of an extract: its tables for each county where files are kept, its sheets, its rules."""
    homes = Household.objects.order_by().values_list("uat__county", flat=True).distinct()
    counties = sorted({house().county, *homes})
    for county in counties:
        yield from _of_tables(folder, county)
    queries: dict[str, str] = {}
    for form in sheet_forms().values():
        rows = [row for part in form.parts for row in part.rows if row.query]
        queries |= {f"returns/sheets/{form.key}/{row.sql}": row.query for row in rows}
        queries |= {f"returns/rules/{key}/{form.key}": text for key, text in of_record(form).items()}
    yield Round(queries, given_to_sheets(quarters_of(_day_of(folder)), counties), views())


def _of_tables(folder: Path, county: str) -> Iterator[Round]:
    """Those that read the same together: what they share is reckoned once."""
    alike: list[tuple[dict[str, Given], dict[str, str]]] = []
    for table in official_tables().values():
        if not table.sql:
            continue
        given = given_to_table(table, folder, county, house().record_since)
        queries = next((one for same, one in alike if same == given), None)
        if queries is None:
            queries = {}
            alike.append((given, queries))
        queries[f"returns/tables/{table.key}/{county}"] = table.sql
    return (Round(queries, given, views()) for given, queries in alike)


def _day_of(folder: Path) -> dt.date:
    moment = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["moment"]
    return dt.datetime.fromisoformat(moment).date()


def _received() -> Iterator[tuple[Any, ...]]:
    """What the institutions of a county sent to its directorate, cell by cell."""
    sent = Sheet.objects.filter(state__in=(SheetState.SENT, SheetState.FROZEN), receiver__isnull=False)
    for sheet in sent.select_related("organization__uat"):
        for row, columns in sheet.values.items():
            for column, value in columns.items():
                uat = sheet.organization.uat
                if value is not None and uat is not None:
                    yield sheet.form, sheet.period, uat.county_id, row, column, value
