"""How rows are locked."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings


def test_a_lock_lets_others_refer_to_the_row() -> None:
    """A lock on the key too would wait for whoever commits a row that refers to it, and they for each other."""
    locks = [found for path in sorted((settings.ROOT / "punte").rglob("*.py")) for found in _locks(path)]
    assert locks
    assert not [where for where, options in locks if "no_key" not in options]


def _locks(path: Path) -> Iterator[tuple[str, set[str | None]]]:
    text = path.read_text(encoding="utf-8")
    if "select_for_update" not in text:
        return
    for call in ast.walk(ast.parse(text)):
        if isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "select_for_update":
            yield f"{path}:{call.lineno}", {keyword.arg for keyword in call.keywords}
