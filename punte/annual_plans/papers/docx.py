"""The annual plan as an editable document in Word's own styles."""

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from copy import deepcopy
from functools import lru_cache
from typing import Any

from docx import Document
from docx.document import Document as Docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt, RGBColor
from docx.text.paragraph import Paragraph
from lxml import etree

from punte.annual_plans.papers.content import Block, Column, PlanPaper
from punte.annual_plans.papers.picture import Picture
from punte.kernel.papers import FOLDER, dated

_BAND, _HAIR = "EEF2F0", "9AA5A1"
_MARGINS = Cm(2), Cm(1.8)
_SHORT, _LONG = Cm(21), Cm(29.7)
_SMALL = "17"
_CELL_MARGIN = "108"
_BESIDE, _SOFT = Cm(7), RGBColor(0x54, 0x60, 0x5B)
_FOOTER = Pt(7.5)
_DRAFT = "Ciornă, neaprobată"


def plan_docx(paper: PlanPaper, moment: dt.datetime, pictures: Mapping[str, Picture] | None = None) -> bytes:
    """Write the paper; its text goes in as text, never as markup."""
    document = Document(io.BytesIO(_template()))
    for at, part in enumerate(paper.parts):
        width = _pages(document, landscape=part.landscape, first=at == 0)
        if at == 0:
            _opening(document, paper)
        for block in part.blocks:
            if block.kind == "picture":
                _picture(document, block, width, (pictures or {})[block.label])
            elif block.kind == "table":
                # What announces a table is not left at the foot of a page.
                document.paragraphs[-1].paragraph_format.keep_with_next = True
                _table(document, block, width, sided=paper.is_report)
            else:
                _DRAWN[block.kind](document, block, width)
    _footer(document, paper)
    about = document.core_properties
    about.title, about.language = paper.title, "ro-RO"
    about.author = about.last_modified_by = paper.institution
    about.created = about.modified = moment.replace(tzinfo=None)
    target = io.BytesIO()
    document.save(target)
    return dated(target.getvalue(), moment)


@lru_cache(maxsize=1)
def _template() -> bytes:
    return (FOLDER / "annual_plan" / "template.docx").read_bytes()


def _pages(document: Docx, *, landscape: bool, first: bool) -> int:
    """Begin pages of one orientation; the width between their margins."""
    section = document.sections[0] if first else document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (_LONG, _SHORT) if landscape else (_SHORT, _LONG)
    section.left_margin, section.right_margin = _MARGINS
    return int(section.page_width - sum(_MARGINS))


def _opening(document: Docx, paper: PlanPaper) -> None:
    if paper.annex:
        document.add_paragraph(paper.annex).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.add_heading(paper.title, 1)
    if not paper.decision:
        document.add_paragraph(_DRAFT).alignment = WD_ALIGN_PARAGRAPH.CENTER


def _heading(document: Docx, block: Block, _width: int) -> None:
    document.add_heading(block.text, block.level)


def _paragraph(document: Docx, block: Block, _width: int) -> None:
    document.add_paragraph(block.text).alignment = WD_ALIGN_PARAGRAPH.JUSTIFY


def _fact(document: Docx, block: Block, _width: int) -> None:
    """What something is called, and beside it what it is."""
    paragraph = document.add_paragraph()
    form = paragraph.paragraph_format
    form.left_indent, form.first_line_indent, form.space_after = _BESIDE, -_BESIDE, Pt(4)
    form.tab_stops.add_tab_stop(_BESIDE)
    paragraph.add_run(block.label).font.color.rgb = _SOFT
    paragraph.add_run(f"\t{block.text}")


def _item(document: Docx, block: Block, _width: int) -> None:
    paragraph = document.add_paragraph(f"{block.label}\t{block.text}")
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    form = paragraph.paragraph_format
    form.left_indent, form.first_line_indent = Cm(0.8 * block.level), Cm(-0.8)
    form.tab_stops.add_tab_stop(Cm(0.8 * block.level))
    form.space_after = Pt(3)


def _signatures(document: Docx, block: Block, _width: int) -> None:
    for role, name in block.people:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(14)
        paragraph.paragraph_format.keep_together = True
        paragraph.add_run(role).bold = True
        paragraph.add_run().add_break()
        paragraph.add_run(name)
    if block.text:
        document.add_paragraph(block.text).paragraph_format.space_before = Pt(18)


def _picture(document: Docx, block: Block, width: int, picture: Picture) -> None:
    """A picture with what it shows below it, and for who does not see it."""
    across = width * min(0.75, 0.36 * picture.width / picture.height)
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.keep_with_next = True
    run = paragraph.add_run()
    drawn = run.add_picture(io.BytesIO(picture.content), width=Emu(round(across)))
    drawn._inline.docPr.set("descr", block.text)
    below = document.add_paragraph()
    below.alignment = WD_ALIGN_PARAGRAPH.CENTER
    below.paragraph_format.space_after = Pt(10)
    said = below.add_run(block.text)
    said.italic, said.font.size = True, Pt(9)


