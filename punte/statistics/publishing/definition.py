"""A table that may be published, as its file defines it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from punte.kernel.evidence import EVIDENCE, NOT_KNOWN_FOR_SURE
from punte.kernel.own_content import content_files
from punte.methodology.definition_files import one_of, only, read_each, read_flag, read_key
from punte.methodology.errors import gettext_noop
from punte.methodology.model import Text
from punte.methodology.source_files import Section, read_yaml, text_of

LANGUAGES = ("ro", "en", "hu")
AREA, YEAR = "area", "year"


@dataclass(frozen=True)
class Code:
    """A value of a dimension, and the one that it belongs to."""

    parent: str
    label: Text


@dataclass(frozen=True)
class Dimension:
    """What the table tells apart, besides places and years."""

    key: str
    title: Text
    codes: Mapping[str, Code]


@dataclass(frozen=True)
class TableDefinition:
    """A table of `content/tables` or the operator's own folder.

    Attributes:
        counts: what is counted; tables that count the same are linked by their sums.
        adds: whether the numbers of several years make one number.
    """

    key: str
    title: Text
    about: Text
    counts: str
    adds: bool
    dimensions: Sequence[Dimension]
    query: str
    source: str
    is_proposal: bool


def table_definitions() -> dict[str, TableDefinition]:
    """All of them by their keys.

    Raises:
        PackError: a file does not hold together.
    """
    return read_each(content_files("tables"), lambda path, _own: _read(path))


def _read(path: Path) -> TableDefinition:
    top = read_yaml(path)
    known = {"key", "title", "about", "counts", "adds", "dimensions", "source", "evidence"}
    key = read_key(top, known, file_key=path.stem)
    return TableDefinition(
        key=key,
        title=_said(top.section("title")),
        about=_said(top.section("about")),
        counts=top.text("counts"),
        adds=read_flag(top, "adds"),
        dimensions=[_dimension(one) for one in top.items_of("dimensions")],
        query=text_of(path.with_suffix(".sql")),
        source=top.text("source"),
        is_proposal=one_of(top, "evidence", EVIDENCE) in NOT_KNOWN_FOR_SURE,
    )


def _dimension(section: Section) -> Dimension:
    only(section, {"key", "title", "codes"})
    codes = {}
    for name, code in section.section("codes").sections():
        parent = code.text("in", "")
        if parent and parent not in codes:
            raise code.error(gettext_noop("unknown word: %(word)s"), "in", word=parent)
        codes[name] = Code(parent, _said(code))
    return Dimension(section.text("key"), _said(section.section("title")), codes)


def _said(section: Section) -> Text:
    return {language: section.text(language) for language in LANGUAGES}
