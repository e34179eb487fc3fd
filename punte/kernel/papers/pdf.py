"""From a content and a Typst template to a PDF."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

from punte.kernel.papers.glyphs import FONTS, printable

FOLDER = Path(settings.CONTENT) / "templates"
LANGUAGE = "ro"
"""Official papers are in Romanian whatever language the screens speak."""


def pdf(folder: Path, content: dict[str, Any], moment: dt.datetime, **drawn: str) -> bytes:
    """Tagged PDF, at once PDF/UA-1 and PDF/A-2a.

    Args:
        folder: where `template.typ` lies, in `content/templates`.
        moment: the day that the file bears.
        drawn: what goes in as it is, beside the content: a picture as SVG.
    """
    made: bytes = typst.compile(
        str(folder / "template.typ"),
        root=str(FOLDER),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps({**in_print(content), **drawn}, ensure_ascii=False)},
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
