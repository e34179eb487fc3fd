"""A report: the project's after document 000 with its figures and claims, one writer at a time, versions that stay."""

import datetime as dt
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from docx import Document

from punte.accounts.enums import Role
from punte.annual_plans.content import PlanContent, ServiceLine
from punte.annual_plans.editing import StaleRow
from punte.cases.actions import open_case
from punte.gatherings.models import Body, Meeting, Presence, Series
from punte.kernel.errors import DomainError, NotAllowed
from punte.people.models import Consent, PersonSeal
from punte.programmes.actions import write_figure
from punte.registers.actions import add_entry
from punte.reports.actions import add_photograph, begin_report, issue_report, remove_photograph, write_part
from punte.reports.composing import Composed
from punte.reports.files import draft_file, version_file
from punte.reports.keeps import KEEPS
from punte.reports.models import Photograph, Report, ReportVersion
from punte.reports.photographs import follow_erasing, placed_in, take_off
from punte.reports.reading import report_kinds
from punte.reports.realised import realised
from tests.factories import (
    ConsentFactory,
    HouseholdFactory,
    MembershipFactory,
    OrganizationFactory,
    PersonFactory,
    ServiceFactory,
)
from tests.factories import worker as worker_as
from tests.programmes.scene import loaded
from tests.samples import photograph

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return OrganizationFactory()


@pytest.fixture
def planner(house):
    return worker_as(Role.PLANNER, organization=house)


@pytest.fixture
def passus(house, planner, settings, tmp_path):
    settings.VAR = tmp_path
    programme = loaded("passus", house)
    return begin_report(
        by=planner,
        kind="project_report",
        organization=house,
        start=programme.start,
        end=programme.end,
        programme=programme,
    )


def opened(report, user):
    return Composed.of(Report.objects.get(pk=report.pk), report_kinds()[report.kind], user)


def words(content: bytes) -> str:
    document = Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([one.text for one in document.paragraphs] + cells)


def test_the_project_report_has_22_indicators_each_traced_and_points_out_four_claims(passus, planner) -> None:
    composed = opened(passus, planner)
    place = {one.key: one for one in composed.places}
    [table] = place["indicators"].told
    assert len(table.rows) == 22
    assert {column.title for column in table.columns} >= {
        "Țintă",
        "Realizat",
        "Procent",
        "De unde este cifra",
    }
    by_code = {row[0]: row for row in table.rows}
    assert by_code["II.1.1"][2:5] == ["≥ 45", "49", "109%"]
    told = [row for row in table.rows if row[3] != "–"]
    assert told and all("rândul" in row[5] or "extras" in row[5] for row in told)
    [claims] = place["claims"].told
    assert len(claims.rows) == len(composed.against) == 4
    assert {one.claim.node for one in place["work:I.2"].against} == {"I.2"}
    assert sum(one.writes and one.node is not None for one in composed.places) == 14


def test_figures_are_put_in_by_name_and_kept_in_step_and_an_issued_version_stays(passus, planner) -> None:
    with pytest.raises(DomainError, match="nothing_such"):
        write_part(by=planner, report=passus, part="work:II.1", text="{nothing_such}", revision=0)
    with pytest.raises(DomainError):
        write_part(by=planner, report=passus, part="work:II", text="Componenta", revision=0)
    write_part(
        by=planner, report=passus, part="work:II.1", text="Au venit {realizat_ii_1_1} copii.", revision=0
    )
    with pytest.raises(DomainError, match="4"):
        issue_report(by=planner, report=passus)
    version = issue_report(by=planner, report=passus, confirmed=True)
    file = version_file(version, "docx")
    assert "Au venit 49 copii." in words(file) and "Emis la" in words(file)
    assert version_file(version, "pdf").startswith(b"%PDF")
    write_figure(
        by=planner,
        programme=passus.programme,
        indicator="II.1.1",
        value=Decimal(51),
        start=passus.start,
        end=passus.end,
        said="numărat din nou",
    )
    assert "Au venit 51 copii." in words(draft_file(opened(passus, planner), "docx", timezone.now()))
    assert version_file(ReportVersion.objects.get(), "docx") == file
    written = {
        "by": planner,
        "programme": passus.programme,
        "start": passus.start,
        "end": passus.end,
        "said": "x",
    }
    write_figure(**written, indicator="III.1.1", value=Decimal(2))
    assert opened(passus, planner).figures["realizat_iii_1_1"] == "–"
    with pytest.raises(DatabaseError), transaction.atomic():
        ReportVersion.objects.update(number=9)


