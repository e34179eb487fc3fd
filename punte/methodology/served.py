"""What an XLSForm may ask for and the questionnaire of the office and of Teren does not serve, named by its line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from punte.methodology.errors import PackError, gettext_noop

_FROM_FILE = re.compile(r"^(?:select[_ ](?:one|multiple)[_ ]from[_ ]file|(?:csv|xml)-external)\b")
_CALLS_FILE = re.compile(r"\b(?:pulldata|search)\s*\(")
_MEDIA = re.compile(r"^(?:media::)?(?:image|big-image|audio|video)(?:::|$)")
# The day of the visit is written by every door into the questionnaire that it opens.
_FILLED_BY_DOORS = {("visit_date", "today()")}


def refuse_unserved(file: Path, line: int, row: Mapping[str, str]) -> None:
    """Refuse a row of the survey that works in ODK Collect alone, or in no door.

    Raises:
        PackError: it reads an attached file, or its first value is worked out when a questionnaire opens.
    """
    name = row.get("name", "")
    if _FROM_FILE.match(row.get("type", "")):
        raise PackError(
            gettext_noop(
                "%(name)s takes its answers from a file, which no questionnaire is served with. Write the answers in"
                " choices.csv and filter them (choice_filter)."
            ),
            str(file),
            line,
            name=name,
        )
    refuse_files(file, line, row)
    default = row.get("default", "")
    if default and (name, default) not in _FILLED_BY_DOORS and _worked_out(row):
        raise PackError(
            gettext_noop(
                "the first value of %(name)s (%(default)s) is worked out in ODK Collect alone; in the office and in"
                " Teren it would stay empty. Write a fixed value, such as 2024-02-29, or a calculation."
            ),
            str(file),
            line,
            name=name,
            default=default,
        )


def refuse_files(file: Path, line: int, row: Mapping[str, str]) -> None:
    """Refuse a row of any sheet that reads or shows an attached file.

    Raises:
        PackError: it does.
    """
    for column, cell in row.items():
        said = _CALLS_FILE.search(cell) if not column.startswith(("label", "hint")) else None
        if said or _MEDIA.match(column):
            raise PackError(
                gettext_noop(
                    "%(name)s needs a file (%(what)s in the column %(column)s), and questionnaires are served without"
                    " files."
                ),
                str(file),
                line,
                name=row.get("name", ""),
                what=said[0].rstrip("( ") if said else cell,
                column=column,
            )


def _worked_out(row: Mapping[str, str]) -> bool:
    """Whether the compiler takes the first value for an expression."""
    from pyxform.utils import default_is_dynamic  # it takes long to import; most packs do without

    return bool(default_is_dynamic(row["default"], row.get("type", "")))
