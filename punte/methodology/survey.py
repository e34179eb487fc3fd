"""The XLSForm sheets of a pack, read as questions with their types, choices and labels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from punte.methodology.errors import PackError, gettext_noop
from punte.methodology.model import LANGUAGES, FactType, Question, Text
from punte.methodology.source_files import read_sheet

LANGUAGE_NAMES = {"ro": "Română (ro)", "en": "English (en)"}
YESNO_LIST = "yesno"

_TYPES: dict[str, FactType] = {"text": "text", "integer": "integer", "decimal": "decimal", "date": "date"}
_UNLABELLED = {
    "hidden",
    "calculate",
    "start",
    "end",
    "today",
    "deviceid",
    "begin_repeat",
    "end_repeat",
    "end_group",
}


@dataclass(frozen=True)
class Survey:
    """The sheets as read: rows for the form compiler, questions for the rules."""

    survey: list[dict[str, str]]
    choices: list[dict[str, str]]
    settings: dict[str, str]
    questions: Mapping[str, Question]
    repeat: str


def read_survey(folder: Path) -> Survey:
    """Read ``survey.csv``, ``choices.csv`` and ``settings.csv`` of a pack.

    Raises:
        PackError: a missing label in either language, an unknown list of choices, a name used twice.
    """
    choices_rows = read_sheet(folder / "choices.csv")
    lists = _choice_lists(folder, choices_rows)
    rows = read_sheet(folder / "survey.csv")
    questions, repeat = _Questions(folder / "survey.csv", lists).read(rows)
    settings = read_sheet(folder / "settings.csv")
    if not settings:
        raise PackError(gettext_noop("the settings are missing"), str(folder / "settings.csv"), 1)
    return Survey(
        [dict(row) for _, row in rows],
        [dict(row) for _, row in choices_rows],
        dict(settings[0][1]),
        questions,
        repeat,
    )


def _label(file: Path, line: int, row: Mapping[str, str]) -> Text:
    label = {language: row.get(f"label::{LANGUAGE_NAMES[language]}", "") for language in LANGUAGES}
    for language, text in label.items():
        if not text:
            raise PackError(
                gettext_noop("%(name)s has no label in language %(language)s"),
                str(file),
                line,
                name=row.get("name", ""),
                language=language,
            )
    return label


def _choice_lists(folder: Path, rows: list[tuple[int, Mapping[str, str]]]) -> dict[str, dict[str, Text]]:
    file = folder / "choices.csv"
    lists: dict[str, dict[str, Text]] = {}
    for line, row in rows:
        choices = lists.setdefault(row.get("list_name", ""), {})
        name = row.get("name", "")
        if name in choices:
            raise PackError(gettext_noop("the answer %(name)s is given twice"), str(file), line, name=name)
        choices[name] = _label(file, line, row)
    return lists


class _Questions:
    """Walks the survey rows, keeping the path of groups."""

    def __init__(self, file: Path, lists: Mapping[str, Mapping[str, Text]]) -> None:
        self.file = file
        self.lists = lists
        self.path: list[str] = []
        self.repeat = ""
        self.in_repeat = False
        self.found: dict[str, Question] = {}

    def read(self, rows: list[tuple[int, Mapping[str, str]]]) -> tuple[dict[str, Question], str]:
        for line, row in rows:
            self._row(line, row)
        return self.found, self.repeat

    def _row(self, line: int, row: Mapping[str, str]) -> None:
        kind, name = row.get("type", ""), row.get("name", "")
        label = {} if kind in _UNLABELLED else _label(self.file, line, row)
        if kind.startswith("begin"):
            self.path.append(name)
        if kind == "begin_repeat":
            self.repeat, self.in_repeat = "/".join(self.path), True
        if kind.startswith("end_"):
            self.in_repeat = self.in_repeat and kind != "end_repeat"
            self.path.pop()
        elif not kind.startswith("begin"):
            self._question(line, row, kind, name, label)

    def _question(self, line: int, row: Mapping[str, str], kind: str, name: str, label: Text) -> None:
        if name in self.found:
            raise PackError(gettext_noop("%(key)s is given twice"), str(self.file), line, key=name)
        type_, choices = self._type(line, kind)
        self.found[name] = Question(
            name,
            "member" if self.in_repeat else "household",
            type_,
            choices,
            label,
            "/".join([*self.path, name]),
            "relevant" in row,
            line,
        )

    def _type(self, line: int, kind: str) -> tuple[FactType | None, Mapping[str, Text]]:
        if not kind.startswith("select_one "):
            return _TYPES.get(kind), {}
        list_name = kind.split()[1]
        if list_name not in self.lists:
            raise PackError(
                gettext_noop("unknown list of answers: %(name)s"), str(self.file), line, name=list_name
            )
        return ("yesno" if list_name == YESNO_LIST else "choice"), self.lists[list_name]