def test_of_two_who_write_one_part_the_later_sees_both_texts(passus, planner, house) -> None:
    other = worker_as(Role.PLANNER, organization=house)
    write_part(by=planner, report=passus, part="summary", text="Unu", revision=0)
    with pytest.raises(StaleRow) as stale:
        write_part(by=other, report=passus, part="summary", text="Doi", revision=0)
    assert stale.value.theirs == {"text": "Unu"} and stale.value.revision == 1
    browser = Client()
    browser.force_login(other)
    address = reverse("report_part", args=[passus.pk, "summary"])
    page = browser.post(address, {"text": "Doi", "revision": 0})
    assert page.status_code == 409
    assert "Unu" in page.content.decode() and 'name="revision" value="1"' in page.content.decode()
    assert browser.post(address, {"text": "Doi", "revision": 1}).status_code == 302
    assert opened(passus, planner).drafts["summary"].text == "Doi"


def test_who_works_elsewhere_learns_nothing_of_a_report(passus) -> None:
    stranger = worker_as(Role.PLANNER, organization=OrganizationFactory())
    assert not Report.objects.visible_to(stranger).exists()
    with pytest.raises(NotAllowed):
        write_part(by=stranger, report=passus, part="summary", text="x", revision=0)
    browser = Client()
    browser.force_login(stranger)
    assert browser.get(reverse("report", args=[passus.pk])).status_code == 404


def test_every_kind_of_an_institution_is_begun_and_printed_without_an_extract(
    house, planner, settings, tmp_path
) -> None:
    settings.VAR = tmp_path
    browser = Client()
    browser.force_login(planner)
    days = {"start": "2026-01-01", "end": "2026-12-31"}
    for kind in ("town_year", "separation_plan", "directorate_quarter"):
        begun = browser.post(reverse("report_new", args=[kind]), {**days, "organization": house.pk})
        assert begun.status_code == 302, kind
        assert browser.get(begun["Location"]).status_code == 200
    for report in Report.objects.all():
        issued = opened(report, planner).paper(issued="Emis")
        assert all(part.blocks for part in issued.parts), "no page stays empty for a part that nobody wrote"
    made = Report.objects.get(kind="town_year")
    draft = browser.get(reverse("report_draft_file", args=[made.pk, "docx"]))
    assert "Ciornă" in words(b"".join(draft.streaming_content) if draft.streaming else draft.content)


def test_realised_stands_beside_planned_and_places_are_foreseen_from_what_was_occupied(
    house, planner
) -> None:
    service = ServiceFactory(provider=house)
    given = {
        "service": service,
        "year": 2025,
        "served": 12,
        "capacity": 10,
        "occupied": Decimal("8.4"),
        "waiting": 3,
        "local": Decimal(90_000),
        "contributions": Decimal(9_500),
    }
    add_entry(
        by=planner,
        register="service_year",
        subject=house,
        start=dt.date(2025, 12, 31),
        given=given,
        state="told",
    )
    line = ServiceLine(name="Cantina", service=str(service.pk), local=Decimal(100_000), capacity=10)
    plan = PlanContent("Primăria", str(house.pk), 2025, "Plan", None, None, {"existing": (line,)})
    [found] = realised(plan, house.pk)
    assert (found.year.spent, found.percent, found.year.served) == (99_500, 99, 12)
    assert (found.year.foreseen, found.cost) == (12, Decimal("8291.67"))


@pytest.fixture
def lead(house):
    return worker_as(Role.COORDINATOR, organization=house)


def agreed(house, **said):
    return ConsentFactory(person=PersonFactory(keeper=house), purpose="photographs", **said)


