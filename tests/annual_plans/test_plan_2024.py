"""The plan for 2024 beside its document: every row, code, capacity, occupancy and amount is there, in each file."""

import io
import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pikepdf
import pytest
from docx import Document
from openpyxl import load_workbook

from punte.annual_plans.checks.naming import rows_of
from punte.annual_plans.papers.content import plan_paper
from punte.annual_plans.papers.export import export_version
from tests.annual_plans import printed
from tests.annual_plans.conftest import Plan2024
from tests.annual_plans.printed import plain
from tests.documents.text import pdf_text

# The plan is read once for the session; the mark is what makes a test database for it.
pytestmark = pytest.mark.django_db

LINES = {  # kind: lines of the document on which the check must find it
    "code_missing": {"45", "46", "47", "48"},
    "code_misspelt": {"58", "102", "130", "217", "218", "271", "298", "299", "321", "351"},
    "cell_shifted": {"248"},
    "amounts_shifted": {"315"},
    "capacity_zero": {"143", "144"},
    "capacity_missing": {"133"},
    "capacity_unclear": {"126"},
    "capacity_differs": {"116", "119", "120"},
    "capacity_far_off": {"97"},
    "capacity_unit_unclear": {"105"},
    "cost_per_place": {"87", "90", "98", "141", "166"},
    "own_below_subsidy": {"42"},
    "occupancy_missing": {"89", "102", "151", "154", "163", "164", "165", "166"},
    "code_over_line": {"281", "299", "310", "312", "320", "321", "324", "345", "347", "352", "353"},
    "contributions_alone": {"88"},
    "draft_mark": {"107"},
    "proposal_incomplete": {"174", "175", "176"},
    "word_twice": {"223", "279"},
    "stray_number": {"233"},
    "quotes_open": {"90"},
    "quotes_mixed": {"397"},
    "foreign_letters": {"22"},
    "other_year": {"22"},
    "period_over": {"16"},
    "campaign_count": {"419"},
    "campaign_period": {"378"},
    "campaign_repeated": {"391", "393"},
    "training_incomplete": {"445"},
    "left_blank": {"472"},
}
FOLDED = {  # kind: lines of the document on which it is told under another remark
    "code_over_line": {"54", "58", "77", "97", "100", "104", "140", "164", "165", "166"},
    "stray_punctuation": {"22", "82", "83", "122", "163", "199", "254"},
}
WHOLE = {
    "subsidy_total", "programme_over_total", "cpv_missing", "no_budget", "not_consulted", "code_without_provider",
    "code_outside_list", "not_in_plan", "read_otherwise", "stray_punctuation",
}  # fmt: skip


@pytest.fixture(scope="module")
def sheets(plan_2024: Plan2024) -> dict[str, list[tuple[Any, ...]]]:
    book = load_workbook(io.BytesIO(export_version(plan_2024.version, "xlsx")))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


@pytest.fixture(scope="module")
def pdf(plan_2024: Plan2024) -> bytes:
    return export_version(plan_2024.version, "pdf")


def test_it_comes_in_once_and_frozen_as_it_stands(plan_2024: Plan2024) -> None:
    assert plan_2024.again == 0
    assert plan_2024.content == plan_2024.rows
    assert (plan_2024.version.number, plan_2024.version.plan.status) == (1, "approved")


def test_every_service_has_its_place_in_the_directory(plan_2024: Plan2024) -> None:
    assert [line.name for line in plan_2024.content.services if not line.service] == []


def test_existing_services_are_those_of_the_document(plan_2024: Plan2024) -> None:
    ours = [
        (
            plain(line.provider),
            plain(f"{line.name}{line.code_printed}{line.remark}"),
            line.capacity_printed,
            "" if line.occupancy is None else f"{line.occupancy.normalize():f}%",
            [None if amount is None else amount / 1000 for amount in line.budgets.values()],
        )
        for line in plan_2024.content.services
    ]
    theirs = [
        (plain(provider), plain(name), capacity, occupancy, amounts)
        for provider, name, capacity, occupancy, amounts in printed.services()
    ]
    assert ours == theirs