def _table(document: Docx, block: Block, width: int, *, sided: bool) -> None:
    """A table whose header is repeated on every page; written as XML at once, as cell by cell takes seconds."""
    whole = sum(column.width for column in block.columns)
    widths = [round(width * column.width / whole / 635) for column in block.columns]
    table = _element("tbl")
    table.append(_table_properties(block.text, sum(widths)))
    grid = etree.SubElement(table, qn("w:tblGrid"))
    for one in widths:
        etree.SubElement(grid, qn("w:gridCol")).set(qn("w:w"), str(one))
    for row in _head_rows(block.columns, widths, sided=sided):
        table.append(row)
    for cells in block.rows:
        table.append(
            _row(
                [
                    _cell(text, w, right=c.right)
                    for text, w, c in zip(cells, widths, block.columns, strict=True)
                ]
            )
        )
    for cells in block.totals:
        table.append(_total(cells, widths, block.columns))
    document.element.body.insert_element_before(table, "w:sectPr")
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _table_properties(title: str, width: int) -> Any:
    properties = _element("tblPr")
    _with(properties, "tblW", w=str(width), type="dxa")
    # Else its border stands as far out of the text as the words of a cell stand in from it.
    _with(properties, "tblInd", w=_CELL_MARGIN, type="dxa")
    borders = _with(properties, "tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        _with(borders, side, val="single", sz="4", space="0", color=_HAIR)
    _with(properties, "tblLayout", type="fixed")
    _with(properties, "tblCaption", val=title)
    return properties


def _head_rows(columns: Sequence[Column], widths: Sequence[int], *, sided: bool) -> list[Any]:
    """One row of titles, or two where neighbours share a title above theirs; `sided` over the numbers of theirs."""
    if not any(column.group for column in columns):
        return [
            _head(
                [
                    _cell(column.title, w, bold=True, band=True, right=sided and column.right)
                    for column, w in zip(columns, widths, strict=True)
                ]
            )
        ]
    top, below, at = [], [], 0
    while at < len(columns):
        column = columns[at]
        if not column.group:
            top.append(_cell(column.title, widths[at], bold=True, band=True, merge="restart"))
            below.append(_cell("", widths[at], band=True, merge="continue"))
            at += 1
            continue
        end = at
        while end < len(columns) and columns[end].group == column.group:
            below.append(_cell(columns[end].title, widths[end], bold=True, band=True))
            end += 1
        top.append(_cell(column.group, sum(widths[at:end]), bold=True, band=True, span=end - at))
        at = end
    return [_head(top), _head(below)]


def _total(cells: Sequence[str], widths: Sequence[int], columns: Sequence[Column]) -> Any:
    """A total says what it is over the empty cells that follow it."""
    empty = next((at for at, text in enumerate(cells) if at and text), len(cells))
    first = _cell(cells[0], sum(widths[:empty]), bold=True, band=True, span=empty)
    rest = zip(cells[empty:], widths[empty:], columns[empty:], strict=True)
    return _row(
        [first, *(_cell(text, w, bold=True, band=True, right=column.right) for text, w, column in rest)]
    )


def _head(cells: list[Any]) -> Any:
    row = _row(cells)
    _with(row.find(qn("w:trPr")), "tblHeader")
    return row


def _row(cells: list[Any]) -> Any:
    row = _element("tr")
    _with(_with(row, "trPr"), "cantSplit")
    row.extend(cells)
    return row


def _cell(
    text: str,
    width: int,
    *,
    bold: bool = False,
    band: bool = False,
    right: bool = False,
    span: int = 1,
    merge: str = "",
) -> Any:
    cell = _element("tc")
    properties = _with(cell, "tcPr")
    _with(properties, "tcW", w=str(width), type="dxa")
    if span > 1:
        _with(properties, "gridSpan", val=str(span))
    if merge:
        _with(properties, "vMerge", val=merge)
    if band:
        _with(properties, "shd", val="clear", color="auto", fill=_BAND)
    paragraph = _with(cell, "p")
    form = _with(paragraph, "pPr")
    _with(form, "spacing", before="30", after="30")
    if right:
        _with(form, "jc", val="right")
    run = _with(paragraph, "r")
    look = _with(run, "rPr")
    if bold:
        _with(look, "b")
    _with(look, "sz", val=_SMALL)
    element = _with(run, "t")
    element.text = text
    element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return cell


def _element(name: str) -> Any:
    return OxmlElement(f"w:{name}")


def _with(parent: Any, name: str, **values: str) -> Any:
    child = etree.SubElement(parent, qn(f"w:{name}"))
    for key, value in values.items():
        child.set(qn(f"w:{key}"), value)
    return child


def _footer(document: Docx, paper: PlanPaper) -> None:
    """Title on the left, page on the right; the sections after the first carry the same."""
    rule = document.sections[0].footer.paragraphs[0]._p.find(f".//{qn('w:pBdr')}")
    for at, section in enumerate(document.sections):
        footer = section.footer
        footer.is_linked_to_previous = False
        line = footer.paragraphs[0]
        line.text = paper.title if paper.decision else f"{paper.title} · {_DRAFT.lower()}"
        line.style = document.styles["Footer"]
        right = Emu(int(section.page_width or 0) - sum(_MARGINS))
        line.paragraph_format.tab_stops.clear_all()
        line.paragraph_format.tab_stops.add_tab_stop(right, WD_TAB_ALIGNMENT.RIGHT)
        if at and rule is not None:
            line._p.get_or_add_pPr().insert_element_before(
                deepcopy(rule), "w:shd", "w:tabs", "w:spacing", "w:jc"
            )
        line.add_run("\tpagina ")
        _field(line, "PAGE")
        line.add_run(" din ")
        _field(line, "NUMPAGES")
        for run in line.runs:
            run.font.size = _FOOTER


def _field(paragraph: Paragraph, name: str) -> None:
    """A number that Word works out."""
    for kind in ("begin", None, "separate", "end"):
        run = paragraph.add_run("1" if kind == "end" else "")
        if kind is None:
            element = _with(run._r, "instrText")
            element.text = name
        elif kind == "end":
            run = paragraph.add_run()
            _with(run._r, "fldChar", fldCharType=kind)
        else:
            _with(run._r, "fldChar", fldCharType=kind)


_DRAWN = {
    "heading": _heading,
    "paragraph": _paragraph,
    "item": _item,
    "signatures": _signatures,
    "fact": _fact,
}
