"""Make the Word templates of the papers anew: `content/templates/<kind>/template.docx`.

They may as well be changed in Word; this keeps how they were first made. The places in double braces are filled by
docxtpl from the document model (`punte/documents/paper.py`).
"""

from pathlib import Path

from docx import Document
from docx.document import Document as Docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from lxml import etree

FOLDER = Path(__file__).resolve().parent.parent / "content" / "templates"
INK, SOFT, BAND, HAIR = "1B2421", "5A6662", "EEF2F0", "9AA5A1"
FONT = "Times New Roman"
WIDTH = Cm(16.5)


def main() -> None:
    """Write the templates."""
    for kind, body in (("social_inquiry", inquiry), ("service_plan", plan)):
        document = blank()
        opening(document)
        body(document)
        closing(document)
        document.save(str(FOLDER / kind / "template.docx"))
    annual_plan().save(str(FOLDER / "annual_plan" / "template.docx"))


def annual_plan() -> Docx:
    """The styles of the annual plan; its tables are as long as the plan, so code writes them."""
    document = blank()
    style(document, "Normal", 10.5, after=5)
    style(document, "Heading 1", 15, bold=True, before=14, after=12)
    style(document, "Heading 4", 10.5, bold=True, italic=True, before=8, after=3)
    for paragraph in document.sections[0].footer.paragraphs:
        for child in list(paragraph._p):
            if child.tag != qn("w:pPr"):
                paragraph._p.remove(child)
    return document


def blank() -> Docx:
    """An empty A4 document with our styles, Romanian, with page numbers."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2.5), Cm(2)
    section.top_margin, section.bottom_margin = Cm(1.8), Cm(2.2)
    style(document, "Normal", 11, after=6)
    style(document, "Heading 1", 18, bold=True, before=16, after=6)
    style(document, "Heading 2", 12, bold=True, before=14, after=4)
    style(document, "Heading 3", 11, bold=True, italic=True, before=10, after=3)
    style(document, "Footer", 8.5, color=SOFT)
    document.styles["Heading 1"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    language = OxmlElement("w:lang")
    for name in ("val", "eastAsia", "bidi"):
        language.set(qn(f"w:{name}"), "ro-RO")
    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    defaults.append(language)
    document.core_properties.language = "ro-RO"
    footer(document)
    return document


def style(
    document: Docx,
    name: str,
    size: float,
    *,
    bold: bool = False,
    italic: bool = False,
    color: str = INK,
    before: float = 0,
    after: float = 0,
) -> None:
    """Set a style of Word's own."""
    found = document.styles[name]
    found.font.name, found.font.size = FONT, Pt(size)
    found.font.bold, found.font.italic = bold, italic
    found.font.color.rgb = RGBColor.from_string(color)
    fonts = found.element.get_or_add_rPr().get_or_add_rFonts()
    for key in list(fonts.attrib):
        if "Theme" in key:
            del fonts.attrib[key]
    for key in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{key}"), FONT)
    found.paragraph_format.space_before, found.paragraph_format.space_after = Pt(before), Pt(after)
    found.paragraph_format.line_spacing = 1.08
    found.paragraph_format.widow_control = True


def footer(document: Docx) -> None:
    """The paper's name and number on the left, the page on the right, under a hair line."""
    line = document.sections[0].footer.paragraphs[0]
    line.text = "{{ title }}{% if register %} nr. {{ register }} din {{ date }}{% else %} · ciornă{% endif %}\tpagina "
    document.styles["Footer"].paragraph_format.tab_stops.clear_all()
    line.paragraph_format.tab_stops.add_tab_stop(Emu(int(WIDTH)), WD_TAB_ALIGNMENT.RIGHT)
    field(line, "PAGE")
    line.add_run(" din ")
    field(line, "NUMPAGES")
    border(line, "top")