def test_codes_amounts_and_campaigns_are_those_of_the_document(plan_2024: Plan2024) -> None:
    content = plan_2024.content
    assert [(line.number, plain(line.name), line.code_printed) for line in content.eligible] == [
        (number, plain(name), code) for number, name, code in printed.eligible()
    ]
    amounts = [
        (
            str(line.number or ""),
            line.code_printed,
            f"{line.amount:,.0f}".replace(",", ".") if line.amount else "",
        )
        for line in content.subsidies
    ]
    *rows, (_name, _code, total) = printed.subsidies()
    assert amounts == rows
    assert total == "10.000.000 LEI"
    assert content.subsidy_budget == Decimal(10_000_000)
    ours = [
        (one.number, Counter(plain(one.name + one.objectives + one.period + one.responsible)))
        for one in content.campaigns
    ]
    theirs = [(number, Counter(plain(words))) for number, words in printed.campaigns()]
    # At the ends of two pages the document prints the last words of a cell in the next row.
    assert [number for number, _words in ours] == [number for number, _words in theirs]
    assert sum((words for _number, words in ours), Counter()) == sum(
        (words for _number, words in theirs), Counter()
    )


def test_the_workbook_holds_the_same_as_numbers(plan_2024: Plan2024, sheets: dict[str, Any]) -> None:
    _head, *rows = sheets["I.A"]
    services = [
        (row[1], row[2], row[3] or "", row[5] or "", row[6], row[7], row[9], list(row[10:15]))
        for row in rows[: len(plan_2024.content.services)]
    ]
    assert services == [
        (
            line.provider,
            line.name,
            line.code_printed,
            line.remark,
            line.capacity_printed or "-",
            line.capacity,
            None if line.occupancy is None else pytest.approx(float(line.occupancy) / 100),
            [
                None if amount is None else pytest.approx(float(amount) / 1000)
                for amount in line.budgets.values()
            ],
        )
        for line in plan_2024.content.services
    ]
    assert [row[0] for row in rows[120:]] == ["Total (mii lei)", "Total (lei)"]
    assert rows[120][10] == "=SUM(K2:K121)"
    assert rows[121][10] == "=SUM(K2:K121)*1000"
    _head, *rows = sheets["I.D.3"]
    assert [(row[0], row[2], row[4]) for row in rows[:74]] == [
        (line.number, line.code_printed or None, None if line.amount is None else float(line.amount))
        for line in plan_2024.content.subsidies
    ]
    assert rows[-1][4] == 10_000_000
    assert len(sheets["I.D.1"]) == 74
    assert len(sheets["II.4"]) == 23
    assert len(sheets["Consultare"]) == 27


def test_the_paper_in_word_holds_every_row(plan_2024: Plan2024) -> None:
    document = Document(io.BytesIO(export_version(plan_2024.version, "docx")))
    paper = plan_paper(plan_2024.content, version=plan_2024.version)
    blocks = [block for part in paper.parts for block in part.blocks]
    wanted = [block for block in blocks if block.kind == "table"]
    assert len(document.tables) == len(wanted)
    for table, block in zip(document.tables, wanted, strict=True):
        rows = [[cell.text for cell in row.cells] for row in table.rows]
        first = len(rows) - len(block.rows) - len(block.totals)
        assert rows[first : first + len(block.rows)] == block.rows
    said = plain(" ".join(paragraph.text for paragraph in document.paragraphs))
    for block in blocks:
        if block.kind in ("paragraph", "item", "heading"):
            assert plain(block.text) in said


def test_the_paper_in_pdf_holds_every_row_in_order(plan_2024: Plan2024, pdf: bytes) -> None:
    said = _run_together(pdf_text(pdf))
    at = 0
    for block in _tables(plan_2024):
        for row in block.rows:
            for cell in row:
                key = _run_together(cell)
                found = said.find(key, at)
                assert found >= 0, (row, said[at : at + 200])
                at = found + len(key)