def put(by, report, **said):
    given = {
        "part": "summary",
        "name": "poza.jpg",
        "content": photograph(size=(1800, 900)),
        "caption": "La tabără",
    }
    return add_photograph(by=by, report=report, **given | said)


def pictures(file: bytes) -> int:
    return len(Document(BytesIO(file)).inline_shapes)


def test_a_photograph_stands_only_while_everybody_in_it_agrees(passus, lead, planner, house) -> None:
    one, other = agreed(house), agreed(house)
    for wrong in (
        {},
        {"nobody": True, "consents": [one]},
        {"consents": [ConsentFactory(person=one.person)]},
        {"consents": [agreed(house, start=dt.date(2020, 1, 1), end=dt.date(2021, 1, 1))]},
        {"consents": [one], "content": b"GIF89a"},
    ):
        with pytest.raises(DomainError):
            put(lead, passus, **wrong)
    with pytest.raises(DomainError):
        put(planner, passus, consents=[one])
    put(planner, passus, nobody=True)
    made = put(lead, passus, consents=[one, other])
    assert (made.width, made.height, made.people) == (1600, 800, 2)
    version = issue_report(by=lead, report=passus, confirmed=True)
    assert [
        pictures(version_file(version, "docx")),
        pictures(draft_file(opened(passus, planner), "docx", timezone.now())),
    ] == [2, 2]
    assert version_file(version, "pdf").startswith(b"%PDF")
    browser = Client()
    browser.force_login(planner)
    address = reverse("photograph", args=[passus.pk, made.pk])
    assert browser.get(address)["Content-Type"] == "image/jpeg"
    Consent.objects.filter(pk=other.pk).update(withdrawn_on=timezone.localdate())
    assert browser.get(address).status_code == 404

    def told(user):
        return [one.stands for one in opened(passus, user).places[0].photographs]

    assert told(planner) == [True] and told(lead) == [True, False], (
        "who put it there alone learns that it went"
    )
    assert browser.post(reverse("photograph_remove", args=[passus.pk, made.pk])).status_code == 404
    file = version_file(version, "docx")
    assert pictures(file) == 1 and "[Fotografie scoasă.]" in words(file) and "acord" not in words(file)
    remove_photograph(by=lead, photograph=made)
    assert told(lead) == [True]


def test_a_photograph_goes_with_a_seal_and_with_who_is_erased(passus, lead, house) -> None:
    one = agreed(house)
    made = put(lead, passus, consents=[one])
    assert placed_in(passus, lead)[0].stands
    PersonSeal.objects.create(person=one.person, by=lead, start=timezone.localdate(), reason="x")
    assert not placed_in(passus, lead)[0].stands
    PersonSeal.objects.update(end=timezone.localdate(), start=dt.date(2020, 1, 1))
    assert placed_in(passus, lead)[0].stands
    home = HouseholdFactory(keeper=house)
    case = open_case(by=lead, household=home, regime="standard", reason="Un motiv spus pe larg.")
    other = put(
        lead,
        passus,
        consents=[ConsentFactory(person=None, household=home, purpose="photographs")],
        part="lessons",
    )
    assert [told["Raportul"] for told in KEEPS[0].told_to(lead, one.person, ())] == ["PASSUS"]
    follow_erasing(cases=[case.pk])
    assert set(Photograph.objects.all()) == {made} and other.people == 1
    Consent.objects.filter(pk=one.pk).delete()
    assert not placed_in(passus, lead)[0].stands and made.people == 1


