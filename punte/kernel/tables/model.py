"""The model file of an import: the header to fill in under, and a sheet that says what to write in each column."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from punte.kernel.tables.shape import Column
from punte.kernel.tables.writing import write_xlsx


def write_model(columns: Sequence[Column], *, title: str) -> bytes:
    """A workbook with an empty table and its explanations.

    Args:
        title: the name of the sheet that is filled in.
    """
    explained = [
        [
            str(column.title),
            _("yes") if column.required else _("no"),
            str(column.hint),
            column.example,
        ]
        for column in columns
    ]
    heading = [_("Column"), _("Must be filled in"), _("What is written in it"), _("For example")]
    return write_xlsx(
        {title: [[str(column.title) for column in columns]], _("How to fill in"): [heading, *explained]}
    )