def field(paragraph: Paragraph, code: str) -> None:
    """A field that Word computes when the document is opened."""
    instruction = OxmlElement("w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = code
    for part in (_field_mark("begin"), instruction, _field_mark("separate")):
        paragraph.add_run()._r.append(part)
    paragraph.add_run("1")
    paragraph.add_run()._r.append(_field_mark("end"))


def _field_mark(kind: str) -> etree._Element:
    mark_ = OxmlElement("w:fldChar")
    mark_.set(qn("w:fldCharType"), kind)
    return mark_


def border(paragraph: Paragraph, side: str, *, color: str = HAIR, size: int = 4) -> None:
    """A line above or below a paragraph."""
    borders = OxmlElement("w:pBdr")
    edge = OxmlElement(f"w:{side}")
    for key, value in (("val", "single"), ("sz", str(size)), ("space", "4"), ("color", color)):
        edge.set(qn(f"w:{key}"), value)
    borders.append(edge)
    paragraph._p.get_or_add_pPr().append(borders)


def opening(document: Docx) -> None:
    """Head, number, title, legal grounds, about whom, who lives there."""
    head = grid(document, (Cm(11), Cm(5.5)))
    left, right = head.rows[0].cells
    left.paragraphs[0].text = "ROMÂNIA"
    plain(left, "{% if head.county %}{{ head.county|upper }}{% endif %}")
    plain(left, "{{ head.institution }}").runs[0].bold = True
    plain(left, "{%p if head.service %}")
    plain(left, "{{ head.service }}")
    plain(left, "{%p endif %}")
    plain(left, "{%p if head.contact %}")
    small(plain(left, "{{ head.contact }}"))
    plain(left, "{%p endif %}")
    right.paragraphs[0].text = "{% if register %}Nr. {{ register }}{% else %}CIORNĂ, fără număr{% endif %}"
    right.paragraphs[0].runs[0].bold = True
    plain(right, "din {{ date }}")
    for cell in (left, right):
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.space_after = Pt(0)
            if cell is right:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    rule = document.add_paragraph()
    rule.paragraph_format.space_after = Pt(0)
    border(rule, "top", color=INK, size=8)
    document.add_heading("{{ title|upper }}", 1)
    grounds = small(document.add_paragraph("Temei: {{ legal_basis|join('; ') }}."))
    grounds.alignment = WD_ALIGN_PARAGRAPH.CENTER
    lines(document, "subject")
    document.add_heading("Componența gospodăriei", 2)
    listing(
        document,
        "one in members",
        (
            ("Nr.", "{{ loop.index }}", 1.0),
            ("Numele și prenumele", "{{ one.name }}", 4.9),
            ("Calitatea", "{{ one.relation or '–' }}", 3.0),
            ("Data nașterii", "{{ one.born or '–' }}", 2.4),
            ("Vârsta", "{{ one.age or '–' }}", 2.2),
            ("CNP", "{{ one.cnp or '–' }}", 3.0),
        ),
    )


def inquiry(document: Docx) -> None:
    """The situation, what was found, what its author concludes."""
    document.add_heading("Situația constatată", 2)
    document.add_paragraph("{{ grounds }}")
    document.add_paragraph("{%p for chapter in chapters %}")
    document.add_heading("{{ chapter.title }}", 3)
    document.add_paragraph("{%p if not chapter.lines and not chapter.people %}")
    document.add_paragraph("Nu s-au dat răspunsuri.")
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p if chapter.lines %}")
    lines(document, "chapter.lines")
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p if chapter.people %}")
    listing(
        document,
        "one in chapter.people",
        (("Persoana", "{{ one.name }}", 4.5), ("Situația", "{{ one.text }}", 12.0)),
    )
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p endfor %}")
    document.add_heading("Constatări", 2)
    document.add_paragraph("{%p if findings %}")
    listing(
        document,
        "one in findings",
        (
            ("Vulnerabilitatea", "{{ one.name }}", 4.8),
            ("Pe cine privește", "{{ one.whom }}", 3.3),
            ("De ce", "{{ one.why }}", 6.0),
            ("Gravitatea", "{{ one.severity }}", 2.4),
        ),
    )
    document.add_paragraph("{%p else %}")
    document.add_paragraph("Nu s-au constatat vulnerabilități.")
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p if not_assessed %}")
    document.add_heading("Ce nu s-a putut stabili", 3)
    document.add_paragraph("{%p for one in not_assessed %}")
    document.add_paragraph("{{ one.name }}: {{ one.text }}")
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p endif %}")
    prose(document, "Concluzii", "conclusions")
    prose(document, "Propuneri", "proposals")


