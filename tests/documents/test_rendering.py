"""The files: what they conform to, and that nobody's words become markup."""

import datetime as dt
import io
import json
import zipfile
from dataclasses import replace
from typing import Any

import pikepdf
import pytest
import yaml
from docx import Document

from punte.documents.enums import DocumentKind
from punte.documents.models import IssuedDocument
from punte.documents.paper import Paper
from punte.documents.rendering import freeze, render, render_draft
from punte.documents.romanian import age_in_words, clean, paragraphs
from punte.documents.templates import current, of_version
from punte.kernel.errors import DomainError
from punte.kernel.papers.glyphs import REPLACEMENT, covered, printable
from tests.documents import samples
from tests.documents.text import pdf_text

MARKUP = [
    "#panic() #set page(fill: red)",
    "*not bold* _nor this_ $x^2$ `code`",
    "{{ 7 * 7 }} {% for a in b %} {{ config }}",
    "</w:t></w:r><w:p><w:r><w:t>injected",
    "<script>&amp; \"quotes\" 'apostrophes' \\ ]] [[",
    "= Heading\n- list",
    "שלום עולם ‏مرحبا",
]
UNDRAWABLE = "emoji 🪿 中文"


def issued(paper: Paper) -> IssuedDocument:
    return IssuedDocument(
        kind=paper.kind,
        year=2026,
        number=42,
        issued_on=dt.date(2026, 11, 20),
        template_version=paper.template_version,
        content=freeze(paper),
    )


@pytest.fixture(params=["inquiry", "plan"])
def paper(request: Any) -> Paper:
    made: Paper = getattr(samples, request.param)()
    return made


def test_pdf_is_accessible_and_archivable(paper: Paper) -> None:
    with pikepdf.open(io.BytesIO(render(issued(paper), "pdf"))) as pdf:
        root = pdf.Root
        assert root.MarkInfo.Marked
        assert "/StructTreeRoot" in root
        assert str(root.Lang).startswith("ro")
        assert root.ViewerPreferences.DisplayDocTitle
        with pdf.open_metadata() as about:
            assert about["pdfuaid:part"] == "1"
            assert (about["pdfaid:part"], about["pdfaid:conformance"]) == ("2", "A")
            assert about["dc:title"] == f"{paper.title} nr. {paper.register}"
        roles = list(_roles(root.StructTreeRoot))
        assert roles.count("/H1") == 1
        assert "/Table" in roles
        assert "/TH" in roles


def _roles(node: Any) -> Any:
    if isinstance(node, pikepdf.Array):
        for kid in node:
            yield from _roles(kid)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield str(node.S)
        if "/K" in node:
            yield from _roles(node.K)


def test_pdf_text_has_romanian_letters_with_comma_below(paper: Paper) -> None:
    text = pdf_text(render(issued(paper), "pdf"))
    assert "Ioana Țărălungă" in text
    assert "Mihai Șerban" in text
    assert not set("şţŞŢ") & set(text)
    assert "Nr. " in text and "din 20.11.2026" in text


def test_same_content_gives_the_same_file(paper: Paper) -> None:
    for file_format in ("pdf", "docx"):
        assert render(issued(paper), file_format) == render(issued(paper), file_format)


def test_docx_has_words_own_structure(paper: Paper) -> None:
    document = Document(io.BytesIO(render(issued(paper), "docx")))
    styles = [one.style.name for one in document.paragraphs]
    assert styles.count("Heading 1") == 1
    assert "Heading 2" in styles
    assert document.core_properties.language == "ro-RO"
    section = document.sections[0]
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)
    body = document.element.xml
    assert "w:tblHeader" in body
    assert "PAGE" in section.footer._element.xml
    assert "{{" not in body and "{%" not in body
    names = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert "Dinu Răzvan-Ștefan" in names


