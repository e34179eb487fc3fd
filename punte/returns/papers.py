"""An official table, or a quarterly sheet, as a PDF that a screen reader reads (PDF/UA-1 and PDF/A-2a)."""

from typing import Any

from django.utils import timezone, translation

from punte.kernel.papers import FOLDER, LANGUAGE, pdf
from punte.returns.definition import SheetForm
from punte.returns.grids import DASH, Grid, grids, spoken, written
from punte.returns.models import Sheet
from punte.returns.official import Shown
from punte.returns.picture import picture

_FOLDER = FOLDER / "official_table"


def table_paper(view: Shown) -> bytes:
    """The table with its picture, its source, and the seam said in words."""
    with translation.override(LANGUAGE):
        table = view.table
        content: dict[str, Any] = {
            "title": spoken(table.title),
            "author": table.source,
            "lead": [],
            "tables": [_of_grid(grid) for grid in grids(view)],
            "notes": [f"Sursa: {table.source}."],
        }
        if view.computed:
            content["notes"].append(
                f"* Numărat din extrasul {view.extract}. Unde stă „…”, numărul e prea mic."
            )
        drawn = picture(view)
    return pdf(_FOLDER, content, timezone.localtime(), **({"drawing": drawn} if drawn else {}))


def _of_grid(grid: Grid) -> dict[str, Any]:
    rows = []
    for line in grid.lines:
        label = ": ".join(filter(None, (line.group, line.label))) + (" *" if line.computed else "")
        rows.append([label, *(written(one) + (" *" if head.computed else "") for head, one in line.cells)])
    caption = " · ".join(filter(None, (grid.caption, "numărat din evidență" if grid.computed else "")))
    return {
        "caption": caption,
        "head": [grid.corner, *(head.label for head in grid.heads)],
        "words": [True, *(head.words for head in grid.heads)],
        "widths": [_width(head.words, [row[at] for row in rows]) for at, head in enumerate(grid.heads, 1)],
        "sums": [line.total for line in grid.lines],
        "rows": rows,
    }


def _width(is_words: bool, cells: list[str]) -> float:
    """The share of a column: of words by the longest of them."""
    return min(4.0, max(1.0, max(map(len, cells), default=0) / 12)) if is_words else 1.0


def sheet_paper(sheet: Sheet, form: SheetForm) -> bytes:
    """The sheet as it was signed, with who signed it."""
    with translation.override(LANGUAGE):
        signed = (
            f"Semnată de {sheet.signed_by}, {sheet.signed_at:%d.%m.%Y}."
            if sheet.signed_at
            else "Ciornă, nesemnată."
        )
        content = {
            "title": f"{spoken(form.title)}, {sheet.period}",
            "author": str(sheet.organization),
            "lead": [str(sheet.organization), f"Către: {spoken(form.to_name)}"],
            "tables": [
                {
                    "caption": spoken(part.title),
                    "head": ["", *(spoken(column.label) for column in part.columns)],
                    "words": [True, *(False for _column in part.columns)],
                    "widths": [1.0 for _column in part.columns],
                    "sums": [False for _row in part.rows],
                    "rows": [
                        [
                            spoken(row.label),
                            *(_said(sheet.value(row.key, column.key)) for column in part.columns),
                        ]
                        for row in part.rows
                    ],
                }
                for part in form.parts
            ],
            "notes": [signed, f"Modelul fișei: {form.source}."],
        }
    return pdf(_FOLDER, content, timezone.localtime())


def _said(value: int | None) -> str:
    return DASH if value is None else str(value)
