"""The XLSForm sheets of a pack, read as questions with their types, choices and labels."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from punte.methodology.errors import PackError, gettext_noop
from punte.methodology.model import LANGUAGES, About, FactType, Question, Table, Text
from punte.methodology.served import refuse_files, refuse_unserved
from punte.methodology.source_files import read_sheet

LANGUAGE_NAMES = {"ro": "Română (ro)", "en": "English (en)"}
YESNO_LIST = "yesno"
OF_THE_VISIT = ("household_id", "uat_siruta", "visit_date")
"""What a form about one person says of the household and of the day."""

_TYPES: dict[str, FactType] = {"text": "text", "integer": "integer", "decimal": "decimal", "date": "date"}
_UNLABELLED = {"hidden", "calculate", "start", "end", "today", "deviceid", "begin_repeat"}
_BEGINS, _ENDS = ("begin_group", "begin_repeat"), ("end_group", "end_repeat")
_SPELLINGS = (
    (re.compile(r"^(begin|end)[ _](?:lgroup|looped group|repeat)$"), r"\1_repeat"),
    (re.compile(r"^(begin|end)[ _]group$"), r"\1_group"),
    (re.compile(r"^select[ _]one(?= |$)|^select1(?= |$)"), "select_one"),
)
_FIXED = re.compile(r"(?:date\()?\s*'([^']*)'\s*\)?")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_YES = {"yes", "true", "true()"}


@dataclass(frozen=True)
class Survey:
    """The sheets as read: rows for the form compiler, questions for the rules.

    ``repeat`` is that of the members, empty in a form about one person. ``lines`` are the lines of the survey's rows in
    its file.
    """

    survey: list[dict[str, str]]
    choices: list[dict[str, str]]
    settings: dict[str, str]
    questions: Mapping[str, Question]
    repeat: str
    lines: list[int]


def read_survey(folder: Path, *, about: About = "household") -> Survey:
    """Read ``survey.csv``, ``choices.csv`` and ``settings.csv`` of a pack.

    Raises:
        PackError: a missing label in either language, an unknown list of choices, a name used twice, groups that do
            not begin and end in pairs, members that are not repeated once and at the top, something that no
            questionnaire is served with.
    """
    settings = read_sheet(folder / "settings.csv")
    if not settings:
        raise PackError(gettext_noop("the settings are missing"), str(folder / "settings.csv"), 1)
    twice = settings[0][1].get("allow_choice_duplicates", "").lower() in _YES
    choices_rows = read_sheet(folder / "choices.csv")
    lists = _choice_lists(folder, choices_rows, twice=twice)
    rows = [(line, _spelt(row)) for line, row in read_sheet(folder / "survey.csv")]
    questions, repeat = _Questions(folder / "survey.csv", lists, about).read(rows)
    return Survey(
        [dict(row) for _, row in rows],
        [dict(row) for _, row in choices_rows],
        dict(settings[0][1]),
        questions,
        repeat,
        [line for line, _ in rows],
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


def _spelt(row: Mapping[str, str]) -> Mapping[str, str]:
    """The row with its type in the one spelling that is compared, of the several that XLSForm has.

    A first value that is one constant is written as such, so that it needs no working out in any door.
    """
    kind = " ".join(row.get("type", "").split())
    for spelling, one in _SPELLINGS:
        kind = spelling.sub(one, kind)
    made = {**row, "type": kind} if kind else dict(row)
    fixed = _FIXED.fullmatch(row.get("default", ""))
    if fixed:
        made["default"] = fixed[1]
    return made


def _choice_lists(
    folder: Path, rows: list[tuple[int, Mapping[str, str]]], *, twice: bool
) -> dict[str, dict[str, Text]]:
    """The answers of each list; `twice` lets a name stand several times, for lists filtered by another answer."""
    file = folder / "choices.csv"
    lists: dict[str, dict[str, Text]] = {}
    for line, row in rows:
        choices = lists.setdefault(row.get("list_name", ""), {})
        name = row.get("name", "")
        if not name or not row.get("list_name"):
            raise PackError(gettext_noop("an answer needs a list_name and a name"), str(file), line)
        refuse_files(file, line, row)
        if name in choices and twice:
            continue
        if name in choices:
            raise PackError(gettext_noop("the answer %(name)s is given twice"), str(file), line, name=name)
        choices[name] = _label(file, line, row)
    return lists


class _Questions:
    """Walks the survey rows, keeping the path of groups."""

    def __init__(self, file: Path, lists: Mapping[str, Mapping[str, Text]], about: About) -> None:
        self.file = file
        self.lists = lists
        self.about = about
        self.path: list[str] = []
        self.open: list[tuple[str, int]] = []
        self.repeat = ""
        self.in_repeat = False
        self.found: dict[str, Question] = {}

    def read(self, rows: list[tuple[int, Mapping[str, str]]]) -> tuple[dict[str, Question], str]:
        for line, row in rows:
            self._row(line, row)
        if self.open:
            kind, line = self.open[-1]
            raise self._error(gettext_noop("%(kind)s is not ended"), line, kind=kind)
        if not self.repeat and self.about == "household":
            last = rows[-1][0] if rows else 1
            raise self._error(
                gettext_noop("there is no begin_repeat, for the members of the household"), last
            )
        return self.found, self.repeat

    def _row(self, line: int, row: Mapping[str, str]) -> None:
        kind, name = row.get("type", ""), row.get("name", "")
        if not kind:
            raise self._error(gettext_noop("the row has no type"), line)
        if kind in _ENDS:
            self._end(line, kind)
            return
        if not _NAME.fullmatch(name):
            raise self._error(
                gettext_noop(
                    "not a name: “%(name)s”. Letters without diacritics, digits and _, first a letter."
                ),
                line,
                name=name,
            )
        refuse_unserved(self.file, line, row)
        label = {} if kind in _UNLABELLED else _label(self.file, line, row)
        if kind in _BEGINS:
            self._begin(line, kind, name)
        else:
            self._question(line, row, kind, name, label)

    def _begin(self, line: int, kind: str, name: str) -> None:
        self.path.append(name)
        self.open.append((kind, line))
        if kind == "begin_repeat":
            if self.about == "person":
                raise self._error(gettext_noop("a form about one person has no begin_repeat"), line)
            if self.repeat:
                raise self._error(gettext_noop("a form has one begin_repeat, for the members"), line)
            if len(self.path) > 1:
                message = gettext_noop("begin_repeat stands in the group %(name)s; it can be in none")
                raise self._error(message, line, name=self.path[-2])
            self.repeat, self.in_repeat = name, True

    def _end(self, line: int, kind: str) -> None:
        begin = kind.replace("end", "begin")
        if not self.open or self.open[-1][0] != begin:
            raise self._error(
                gettext_noop("%(end)s without a %(begin)s before it"), line, end=kind, begin=begin
            )
        self.open.pop()
        self.path.pop()
        self.in_repeat = self.in_repeat and kind != "end_repeat"

    def _error(self, message: str, line: int, **params: object) -> PackError:
        return PackError(message, str(self.file), line, **params)

    def _question(self, line: int, row: Mapping[str, str], kind: str, name: str, label: Text) -> None:
        if name in self.found:
            raise PackError(gettext_noop("%(key)s is given twice"), str(self.file), line, key=name)
        type_, choices = self._type(line, kind)
        of_member = self.in_repeat if self.about == "household" else name not in OF_THE_VISIT
        table: Table = "member" if of_member else "household"
        path = [*self.path, name]
        self.found[name] = Question(
            name,
            table,
            type_,
            choices,
            label,
            "/".join(path),
            "/".join(path[1:] if self.in_repeat else path),
            "relevant" in row,
            line,
        )

    def _type(self, line: int, kind: str) -> tuple[FactType | None, Mapping[str, Text]]:
        if not kind.startswith("select_one"):
            return _TYPES.get(kind), {}
        list_name = kind.removeprefix("select_one").strip().split(" ")[0]
        if list_name not in self.lists:
            raise PackError(
                gettext_noop("unknown list of answers: %(name)s"), str(self.file), line, name=list_name
            )
        return ("yesno" if list_name == YESNO_LIST else "choice"), self.lists[list_name]