@pytest.mark.parametrize("words", MARKUP, ids=range(len(MARKUP)))
def test_words_stay_words(words: str) -> None:
    hostile = replace(samples.inquiry(), conclusions=paragraphs(words), proposals=[words])
    text = "".join(pdf_text(render(issued(hostile), "pdf")).split()).replace("\u200b", "")
    if words[0] < "\u0590":  # right-to-left text comes out of a PDF in the order of its shapes
        assert "".join(words.split()) in text
    document = Document(io.BytesIO(render(issued(hostile), "docx")))
    assert any("".join(words.split()) in "".join(one.text.split()) for one in document.paragraphs)


def test_long_text_runs_over_pages_and_loses_nothing() -> None:
    endless = replace(samples.inquiry(), conclusions=["z" * 10_000], proposals=["zi " * 3_000])
    made = render(issued(endless), "pdf")
    text = pdf_text(made)
    assert text.count("z") >= 13_000
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert len(pdf.pages) > 4
    document = Document(io.BytesIO(render(issued(endless), "docx")))
    assert "z" * 10_000 in [one.text for one in document.paragraphs]


def test_what_no_font_draws_is_marked_in_the_pdf_and_kept_in_word() -> None:
    odd = replace(samples.inquiry(), conclusions=[UNDRAWABLE])
    assert REPLACEMENT in pdf_text(render(issued(odd), "pdf"))
    document = Document(io.BytesIO(render(issued(odd), "docx")))
    assert UNDRAWABLE in [one.text for one in document.paragraphs]


def test_every_character_that_counts_as_drawn_is_drawn() -> None:
    everything = "".join(sorted(chr(point) for point in covered() if chr(point).isprintable()))
    full = replace(samples.inquiry(), conclusions=[printable(everything)])
    assert render(issued(full), "pdf").startswith(b"%PDF")


def test_draft_says_so() -> None:
    draft = samples.draft(samples.inquiry())
    assert "CIORNĂ" in pdf_text(render_draft(draft))
    assert (
        "CIORNĂ"
        in zipfile.ZipFile(io.BytesIO(render_draft(draft, "docx"))).read("word/document.xml").decode()
    )
    assert "CIORNĂ" not in pdf_text(render(issued(samples.inquiry()), "pdf"))


def test_empty_paper_prints_too() -> None:
    bare = replace(
        samples.inquiry(),
        signatures=samples.inquiry().signatures[:2],
        chapters=[],
        findings=[],
        not_assessed=[],
        members=[],
        subject=[],
        legal_basis=[],
    )
    for file_format in ("pdf", "docx"):
        assert render(issued(bare), file_format)


def test_a_template_version_that_is_gone_is_named() -> None:
    with pytest.raises(DomainError, match="1999"):
        of_version("social_inquiry", "1999.1")


@pytest.mark.parametrize("kind", DocumentKind.values)
def test_templates_name_their_sources(kind: str) -> None:
    raw = yaml.safe_load((current(kind).folder / "template.yaml").read_text(encoding="utf-8"))
    assert isinstance(raw["valid_from"], dt.date)
    assert all(one["source"] and isinstance(one["certain"], bool) for one in raw["legal_basis"])


def test_words_are_cleaned_for_print() -> None:
    assert clean("Ştefan\x00 \x0bŢăran\r\n") == "Ștefan Țăran"
    assert paragraphs("unu\n\n\ndoi\ntrei\n \n") == ["unu", "doi\ntrei"]


@pytest.mark.parametrize(
    ("born", "said"),
    [
        (dt.date(1992, 11, 20), "34 de ani"),
        (dt.date(2017, 11, 20), "9 ani"),
        (dt.date(2025, 11, 20), "1 an"),
        (dt.date(2026, 4, 1), "7 luni"),
        (dt.date(2026, 10, 20), "1 lună"),
        (dt.date(2026, 11, 1), "sub o lună"),
        (None, ""),
    ],
)
def test_ages_are_said_as_romanian_says_them(born: dt.date | None, said: str) -> None:
    assert age_in_words(born, on=dt.date(2026, 11, 20)) == said


def test_frozen_content_holds_no_objects() -> None:
    assert json.loads(freeze(samples.plan()))["objectives"][0]["steps"][0]["responsible"] == "Ioana Țărălungă"