def plan(document: Docx) -> None:
    """Objectives with their steps, remarks, the family's agreement."""
    document.add_heading("Obiective și servicii", 2)
    document.add_paragraph("{%p if not objectives %}")
    document.add_paragraph("Planul nu are obiective.")
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p for objective in objectives %}")
    document.add_heading("Obiectivul {{ objective.number }}. {{ objective.text }}", 3)
    document.add_paragraph(
        "Pentru: {{ objective.whom }}{% if objective.due %}. Termen: {{ objective.due }}{% endif %}"
    )
    document.add_paragraph("{%p if objective.steps %}")
    listing(
        document,
        "step in objective.steps",
        (
            ("Ce se face", "{{ step.text }}", 5.2),
            ("Serviciul și furnizorul", "{{ step.provider or '–' }}", 4.2),
            ("Cine răspunde", "{{ step.responsible or '–' }}", 2.9),
            ("Termen", "{{ step.due or '–' }}", 2.1),
            ("Stadiu", "{{ step.state or '–' }}", 2.1),
        ),
    )
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p if remarks %}")
    prose(document, "Mențiuni", "remarks")
    document.add_paragraph("{%p endif %}")
    document.add_heading("Acordul familiei și revizuirea planului", 2)
    lines(document, "agreement")
    document.add_paragraph(
        "{% if review %}Planul se revizuiește până la {{ review }} și oricând se schimbă situația familiei."
        "{% else %}Planul se revizuiește oricând se schimbă situația familiei.{% endif %}"
    )


def closing(document: Docx) -> None:
    """The places to sign, and the notice about personal data."""
    space = document.add_paragraph()
    space.paragraph_format.space_before = Pt(10)
    space.paragraph_format.keep_with_next = True
    document.paragraphs[-1].add_run("{% set dots = '......................................' %}")
    table = grid(document, (Cm(5.5), Cm(5.5), Cm(5.5)))
    for at, cell in enumerate(table.rows[0].cells):
        cell.paragraphs[0].text = f"{{{{ (signatures[{at}] or {{}}).role }}}}"
        cell.paragraphs[0].runs[0].bold = True
        plain(cell, f"{{{{ (signatures[{at}].name or dots) if signatures[{at}] }}}}")
        small(plain(cell, f"{{{{ (signatures[{at}] or {{}}).detail }}}}"))
        signed = small(plain(cell, "Semnătura, data"))
        signed.paragraph_format.space_before = Pt(30)
        border(signed, "bottom", color=INK)
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.space_after = Pt(0)
            paragraph.paragraph_format.keep_with_next = True
    heading = document.add_heading("Luare la cunoștință", 2)
    heading.paragraph_format.space_before = Pt(20)
    text = document.add_paragraph("{{ acknowledgement }}")
    text.paragraph_format.keep_with_next = True
    table = grid(document, (Cm(6.5), Cm(6), Cm(4)))
    labels = ("Numele beneficiarului sau al reprezentantului", "Semnătura", "Data")
    for cell, label in zip(table.rows[0].cells, labels, strict=True):
        cell.paragraphs[0].text = label
        small(cell.paragraphs[0])
        cell.paragraphs[0].paragraph_format.space_before = Pt(26)
        border(cell.paragraphs[0], "top", color=INK)
    small(document.add_paragraph("{{ data_notice }}"))


