"""Tables that people send and receive, as CSV and XLSX: read strictly, with every problem named by its place."""

from punte.kernel.tables.guesses import Guess, Guessed, Guesses
from punte.kernel.tables.model import write_model
from punte.kernel.tables.places import locality, settlement
from punte.kernel.tables.readers import (
    choice,
    code,
    date,
    email,
    integer,
    money,
    percent,
    phone,
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
    Spoiled,
    TableRow,
    Unreadable,
)
from punte.kernel.tables.sheets import Sheet, read_sheets
from punte.kernel.tables.writing import write_csv, write_xlsx

__all__ = [
    "LIMITS",
    "Cell",
    "Column",
    "DamagedTable",
    "Guess",
    "Guessed",
    "Guesses",
    "Limits",
    "Problem",
    "Reader",
    "Sheet",
    "Spoiled",
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
    "phone",
    "read_sheets",
    "read_table",
    "settlement",
    "text",
    "write_csv",
    "write_model",
    "write_xlsx",
    "yes_no",
]
