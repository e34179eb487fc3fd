"""From the frozen content of a paper to a file: nothing is read from the record, so the same paper comes out again."""

import datetime as dt
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import typst
from docxtpl import DocxTemplate
from jinja2.sandbox import SandboxedEnvironment

from punte.documents.glyphs import FONTS, printable
from punte.documents.models import IssuedDocument
from punte.documents.paper import Paper
from punte.documents.templates import FOLDER, PaperTemplate, current, of_version

Content = dict[str, Any]

CONTENT_TYPES: dict[str, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def render(document: IssuedDocument, file_format: str) -> bytes:
    """The file of an issued paper, the same bytes each time.

    Args:
        file_format: one of `CONTENT_TYPES`.
    """
    template = of_version(document.kind, document.template_version)
    return _RENDERERS[file_format](template, json.loads(document.content), _moment(document.issued_on))


def render_draft(paper: Paper, file_format: str = "pdf") -> bytes:
    """The file of a paper that has no number yet; it says so on every page."""
    content: Content = json.loads(freeze(paper))
    return _RENDERERS[file_format](current(paper.kind), content, dt.datetime.now(dt.UTC))


def freeze(paper: Paper) -> str:
    """The content of a paper as JSON."""
    return json.dumps(asdict(paper), ensure_ascii=False)


def _moment(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC)


def _pdf(template: PaperTemplate, content: Content, moment: dt.datetime) -> bytes:
    """Tagged PDF, at once PDF/UA-1 and PDF/A-2a. The content goes in as data, never as markup."""
    made: bytes = typst.compile(
        str(template.folder / "template.typ"),
        root=str(FOLDER),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(in_print(content), ensure_ascii=False)},
        pdf_standards=["ua-1", "a-2a"],
        timestamp=int(moment.timestamp()),
    )
    return made


def in_print(value: Any) -> Any:
    """Content with only what the fonts can draw."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, list):
        return [in_print(item) for item in value]
    if isinstance(value, dict):
        return {key: in_print(item) for key, item in value.items()}
    return value


def _docx(template: PaperTemplate, content: Content, moment: dt.datetime) -> bytes:
    """An editable document in Word's own styles. The content goes in escaped, never as markup."""
    document = DocxTemplate(template.folder / "template.docx")
    document.render(content, jinja_env=SandboxedEnvironment(autoescape=True), autoescape=True)
    about = document.docx.core_properties
    about.title = f"{content['title']} {content['register']}".strip()
    about.author = about.last_modified_by = content["head"]["institution"]
    about.created = about.modified = moment.replace(tzinfo=None)
    target = io.BytesIO()
    document.save(target)
    return dated(target.getvalue(), moment)


def dated(package: bytes, moment: dt.datetime) -> bytes:
    """The same package with every part dated alike, so that one content gives one file."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for part in source.infolist():
            dated = zipfile.ZipInfo(part.filename, moment.timetuple()[:6])
            dated.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(dated, source.read(part.filename))
    return target.getvalue()


_RENDERERS: dict[str, Callable[[PaperTemplate, Content, dt.datetime], bytes]] = {"pdf": _pdf, "docx": _docx}
