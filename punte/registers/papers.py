"""The papers that entries print, as content: `content/templates/<name>/paper.yaml`, one layout for all of them."""

import string
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from django.conf import settings

from punte.kernel.own_content import until_changed
from punte.methodology.definition_files import one_of, only, read_flag, some_of
from punte.methodology.errors import PackError, gettext_noop
from punte.methodology.source_files import Section, read_yaml
from punte.registers.definition import Definition

_FILE = "paper.yaml"
_TOP = {
    *(
        "title",
        "plain",
        "known_only",
        "without_address",
        "legal_basis",
        "text",
        "fields",
        "tables",
        "closing",
        "signatures",
        "notice",
        "source",
    ),
}
_TABLE = {"title", "register", "by", "columns"}
_SIGNATURE = {"role", "who", "detail"}
Who = Literal["issuer", "coordinator", "family", "other"]
_WHO: tuple[Who, ...] = ("issuer", "coordinator", "family", "other")
_MOST_SIGNATURES = 3
OF_PAPER = ("subject", "address", "institution", "start", "end", "state", "today")
"""What the sentences of a paper may put in beside the fields of the entry."""


@dataclass(frozen=True)
class PaperTable:
    """The entries of another register that name this one in a field, a line each."""

    title: str
    register: str
    by: str
    columns: tuple[str, ...]


@dataclass(frozen=True)
class PaperSignature:
    """A place to sign."""

    role: str
    who: Who
    detail: str


@dataclass(frozen=True)
class RegisterPaper:
    """A paper of an entry; its words are Romanian, as on every paper.

    Attributes:
        plain: whether it tells neither who keeps the record nor whom it is about: it may be found by others.
        known_only: whether a field that says nothing is left out; else it is a line to write on.
        without_address: whether it does not tell where they live.
        text, closing: sentences before and after what the entry says, with `{field}` put in by name alone.
        fields: which fields are told in lines; all where None.
    """

    key: str
    title: str
    plain: bool
    known_only: bool
    without_address: bool
    legal_basis: tuple[str, ...]
    text: tuple[str, ...]
    fields: tuple[str, ...] | None
    tables: tuple[PaperTable, ...]
    closing: tuple[str, ...]
    signatures: tuple[PaperSignature, ...]
    notice: str


def paper_files() -> Mapping[str, Path]:
    """The files of papers of entries by their key; of the same key the operator's own goes first."""
    own = (settings.OWN_CONTENT,) if settings.OWN_CONTENT else ()
    places = [Path(place) / "templates" for place in (settings.CONTENT, *own)]
    return {path.parent.name: path for place in places for path in sorted(place.glob(f"*/{_FILE}"))}


def paper_named(key: str) -> RegisterPaper:
    """A paper of entries.

    Raises:
        PackError: there is none such, or its file does not hold together.
    """
    path = paper_files().get(key)
    if path is None:
        raise PackError(gettext_noop("unknown %(key)s: %(value)s"), key, 1, key="papers", value=key)
    return _read(path)


@until_changed
def _read(path: Path) -> RegisterPaper:
    top = read_yaml(path)
    only(top, _TOP)
    signatures = tuple(_signature(one) for one in top.items_of("signatures"))
    if len(signatures) > _MOST_SIGNATURES:
        raise top.error(gettext_noop("at most three places to sign"), "signatures")
    return RegisterPaper(
        key=path.parent.name,
        title=top.text("title"),
        plain=read_flag(top, "plain"),
        known_only=read_flag(top, "known_only"),
        without_address=read_flag(top, "without_address"),
        legal_basis=tuple(top.texts("legal_basis")),
        text=tuple(top.texts("text")),
        fields=tuple(top.texts("fields")) if "fields" in top else None,
        tables=tuple(_table(one) for one in top.items_of("tables")),
        closing=tuple(top.texts("closing")),
        signatures=signatures,
        notice=top.text("notice", ""),
    )


def _table(section: Section) -> PaperTable:
    only(section, _TABLE)
    return PaperTable(
        section.text("title"), section.text("register"), section.text("by"), tuple(section.texts("columns"))
    )


def _signature(section: Section) -> PaperSignature:
    only(section, _SIGNATURE)
    who: Who = one_of(section, "who", _WHO, "other")
    return PaperSignature(section.text("role"), who, section.text("detail", ""))


def refuse_what_cannot_be_printed(one: Definition, known: Mapping[str, Definition], key: str) -> None:
    """Refuse a paper that names what the register, or another whose entries it tells, has not.

    Raises:
        PackError: at the line of the paper's file.
    """
    paper, path = paper_named(key), paper_files()[key]
    top = read_yaml(path)
    some_of(top, "fields", one.fields)
    for name in ("text", "closing"):
        for word in _named_in(top, name):
            if word not in one.fields and word not in OF_PAPER:
                raise top.error(gettext_noop("unknown %(key)s: %(value)s"), name, key=name, value=word)
    for section, table in zip(top.items_of("tables"), paper.tables, strict=True):
        other = known.get(table.register)
        _require(section, "register", table.register, known)
        assert other is not None
        naming = [name for name, field in other.fields.items() if field.of == one.key]
        _require(section, "by", table.by, naming)
        some_of(section, "columns", [*other.fields, "start", "end", "state"])


def _require(section: Section, key: str, word: str, known: Collection[str]) -> None:
    if word not in known:
        raise section.error(gettext_noop("unknown %(key)s: %(value)s"), key, key=key, value=word)


def _named_in(top: Section, key: str) -> Iterator[str]:
    try:
        for text in top.texts(key):
            for _text, name, spec, conversion in string.Formatter().parse(text):
                if name is not None:
                    if spec or conversion or not name.isidentifier():
                        raise top.error(gettext_noop("a line puts values in by their name alone"), key)
                    yield name
    except ValueError as error:
        raise top.error(gettext_noop("a bracket of the line is not closed"), key) from error