def test_at_night_the_file_goes_of_what_may_be_shown_no_more(
    passus, lead, house, django_capture_on_commit_callbacks
) -> None:
    """An expired consent keeps what left in a version; a seal, a withdrawal and an erased household keep nothing."""
    home = HouseholdFactory(keeper=house)
    case = open_case(by=lead, household=home, regime="standard", reason="Un motiv spus pe larg.")
    in_version, sealed, withdrawn, lived = (agreed(house) for _ in range(4))
    MembershipFactory(household=home, person=lived.person)
    first = put(lead, passus, consents=[in_version])
    issue_report(by=lead, report=passus, confirmed=True)
    expired, gone = agreed(house), {}
    for name, one in {"sealed": sealed, "withdrawn": withdrawn, "lived": lived, "expired": expired}.items():
        gone[name] = put(lead, passus, consents=[one], part="lessons")
    nobody = put(lead, passus, nobody=True)
    with django_capture_on_commit_callbacks(execute=True):
        follow_erasing(cases=[case.pk])
    assert not Photograph.objects.filter(pk=gone["lived"].pk).exists()
    assert not default_storage.exists(gone["lived"].path)
    today = timezone.localdate()
    Consent.objects.filter(pk__in=[in_version.pk, expired.pk]).update(start=dt.date(2020, 1, 1), end=today)
    Consent.objects.filter(pk=withdrawn.pk).update(withdrawn_on=today)
    seal = PersonSeal.objects.create(person=sealed.person, by=lead, start=dt.date(2020, 1, 1), reason="x")
    with django_capture_on_commit_callbacks(execute=True):
        assert [take_off(today), take_off(today)] == [3, 0]
    assert [default_storage.exists(one.path) for one in (first, nobody)] == [True, True]
    assert not any(default_storage.exists(one.path) for one in gone.values())
    PersonSeal.objects.filter(pk=seal.pk).update(end=today)
    kept = Photograph.objects.get(pk=gone["sealed"].pk)
    assert (kept.caption, kept.path, kept.consents.count()) == ("", "", 0), (
        "it does not come back with the seal"
    )
    assert [one.stands for one in placed_in(passus, lead)] == [False, False, False, False, True]
    browser = Client()
    browser.force_login(lead)
    assert "Am citit" in browser.get(reverse("report", args=[passus.pk])).content.decode()


def test_annexes_tell_how_many_came_and_what_was_decided_without_names(passus, lead, planner, house) -> None:
    common = {"keeper": house, "day": passus.start, "state": "held", "called_by": lead}
    group = Series.objects.create(keeper=house, kind="support", title="Grupul mamelor", start=passus.start)
    Meeting.objects.create(kind="group", series=group, counted=12, **common)
    Meeting.objects.create(kind="group", series=group, counted=2, **common)
    council = Body.objects.create(keeper=house, kind="council", title="Consiliul", start=passus.start)
    sitting = Meeting.objects.create(kind="session", body=council, counted=3, **common)
    for state in ("present", "absent"):
        Presence.objects.create(
            meeting=sitting,
            state=state,
            noted_by=lead,
            noted_at=timezone.now(),
            person=PersonFactory(keeper=house),
        )
    sitting.decisions.create(words="Se face o listă.", by=lead)
    place = {one.key: one for one in opened(passus, planner).places}
    assert sorted(row[2] for row in place["attendance"].told[1].rows) == ["12", "prea puțini"]
    [row] = place["minutes"].told[0].rows
    assert row[1:4] == ["Consiliul", "4", "1"]
    browser = Client()
    browser.force_login(planner)
    assert reverse("groups") in browser.get(reverse("report", args=[passus.pk])).content.decode()


def test_positions_and_services_of_the_year_stand_in_the_report_of_the_town(
    house, planner, settings, tmp_path
) -> None:
    settings.VAR = tmp_path
    days = {"start": dt.date(2026, 1, 1), "end": dt.date(2026, 12, 31)}
    given = {"post": "nurse", "posts": Decimal("1.5"), "filled": Decimal(1), "paid_by": "project"}
    given |= {"until": dt.date(2026, 9, 30), "yearly": Decimal(90_000)}
    add_entry(
        by=planner, register="staff_position", subject=house, start=days["start"], given=given, state="funded"
    )
    report = begin_report(by=planner, kind="town_year", organization=house, **days)
    [posts, each] = {one.key: one for one in opened(report, planner).places}["staff"].told
    assert [row[1] for row in posts.rows] == ["1,5", "1", "0"]
    assert each.rows[0][1:7] == [
        "asistent medical comunitar",
        "1,5",
        "1",
        "proiect cu finanțare nerambursabilă",
        "90.000 lei",
        "30.09.2026",
    ]