def lines(document: Docx, source: str) -> None:
    """Labels and what they say, in two columns without lines."""
    table = grid(document, (Cm(5.2), Cm(11.3)), rows=3)
    table.rows[0].cells[0].text = f"{{%tr for line in {source} %}}"
    table.rows[2].cells[0].text = "{%tr endfor %}"
    label, value = table.rows[1].cells
    label.text, value.text = "{{ line.label }}", "{{ line.value }}"
    label.paragraphs[0].runs[0].font.color.rgb = RGBColor.from_string(SOFT)
    for cell in (label, value):
        cell.paragraphs[0].paragraph_format.space_after = Pt(2)


def listing(document: Docx, loop: str, columns: tuple[tuple[str, str, float], ...]) -> None:
    """A table whose header row is repeated on every page."""
    table = grid(document, tuple(Cm(width) for _title, _place, width in columns), rows=4)
    for cell, (title, _place, _width) in zip(table.rows[0].cells, columns, strict=True):
        cell.text = title
        cell.paragraphs[0].runs[0].bold = True
        shade(cell)
    mark(table.rows[0]._tr, "w:tblHeader")
    indent(table)
    table.rows[1].cells[0].text = f"{{%tr for {loop} %}}"
    table.rows[3].cells[0].text = "{%tr endfor %}"
    for cell, (_title, place, _width) in zip(table.rows[2].cells, columns, strict=True):
        cell.text = place
    for row in (table.rows[0], table.rows[2]):
        mark(row._tr, "w:cantSplit")
        for cell in row.cells:
            paragraph = cell.paragraphs[0]
            paragraph.runs[0].font.size = Pt(9.5)
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
            edges(cell)
    after = document.add_paragraph()
    after.paragraph_format.space_after = Pt(0)
    after.paragraph_format.line_spacing = Pt(6)


def prose(document: Docx, title: str, source: str) -> None:
    """A heading with the paragraphs that somebody wrote."""
    document.add_heading(title, 2)
    document.add_paragraph(f"{{%p for paragraph in {source} %}}")
    document.add_paragraph("{{ paragraph }}")
    document.add_paragraph("{%p endfor %}")


def grid(document: Docx, widths: tuple[int, ...], rows: int = 1) -> Table:
    """A table without lines, of fixed widths."""
    table = document.add_table(rows=rows, cols=len(widths))
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Emu(int(width))
        for cell in column.cells:
            cell.width = Emu(int(width))
    return table


def plain(cell: _Cell, text: str) -> Paragraph:
    """A further paragraph in a cell."""
    return cell.add_paragraph(text)


def small(paragraph: Paragraph) -> Paragraph:
    """Set in small, soft letters."""
    for run in paragraph.runs:
        run.font.size = Pt(8.5)
        run.font.color.rgb = RGBColor.from_string(SOFT)
    return paragraph


def shade(cell: _Cell) -> None:
    """The band of a header row."""
    fill = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", BAND)):
        fill.set(qn(f"w:{key}"), value)
    cell._tc.get_or_add_tcPr().append(fill)


def edges(cell: _Cell) -> None:
    """A hair line below a cell."""
    borders = OxmlElement("w:tcBorders")
    edge = OxmlElement("w:bottom")
    for key, value in (("val", "single"), ("sz", "4"), ("color", HAIR)):
        edge.set(qn(f"w:{key}"), value)
    borders.append(edge)
    properties = cell._tc.get_or_add_tcPr()
    shading = properties.find(qn("w:shd"))
    if shading is not None:
        shading.addprevious(borders)
    else:
        properties.append(borders)


def indent(table: Table) -> None:
    """Let the band of the header begin at the margin, as the text above it does."""
    margin = OxmlElement("w:tblInd")
    margin.set(qn("w:w"), "108")
    margin.set(qn("w:type"), "dxa")
    table._tbl.tblPr.append(margin)


def mark(row: object, name: str) -> None:
    """Set a property of a table row."""
    row.get_or_add_trPr().append(OxmlElement(name))  # type: ignore[attr-defined]


if __name__ == "__main__":
    main()
