"""Where a table begins: its header under a title, and what only numbers its lines or columns."""

from collections.abc import Sequence

from punte.kernel.tables.shape import Cell
from punte.kernel.text import fold

SEARCHED = 20
_NUMBERING = {"nr crt", "nr", "numar curent", "numarul curent", "nr curent", "crt", "no", "nr ord", "nr rand"}
_LEAST_NUMBERED = 3


def score(cells: Sequence[object], titles: frozenset[str]) -> int:
    """How many of the titles stand on a line; 0 where it cannot be the header."""
    words = {fold(cell) for cell in cells if isinstance(cell, str) and not numbers_lines(cell)} - {""}
    found = len(titles & words)
    enough = found >= min(2, len(titles)) and 2 * found >= min(len(words), len(titles))
    return found if enough else 0


def header_at(lines: Sequence[Sequence[object]], titles: frozenset[str]) -> int | None:
    """Which of the first lines is the header; the first of the best, None where none looks like one."""
    scores = [score(cells, titles) for cells in lines[:SEARCHED]]
    best = max(scores, default=0)
    return scores.index(best) if best else None


def numbers_lines(title: str) -> bool:
    """Whether a column of this title only numbers the lines („Nr. crt.”, „#”)."""
    return fold(title) in _NUMBERING or title.strip() in ("#", "№")


def is_number_of_line(cell: Cell | None) -> bool:
    """Whether a cell only numbers its line: `7`, `7.`, nothing."""
    if cell is None or isinstance(cell, int) and not isinstance(cell, bool):
        return True
    if isinstance(cell, float):
        return cell.is_integer()
    return isinstance(cell, str) and cell.rstrip(".)").isdecimal()


def numbers_columns(cells: Sequence[Cell | None], *, width: int) -> bool:
    """Whether the line below a header only numbers its columns: 0, 1, 2… or 1, 2, 3… under every title."""
    written = [str(cell).strip("().") for cell in cells if cell is not None]
    if len(written) < max(width, _LEAST_NUMBERED) or not all(one.isdecimal() for one in written):
        return False
    numbers = [int(one) for one in written]
    return numbers[0] in (0, 1) and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
