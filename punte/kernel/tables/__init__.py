"""Tables that people send and receive, as CSV and XLSX: read strictly, with every problem named by its place."""

from punte.kernel.tables.model import write_model
from punte.kernel.tables.readers import (
    choice,
    code,
    date,
    email,
    integer,
    locality,
    money,
    percent,
    text,
    yes_no,
)
from punte.kernel.tables.reading import read_table
from punte.kernel.tables.shape import (
    LIMITS,
    Cell,
    Column,
    DamagedTable,
    Limits,
    Problem,
    Reader,
    TableRow,
    Unreadable,
)
from punte.kernel.tables.writing import write_csv, write_xlsx

__all__ = [
    "LIMITS",
    "Cell",
    "Column",
    "DamagedTable",
    "Limits",
    "Problem",
    "Reader",
    "TableRow",
    "Unreadable",
    "choice",
    "code",
    "date",
    "email",
    "integer",
    "locality",
    "money",
    "percent",
    "read_table",
    "text",
    "write_csv",
    "write_model",
    "write_xlsx",
    "yes_no",
]
