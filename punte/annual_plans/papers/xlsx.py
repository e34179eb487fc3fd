"""The annual plan as a workbook: one sheet for each table, numbers as numbers, totals as formulas."""

import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from punte.annual_plans.content import BudgetedLine, PlanContent, TrainingLine
from punte.annual_plans.enums import Section
from punte.annual_plans.frame import frame
from punte.annual_plans.papers.numbers import capacity, code, unit
from punte.kernel.papers import dated

_BAND = PatternFill("solid", fgColor="EEF2F0")
_WRAP = Alignment(wrap_text=True, vertical="top")
_LEI, _THOUSAND, _SHARE = "#,##0.00", "General", "0%"


@dataclass(frozen=True)
class Field:
    """A column of a sheet: its title, its width in characters, how its numbers look, and whether they are summed."""

    title: str
    width: int = 14
    number_format: str = ""
    summed: bool = False


def plan_xlsx(content: PlanContent, moment: dt.datetime) -> bytes:
    """Write the workbook. Amounts are in thousand lei where the plan prints them so, else in lei."""
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    _texts(book, "preamble", content, Section.LEGAL_BASIS)
    _consultation(book, content)
    _existing(book, content)
    _proposed(book, content)
    _texts(book, "contracting", content, Section.CONTRACTING)
    _eligible(book, content)
    _subsidies(book, content)
    _texts(book, "information", content, Section.INFORMATION)
    _campaigns(book, content)
    _training(book, content)
    _texts(book, "methodology", content, Section.METHODOLOGY)
    book.properties.title = content.title
    book.properties.creator = content.organization
    book.properties.created = book.properties.modified = moment.replace(tzinfo=None)
    target = io.BytesIO()
    # Not book.save, which writes the moment of the saving into the file.
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        ExcelWriter(book, archive).save()
    return dated(target.getvalue(), moment)


def _sheet(
    book: Workbook,
    name: str,
    fields: Sequence[Field],
    rows: Sequence[Sequence[Any]],
    *,
    thousand: bool = False,
) -> Worksheet:
    """A sheet with a header that stays in sight; below it the sums, in thousand lei and in lei, as formulas."""
    sheet: Worksheet = book.create_sheet(frame()["sheets"][name])
    for at, field in enumerate(fields, start=1):
        cell = sheet.cell(1, at, field.title)
        cell.font, cell.fill, cell.alignment = Font(bold=True), _BAND, _WRAP
        sheet.column_dimensions[get_column_letter(at)].width = field.width
    for number, row in enumerate(rows, start=2):
        for at, (field, value) in enumerate(zip(fields, row, strict=True), start=1):
            _put(sheet.cell(number, at), value, field)  # type: ignore[arg-type]
    sheet.freeze_panes = "A2"
    if rows and any(field.summed for field in fields):
        _sums(sheet, fields, len(rows), thousand=thousand)
    return sheet


def _put(cell: Cell, value: Any, field: Field) -> None:
    """Write a value; a text that begins like a formula stays a text."""
    if isinstance(value, str):
        if value:
            cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
            cell.data_type = "s"
        cell.alignment = _WRAP
        return
    cell.value = value
    cell.alignment = Alignment(vertical="top")
    if field.number_format:
        cell.number_format = field.number_format


def _sums(sheet: Worksheet, fields: Sequence[Field], count: int, *, thousand: bool) -> None:
    words, last = frame()["totals"], count + 1
    shown = [(words["thousand"], "" if thousand else "/1000"), (words["lei"], "*1000" if thousand else "")]
    for row, (label, factor) in enumerate(shown, start=last + 1):
        sheet.cell(row, 1, label).font = Font(bold=True)
        for at, field in enumerate(fields, start=1):
            if field.summed:
                letter = get_column_letter(at)
                cell = sheet.cell(row, at, f"=SUM({letter}2:{letter}{last}){factor}")
                cell.font = Font(bold=True)
                cell.number_format = _THOUSAND if row == last + 1 else _LEI


def _k(amount: Decimal | None) -> Decimal | None:
    return None if amount is None else amount / 1000


def _budget_fields() -> list[Field]:
    return [Field(title, 13, _THOUSAND, summed=True) for title in frame()["budget_sources"].values()]


def _budgets(line: BudgetedLine) -> list[Decimal | None]:
    return [_k(amount) for amount in line.budgets.values()]


def _code_fields() -> list[Field]:
    return [Field("Cod serviciu social, tipărit", 18), Field("Cod serviciu social, din nomenclator", 18)]


def _texts(book: Workbook, name: str, content: PlanContent, section: Section) -> None:
    fields = [Field("Punct", 12), Field("Text", 100), Field("Precizare", 30), Field("Responsabil", 40)]
    rows: list[list[Any]] = [
        [line.label, line.text, line.detail, line.responsible] for line in content.texts(section)
    ]
    if section == Section.CONTRACTING and content.grants_budget is not None:
        fields.append(Field("Lei", 14, _LEI))
        rows = [[*row, None] for row in rows]
        title = str(frame()["grants"]).split("{")[0].strip()
        rows.append(["", f"{title} {content.year}", "", "", content.grants_budget])
    _sheet(book, name, fields, rows)


