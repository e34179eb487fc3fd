"""The questions of `content/lookback` and their answers from the newest extract."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from punte.kernel.evidence import EVIDENCE, NOT_KNOWN_FOR_SURE
from punte.kernel.own_content import content_files
from punte.methodology.definition_files import one_of, only, read_each, read_key, read_text
from punte.methodology.model import Text
from punte.methodology.source_files import Section, read_yaml, text_of
from punte.statistics.actions.publish_table import newest_extract
from punte.statistics.lookback.reckoning import Case, Change, LookedBack, changes, look_back
from punte.statistics.publishing.cube import rows_of

_LEAST = 20
_ROUNDS = "statistics/changes_between_visits.sql"


@dataclass(frozen=True)
class Group:
    """What tells groups apart: its title, and its values by their names."""

    title: Text
    values: Mapping[str, Text]


@dataclass(frozen=True)
class Question:
    """One question, as its file asks it."""

    key: str
    title: Text
    asks: Text
    happened: Text
    bands: Mapping[str, Text]
    decisions: Mapping[str, Text]
    overridden: Text
    groups: Mapping[str, Group]
    least: int
    query: str
    source: str
    is_proposal: bool


def questions() -> dict[str, Question]:
    """All of them by their keys.

    Raises:
        PackError: a file does not hold together.
    """
    return read_each(content_files("lookback"), lambda path, _own: _read(path))


def answered(question: Question) -> LookedBack | None:
    """What the newest extract says; None where there is none."""
    newest = newest_extract()
    if newest is None:
        return None
    cases = [
        Case(
            band=row["band"],
            decision=row["decision"],
            overridden=bool(row["overridden"]),
            happened=bool(row["happened"]),
            groups={name: row[name] for name in question.groups},
        )
        for row in rows_of(question.query, newest[1])
        if row["happened"] is not None and row["band"] in question.bands
    ]
    return look_back(cases, bands=list(question.bands), least=question.least)


def rounds() -> dict[tuple[str, bool, str], Change] | None:
    """What changed in each place and dimension between the first and the last visit of the same homes.

    By the name of a community (or the SIRUTA of a place), whether it is a community, and the dimension.
    """
    newest = newest_extract()
    if newest is None:
        return None
    pairs: dict[tuple[str, bool, str], list[tuple[bool, bool]]] = {}
    for row in rows_of(text_of(settings.CONTENT / _ROUNDS), newest[1]):
        name = (row["place"], row["is_community"], row["dimension"])
        pairs.setdefault(name, []).append((row["was"], row["now"]))
    return changes(pairs, least=_LEAST)


def _read(path: Path) -> Question:
    top = read_yaml(path)
    known = {"key", "title", "asks", "happened", "bands", "decisions", "overridden", "groups", "least"}
    key = read_key(top, {*known, "source", "evidence"}, file_key=path.stem)
    return Question(
        key=key,
        title=read_text(top, "title"),
        asks=read_text(top, "asks"),
        happened=read_text(top, "happened"),
        bands=_texts(top, "bands"),
        decisions=_texts(top, "decisions"),
        overridden=read_text(top, "overridden"),
        groups={name: _group(one) for name, one in top.section("groups").sections()},
        least=max(int(top.text("least", str(_LEAST))), _LEAST),
        query=text_of(path.with_suffix(".sql")),
        source=top.text("source"),
        is_proposal=one_of(top, "evidence", EVIDENCE) in NOT_KNOWN_FOR_SURE,
    )


def _group(section: Section) -> Group:
    only(section, {"title", "values"})
    return Group(read_text(section, "title"), _texts(section, "values"))


def _texts(section: Section, key: str) -> dict[str, Any]:
    inside = section.section(key)
    return {name: read_text(inside, name) for name in inside}
