"""A commune's sheet from the entry to the county: filled by itself, a mistake caught three times, sent and received."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from punte.accounts.enums import Role
from punte.cases.models import DutyDone
from punte.kernel.errors import DomainError, NotAllowed
from punte.programmes.counting import extracts
from punte.registers.actions import add_entry, correct_entry
from punte.registers.actions.writing import LookAgain
from punte.returns.actions import (
    answer_rule,
    correct_cell,
    fill_sheets,
    freeze_sheet,
    return_sheet,
    send_sheet,
    sign_sheet,
)
from punte.returns.models import Sheet
from punte.returns.official import shown
from punte.returns.periods import before, period_of
from punte.returns.queries import senders
from punte.returns.reading import official_tables
from punte.statistics.actions import make_extract
from tests.database import lasting
from tests.factories import OrganizationFactory, family, worker

TODAY = timezone.localdate()
OVER = before("quarter", period_of("quarter", TODAY))


class Place:
    """A directorate, and a commune with seven children at risk in six families."""

    def __init__(self) -> None:
        self.directorate = OrganizationFactory(kind="county_directorate", name="DGASPC Exemplu")
        self.county = worker(Role.COUNTY_METHODOLOGIST, organization=self.directorate)
        self.house = OrganizationFactory(created_at=timezone.now() - dt.timedelta(days=300))
        self.lead = worker(Role.COORDINATOR, organization=self.house)
        self.planner = worker(Role.PLANNER, organization=self.house)
        self.worker = worker(Role.SOCIAL_WORKER, organization=self.house)
        self.start = OVER.start - dt.timedelta(days=40)
        for number in range(6):
            members = family(*(34, 7, 9) if number == 0 else (34, 36, 5), keeper=self.house)
            for child in members[1 if number == 0 else 2 :]:
                self.at_risk(child)
        _mother, self.left = family(40, 11, keeper=self.house)

    def at_risk(self, child: Any) -> None:
        given = {"kind": "separation", "signs": ["no_home"]}
        add_entry(
            by=self.worker,
            register="separation_risk",
            subject=child,
            start=self.start,
            state="found",
            given=given,
        )

    def away(self, stays_with: str, *, confirmed: bool = False) -> Any:
        given = {"who_left": "carer", "stays_with": stays_with, "delegated": "asked"}
        return add_entry(
            by=self.worker, register="parents_abroad", subject=self.left, start=self.start, state="away", given=given,
            confirmed=confirmed,
        )  # fmt: skip

    def sheet(self, form: str = "spas_quarterly") -> Sheet:
        return Sheet.objects.get(form=form, period=OVER.name)


@pytest.fixture(scope="module")
def made(django_db_setup: Any, django_db_blocker: Any, tmp_path_factory: Any) -> Any:
    yield from lasting(django_db_blocker, Place)


@pytest.fixture
def place(made: Place, db: Any, settings: Any, tmp_path: Any) -> Place:
    settings.VAR = tmp_path
    return made


def _night(minute: int = 0) -> None:
    make_extract(moment=timezone.now() + dt.timedelta(minutes=minute))
    fill_sheets(next(extracts()), today=TODAY)


def test_one_mistake_is_caught_at_entry_at_night_and_at_closing(place: Place, client: Any) -> None:
    with pytest.raises(LookAgain, match="celălalt părinte|other parent"):
        place.away("parent")
    entry = place.away("parent", confirmed=True)
    _night()
    sheet = place.sheet()
    assert sheet.values["children"] == {"total": 7, "single": 2}
    assert sheet.values["families"] == {"total": 6, "single": 1}
    assert (sheet.receiver, sheet.due_on) == (place.directorate, OVER.end.replace(day=15))
    assert sheet.faults == {"away_but_with_parent": {"n": 1, "answered": False}}
    assert place.sheet("parents_abroad").unanswered, "the directorate's own sheet says so too"
    with pytest.raises(DomainError):
        sign_sheet(by=place.lead, sheet=sheet)
    client.force_login(place.lead)
    assert "celălalt părinte" in client.get(reverse("sheet", args=[sheet.pk])).content.decode()
    assert reverse("sheet", args=[sheet.pk]) in client.get(reverse("my_day")).content.decode()

    given = {**entry.values, "stays_with": "grandparents"}
    correct_entry(
        by=place.worker, entry=entry, start=entry.start, given=given, why="Greșit", revision=entry.revision
    )
    _night(1)
    assert place.sheet().faults == {}


def test_a_sheet_is_corrected_signed_sent_received_and_stays(place: Place, client: Any) -> None:
    place.away("parent", confirmed=True)
    _night()
    sheet = answer_rule(
        by=place.lead, sheet=place.sheet(), rule="away_but_with_parent", reason="Stă cu tatăl vitreg"
    )
    with pytest.raises(DomainError):
        correct_cell(by=place.lead, sheet=sheet, row="referred", column="total", value=8, reason="")
    correct_cell(by=place.lead, sheet=sheet, row="referred", column="total", value=8, reason="Pe hârtie")
    assert place.sheet().unanswered == ["referred_within_children"]
    correct_cell(by=place.lead, sheet=sheet, row="referred", column="total", value=2, reason="Pe hârtie")
    _night(1)
    assert place.sheet().values["referred"]["total"] == 2, "what was corrected stays over what is counted"
    with pytest.raises(NotAllowed):
        sign_sheet(by=place.worker, sheet=sheet)
    [line] = senders(place.directorate, "spas_quarterly", OVER.name, OVER.end + dt.timedelta(days=20))
    assert line.late == 6

    sheet = send_sheet(by=place.lead, sheet=sign_sheet(by=place.lead, sheet=sheet))
    assert DutyDone.objects.filter(organization=place.house, rule="quarterly_sheet").exists()
    returned = return_sheet(by=place.county, sheet=sheet, reason="Rândul 6?")
    assert returned.is_open and returned.signed_by is None
    sheet = send_sheet(by=place.lead, sheet=sign_sheet(by=place.lead, sheet=returned))
    client.force_login(place.county)
    page = client.get(reverse("sheets")).content.decode()
    assert reverse("sheet", args=[sheet.pk]) in page
    freeze_sheet(by=place.county, sheet=sheet)
    with pytest.raises(DomainError):
        correct_cell(by=place.lead, sheet=sheet, row="referred", column="total", value=1, reason="Altfel")
    place.at_risk(place.left)
    _night(2)
    assert place.sheet().values["children"]["total"] == 7


def test_small_numbers_of_a_sheet_and_of_a_table_are_held_back(place: Place, client: Any) -> None:
    place.away("grandparents")
    _night()
    client.force_login(place.planner)
    page = client.get(reverse("sheet", args=[place.sheet().pk])).content.decode()
    # Two children of single-parent families are few; seven are not.
    assert page.count("prea puțini pentru a fi arătați") == 2 and ">7<" in page.replace(" ", "").replace(
        "\n", ""
    )
    assert client.get(reverse("sheet", args=[place.sheet().pk]), {"format": "xlsx"}).status_code == 403
    with pytest.raises(DomainError):
        correct_cell(
            by=place.planner, sheet=place.sheet(), row="children", column="total", value=1, reason="x"
        )
    view = shown(official_tables()["parents_abroad"], county="CJ")
    assert (
        view.at("carer", "", view.periods[-1]).held_back and view.at("total", "", view.periods[-1]).held_back
    )


def test_a_published_series_goes_on_after_the_seam_in_every_format(place: Place, client: Any) -> None:
    _night()
    client.force_login(place.planner)
    address = reverse("official_table", args=["child_measures"])
    page = client.get(address).content.decode()
    assert "820" in page and f"{TODAY.year}, până azi" in page and "linia dublă" in page.lower()
    told = client.get(address, {"format": "csv"}).content.decode("utf-8-sig").splitlines()
    assert told[1].startswith("31.12.2016,197,281,320,66,4,868,") and "656" in told[1]
    assert client.get(address, {"format": "xlsx"}).content[:2] == b"PK"
    assert client.get(address, {"format": "pdf"}).content[:5] == b"%PDF-"
    failed = [key for key, one in official_tables().items() if shown(one, county="CJ").failed]
    assert not failed, "every query runs on an extract"


def test_a_county_adds_target_groups_of_its_own(
    place: Place, client: Any, settings: Any, tmp_path: Any
) -> None:
    place.away("grandparents")
    _night()
    groups = shown(official_tables()["target_groups"], county="CJ")
    at_risk, apart = (groups.at(one, "people", groups.periods[0]) for one in ("at_risk", "apart"))
    assert at_risk.number == 7
    assert apart.held_back, "one child is few"
    settings.OWN_CONTENT = tmp_path / "own"
    folder = settings.OWN_CONTENT / "returns" / "tables"
    folder.mkdir(parents=True)
    folder.joinpath("groups_of_ours.yaml").write_text(
        "key: groups_of_ours\ntitle: {ro: Grupurile noastre, en: Our groups}\nsubject: work\n"
        "lines: {of: listed, items: [{key: young, ro: Tineri de 18-25 de ani, en: People of 18-25}]}\n"
        "columns: {of: listed, items: [{key: people, ro: Persoane, en: People}]}\n"
        "source: Hotărârea consiliului\nevidence: seed\n",
        encoding="utf-8",
    )
    folder.joinpath("groups_of_ours.sql").write_text(
        "SELECT 'young' AS line, 'people' AS col, period, keeper, count(DISTINCT person) AS value\n"
        "FROM lives WHERE age BETWEEN 18 AND 25 GROUP BY ALL\n"
    )
    client.force_login(place.planner)
    assert "Grupurile noastre" in client.get(reverse("returns")).content.decode()
    page = client.get(reverse("official_table", args=["groups_of_ours"])).content.decode()
    assert "Tineri de 18-25 de ani" in page
