"""The tables of the plan for 2024 as its document prints them: `printed_2024.tsv`, a line number before each line.

Where a page ended in the middle of a row, the row is put together again here, apart from the files that the
installation reads.
"""

import re
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

Row = list[str]
_FILE = Path(__file__).with_name("printed_2024.tsv")
_AMOUNTS = 5


@lru_cache(maxsize=1)
def tables() -> dict[str, list[Row]]:
    """Lines by table; the first cell is the line number."""
    found: dict[str, list[Row]] = {}
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            rows = found.setdefault(line[3:], [])
        else:
            rows.append([" ".join(cell.split()) for cell in line.split("\t")])
    return found


def plain(text: str) -> str:
    """Letters and digits only: what a table breaks across lines, and its dashes, are no difference."""
    return re.sub(r"[\W_]", "", text).lower()


def number(cell: str) -> Decimal | None:
    """A printed amount in thousand lei."""
    return Decimal(cell.replace(",", ".")) if re.search(r"\d", cell) else None


def services() -> list[tuple[str, str, str, str, list[Decimal | None]]]:
    """I.A: provider, service with its code, capacity, occupancy and the five amounts in thousand lei."""
    rows: list[tuple[str, str, str, str, list[Decimal | None]]] = []
    provider = ""
    for _line, *cells in tables()["I.A"]:
        cells += [""] * (10 - len(cells))
        if not any(cells[3:]):
            words = [cell for cell in cells if cell]
            before = rows[-1]
            provider += words[0] if len(words) > 1 else ""
            rows[-1] = (provider, before[1] + words[-1], *before[2:])
            continue
        slid = not cells[0] and bool(cells[1])
        name, capacity, occupancy, *amounts = cells[1:] if slid else cells[2:]
        provider = cells[1] if cells[0] else provider
        shown = [number(cell) for cell in amounts[:_AMOUNTS]]
        rows.append((provider, name, capacity.strip("-"), occupancy.strip("-"), shown))
    return rows


def eligible() -> list[tuple[int, str, str]]:
    """I.D.1: number, name, and what stands in the column of the code."""
    rows = []
    for _line, *cells in tables()["I.D.1"]:
        first = re.match(r"(\d+)\. ?(.*)", cells[0])
        assert first
        name = first[2] or cells[1]
        rows.append((int(first[1]), name, cells[-1]))
    return rows


def subsidies() -> list[tuple[str, str, str]]:
    """I.D.3: number, code and amount, as printed; the total under them has no code."""
    rows = []
    for _line, number_, code, *amount in tables()["I.D.3"]:
        rows.append((number_.strip("."), code, (amount or [""])[0]))
    return rows


def campaigns() -> list[tuple[int, str]]:
    """II.4: number and everything that the row says, run together; a broken row takes the words that follow it."""
    rows: list[tuple[int, str]] = []
    for _line, *cells in tables()["II.4"]:
        words = "".join(cells[1:])
        first = re.match(r"(\d+)", cells[0])
        if first:
            rows.append((int(first[1]), words))
        else:
            rows[-1] = (rows[-1][0], rows[-1][1] + words)
    return rows