def _consultation(book: Workbook, content: PlanContent) -> None:
    rows = [[line.position, line.name] for line in content.consulted]
    _sheet(book, "consultation", [Field("Nr. crt.", 8), Field("Furnizor consultat", 90)], rows)


def _existing(book: Workbook, content: PlanContent) -> None:
    words = frame()["existing"]
    reference = str(words["reference"]).format(reference_year=content.year - 1)
    fields = [
        Field(words["number"], 8),
        Field(words["provider"], 40),
        Field("Denumire serviciu social", 60),
        *_code_fields(),
        Field("Mențiune", 14),
        Field(f"{words['capacity']} {reference}", 14),
        Field("Capacitate, număr", 12),
        Field("Capacitate, unitate", 16),
        Field(words["occupancy"], 10, _SHARE),
        *_budget_fields(),
    ]
    rows = [
        [
            line.number,
            line.provider,
            line.name,
            code(line),
            line.code,
            line.remark,
            capacity(line),
            line.capacity,
            unit(line),
            None if line.occupancy is None else line.occupancy / 100,
            *_budgets(line),
        ]
        for line in content.services
    ]
    _sheet(book, "existing", fields, rows, thousand=True)


def _proposed(book: Workbook, content: PlanContent) -> None:
    words = frame()["proposed"]
    fields = [
        Field(words["service"], 50),
        *_code_fields(),
        Field(words["beneficiaries"], 40),
        Field(f"{words['per_day']}, tipărit", 18),
        Field(words["per_day"], 10),
        Field(f"{words['places']}, tipărit", 18),
        Field(words["places"], 10),
        Field(words["area"], 12),
        Field(words["staff"], 40),
        Field("Buget, în cuvinte", 18),
        *_budget_fields(),
        Field(words["justification"], 50),
    ]
    rows = [
        [
            line.name,
            code(line),
            line.code,
            line.beneficiaries,
            line.per_day_printed,
            line.per_day,
            line.places_printed,
            line.places,
            line.area,
            line.staff,
            line.budget_words,
            *_budgets(line),
            line.justification,
        ]
        for line in content.proposed
    ]
    _sheet(book, "proposed", fields, rows, thousand=True)


def _eligible(book: Workbook, content: PlanContent) -> None:
    words = frame()["eligible"]
    fields = [
        Field(words["number"], 8),
        Field(words["name"], 60),
        Field(words["beneficiaries"], 50),
        *_code_fields(),
    ]
    rows = [[line.number, line.name, line.beneficiaries, code(line), line.code] for line in content.eligible]
    _sheet(book, "eligible", fields, rows)


def _subsidies(book: Workbook, content: PlanContent) -> None:
    words = frame()["subsidies"]
    fields = [
        Field(words["number"], 8),
        Field("Cod CPV", 14),
        *_code_fields(),
        Field(words["amount"], 18, _LEI, summed=True),
    ]
    rows = [[line.number, line.cpv, code(line), line.code, line.amount] for line in content.subsidies]
    sheet = _sheet(book, "subsidies", fields, rows)
    if content.subsidy_budget is not None:
        row = sheet.max_row + 1
        sheet.cell(row, 1, words["total"]).font = Font(bold=True)
        cell = sheet.cell(row, len(fields), content.subsidy_budget)
        cell.font, cell.number_format = Font(bold=True), _LEI


def _campaigns(book: Workbook, content: PlanContent) -> None:
    words = frame()["campaigns"]
    fields = [
        Field(words["number"], 8),
        Field(words["name"], 50),
        Field(words["objectives"], 70),
        Field(words["period"], 22),
        Field("De la", 12, "dd.mm.yyyy"),
        Field("Până la", 12, "dd.mm.yyyy"),
        Field(words["responsible"], 45),
    ]
    rows = [
        [one.number, one.name, one.objectives, one.period, one.starts, one.ends, one.responsible]
        for one in content.campaigns
    ]
    _sheet(book, "campaigns", fields, rows)


def _training(book: Workbook, content: PlanContent) -> None:
    words = frame()["training"]
    fields = [
        Field(words["label"], 8),
        Field(words["category"], 50),
        Field(words["persons"], 12),
        Field(words["amount"], 16, _THOUSAND, summed=True),
        Field("Buget, în cuvinte", 24),
    ]
    _sheet(book, "training", fields, [_training_row(line) for line in content.training], thousand=True)


def _training_row(line: TrainingLine) -> list[Any]:
    return [line.label, line.category, line.persons, _k(line.amount), line.budget_words]
