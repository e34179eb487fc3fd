"""A file about somebody as data: JSON for machines, a table for each part, together in one archive."""

import datetime as dt
import io
import json
import zipfile
from collections.abc import Sequence

from punte.accounts.guests import Told
from punte.kernel.tables.writing import write_csv
from punte.people.actions.own_file import Part


def as_json(parts: Sequence[Part], *, keeper: str, made_on: dt.date) -> bytes:
    """The file as JSON."""
    told = {
        "keeper": keeper,
        "made_on": made_on.isoformat(),
        "parts": [
            {"title": part.title, "kept": part.how_long, "rows": [dict(row) for row in part.rows]}
            for part in parts
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=2).encode()


def as_archive(parts: Sequence[Part], *, keeper: str, made_on: dt.date) -> bytes:
    """The JSON and a CSV of each part, in a ZIP whose names tell nothing of anybody."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("date.json", as_json(parts, keeper=keeper, made_on=made_on))
        for number, part in enumerate(parts, 1):
            archive.writestr(f"{number:02}.csv", _table(part.title, part.rows))
    return made.getvalue()


def _table(title: str, rows: Sequence[Told]) -> bytes:
    labels = list(dict.fromkeys(label for row in rows for label in row))
    return write_csv(labels or [title], [[row.get(label, "") for label in labels] for row in rows])