def test_the_pdf_is_accessible_and_archivable(pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert opened.Root.MarkInfo.Marked
        assert str(opened.Root.Lang).startswith("ro")
        with opened.open_metadata() as about:
            assert about["pdfuaid:part"] == "1"
            assert (about["pdfaid:part"], about["pdfaid:conformance"]) == ("2", "A")


def test_a_version_comes_out_the_same_again(plan_2024: Plan2024, pdf: bytes) -> None:
    assert export_version(plan_2024.version, "pdf") == pdf
    for file_format in ("docx", "xlsx"):
        made = [export_version(plan_2024.version, file_format) for _time in range(2)]
        assert made[0] == made[1]


def test_markup_in_a_row_stays_text(plan_2024: Plan2024) -> None:
    """A name that reads as a formula, as Typst or as XML is printed as it stands."""
    name = '=1+1 #panic() <w:t> {{ 7 }} & "x"'
    content = plan_2024.content
    first = replace(content.services[0], name=name)
    changed = replace(content, rows={**content.rows, "existing": (first, *content.services[1:])})
    version = replace_content(plan_2024.version, changed)
    book = load_workbook(io.BytesIO(export_version(version, "xlsx")))
    cell = book["I.A"].cell(2, 3)
    assert (cell.value, cell.data_type) == (name, "s")
    document = Document(io.BytesIO(export_version(version, "docx")))
    assert document.tables[0].rows[2].cells[2].text.startswith(name)
    assert _run_together("#panic() <w:t> {{ 7 }}") in _run_together(pdf_text(export_version(version, "pdf")))


@pytest.mark.parametrize("kind", sorted(LINES))
def test_the_check_finds_what_is_wrong_in_the_document(plan_2024: Plan2024, kind: str) -> None:
    assert {one.source_line for one in plan_2024.remarks if one.kind == kind} == LINES[kind]


@pytest.mark.parametrize("kind", sorted(FOLDED))
def test_what_follows_from_one_cause_is_told_under_it_with_its_place(plan_2024: Plan2024, kind: str) -> None:
    folded = {line.source_line for one in plan_2024.remarks if one.kind == kind for line in one.folded}
    assert folded == FOLDED[kind]


def test_one_cause_is_one_remark(plan_2024: Plan2024) -> None:
    """169 remarks before causes were joined; what the loading took for another name is told with them."""
    assert len(plan_2024.remarks) == 100
    assert all(one.advice for one in plan_2024.remarks)


def test_what_the_loading_took_for_another_name_is_told(plan_2024: Plan2024) -> None:
    read = {line.message for one in plan_2024.remarks if one.kind == "read_otherwise" for line in one.folded}
    assert any("AFMC Christiana Cluj" in message for message in read)
    assert any("Greco - Catholic" in message for message in read)


def test_services_that_the_plan_may_name_otherwise_are_proposed_in_pairs(plan_2024: Plan2024) -> None:
    told = " ".join(one.message for one in plan_2024.remarks if one.kind == "not_in_plan")
    for pair in ("row 24", "row 84", "Fundația Charis)"):
        assert pair in told


def test_the_check_finds_what_is_wrong_in_whole_tables(plan_2024: Plan2024) -> None:
    assert {one.kind for one in plan_2024.remarks if not one.row} >= WHOLE


def test_the_slide_of_amounts_is_told_row_by_row(plan_2024: Plan2024) -> None:
    """Of 38 rows that slid, 23 print another amount than their own; the rest are 20.000 beside 20.000."""
    (slide,) = (one for one in plan_2024.remarks if one.kind == "amounts_shifted")
    assert slide.folded[0].source_line == "315"
    told = {one.source_line for one in slide.folded[1:]}
    printed_ = [line.amount for line in plan_2024.content.subsidies[34:]]
    moved = {
        str(315 + at)
        for at, (here, below) in enumerate(zip(printed_, printed_[1:], strict=False))
        if here is not None and here != below
    }
    assert told == moved


def test_money_for_codes_that_nobody_has_is_told_once_with_every_row(plan_2024: Plan2024) -> None:
    offered = {line.code for line in plan_2024.content.services}
    lines = [line for line in plan_2024.content.subsidies if line.code and line.code not in offered]
    (found,) = (one for one in plan_2024.remarks if one.kind == "code_without_provider")
    assert f"1,150,000 lei are kept for {len(lines)} codes" in found.message
    assert found.message.split("rows ")[1].startswith(rows_of(lines))
    assert len(lines) == 46


def _tables(plan_2024: Plan2024) -> list[Any]:
    paper = plan_paper(plan_2024.content, version=plan_2024.version)
    return [block for part in paper.parts for block in part.blocks if block.kind == "table"]


def _run_together(text: str) -> str:
    """Without spaces and hyphens, which lines are broken at."""
    return re.sub(r"[\s\u00ad\u200b-]", "", text)


def replace_content(version: Any, content: Any) -> Any:
    from punte.annual_plans.content import to_json
    from punte.annual_plans.models import PlanVersion

    return PlanVersion(
        plan=version.plan, number=1, content=to_json(content), decision="nr. 1", created_at=version.created_at
    )
