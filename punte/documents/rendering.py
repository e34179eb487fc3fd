"""From the frozen content of a paper to a file: nothing is read from the record, so the same paper comes out again."""

import datetime as dt
import io
import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from punte.documents.models import IssuedDocument
from punte.documents.paper import Paper
from punte.documents.templates import PaperTemplate, current, of_version
from punte.kernel.papers import dated, pdf

Content = dict[str, Any]


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
    return pdf(template.folder, content, moment)


def _docx(template: PaperTemplate, content: Content, moment: dt.datetime) -> bytes:
    """An editable document in Word's own styles. The content goes in escaped, never as markup."""
    from docxtpl import DocxTemplate
    from jinja2.sandbox import SandboxedEnvironment

    document = DocxTemplate(template.folder / "template.docx")
    document.render(content, jinja_env=SandboxedEnvironment(autoescape=True), autoescape=True)
    about = document.docx.core_properties
    about.title = f"{content['title']} {content['register']}".strip()
    about.author = about.last_modified_by = content["head"]["institution"]
    about.created = about.modified = moment.replace(tzinfo=None)
    target = io.BytesIO()
    document.save(target)
    return dated(target.getvalue(), moment)


_RENDERERS: dict[str, Callable[[PaperTemplate, Content, dt.datetime], bytes]] = {"pdf": _pdf, "docx": _docx}
