"""The form of a pack: XLSForm to XForm, and what its filled instances say."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

from punte.methodology.errors import PackError, gettext_noop
from punte.methodology.instances import (
    InstanceHeader,
    Submission,
    fill_form,
    instance_header,
    rows_from_instance,
)
from punte.methodology.model import Pack
from punte.methodology.survey import read_survey

ROOT_NAME = "data"
_ROW = re.compile(r"\brow\s*:?\s*(\d+)")
_QUOTED = re.compile(r"'([^']+)'")
_HEADER_ROWS = 1

__all__ = [
    "InstanceHeader",
    "Submission",
    "compile_form",
    "form_warnings",
    "instance_for",
    "instance_header",
    "rows_from_instance",
]


@lru_cache(maxsize=16)
def compile_form(pack: Pack) -> str:
    """The XForm of a pack, for the browser, ODK Collect and JavaRosa. Made once for each state of the pack.

    Raises:
        PackError: the sheets are not a form.
    """
    return _of_pack(pack, validate=False)[0]


def instance_for(
    pack: Pack,
    household: Mapping[str, object],
    members: Sequence[Mapping[str, object]],
    instance_id: str,
    *,
    visit_date: date | None = None,
) -> str:
    """A form filled in advance from what is known; the engines work out ages and relevance anew.

    Args:
        pack: the methodology.
        household: answers by fact name; unknown names are left out, as is the date of an earlier visit.
        members: the same for each member, with the names of `instances.IDENTITY`.
        instance_id: ``uuid:`` and a UUID.
        visit_date: the day of this visit (None: today).
    """
    known = {**household, "visit_date": visit_date or date.today()}
    return fill_form(pack, compile_form(pack), known, members, instance_id)


def form_warnings(pack: Pack) -> list[str]:
    """What pyxform and ODK Validate remark on the form; needs Java.

    Raises:
        PackError: the sheets are not a form, or ODK Validate refuses it.
    """
    return _of_pack(pack, validate=True)[1]


def _of_pack(pack: Pack, *, validate: bool) -> tuple[str, list[str]]:
    sheets = read_survey(pack.path, about=pack.about)
    workbook = {"survey": sheets.survey, "choices": sheets.choices, "settings": [sheets.settings]}
    return converted(workbook, pack.path, validate=validate, lines=sheets.lines)


def converted(
    workbook: Mapping[str, list[dict[str, str]]],
    folder: Path,
    *,
    validate: bool,
    lines: Sequence[int] = (),
) -> tuple[str, list[str]]:
    """The XForm of the sheets of a pack, and what the compiler remarks.

    Args:
        lines: of the rows of the survey in its file, so that what is wrong with one is named by its line.

    Raises:
        PackError: the sheets are not a form.
    """
    from pyxform.xls2xform import convert

    warnings: list[str] = []
    # The compiler looks for the columns of a sheet in its first hundred rows alone, where they are not named.
    headers = {
        f"{sheet}_header": [dict.fromkeys((key for row in workbook[sheet] for key in row), "")]
        for sheet in ("survey", "choices")
    }
    try:
        result = convert({**workbook, **headers}, warnings=warnings, validate=validate, form_name=ROOT_NAME)
    except Exception as error:  # a strange sheet breaks the compiler in many ways
        message = gettext_noop("the form does not compile: %(problem)s")
        problem = str(error) or type(error).__name__
        raise PackError(
            message, str(folder / "survey.csv"), _line_in(problem, workbook["survey"], lines), problem=problem
        ) from error
    return str(result.xform), warnings


def _line_in(problem: str, rows: Sequence[Mapping[str, str]], lines: Sequence[int]) -> int:
    """The line of the row that the compiler names, by its number (the header is the first) or by a cell of it."""
    numbers = [int(number) - _HEADER_ROWS - 1 for number in _ROW.findall(problem)]
    quoted = set(_QUOTED.findall(problem))
    numbers += [at for at, row in enumerate(rows) if quoted & set(row.values())]
    return next((lines[at] for at in numbers if 0 <= at < len(lines)), 1)
