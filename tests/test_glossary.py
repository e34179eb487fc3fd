"""Every word of the glossary lives in the code, where the page says."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "docs" / "glossary.md").read_text("utf-8").splitlines()
    if line.startswith("| ") and not line.startswith("| English")
]


@cache
def names_in(room: str) -> frozenset[str]:
    """Modules, classes, functions and fields of a room."""
    names = set()
    for path in (ROOT / "punte" / room).rglob("*.py"):
        if "migrations" in path.parts:
            continue
        names |= {path.stem, path.parent.name}
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef | ast.FunctionDef):
                names.add(node.name)
            elif isinstance(node, ast.Assign | ast.AnnAssign):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                names |= {target.id for target in targets if isinstance(target, ast.Name)}
    return frozenset(names)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_word_lives_where_the_page_says(row: list[str]) -> None:
    word, _romanian, _meaning, code = row
    places = re.findall(r"`(\w+)\.(\w+)`", code)
    assert places, word
    assert not [f"{room}.{name}" for room, name in places if name not in names_in(room)]


def test_the_words_are_in_the_order_of_the_alphabet() -> None:
    words = [row[0].lower() for row in ROWS]
    assert words == sorted(words)
