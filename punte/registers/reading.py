"""Read `content/registers/<key>.yaml`: what is wrong with one is said with its file and line."""

from __future__ import annotations

import string
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Literal

from punte.accounts.enums import SEALED_COMPARTMENTS
from punte.directory.parameters import service_parameters
from punte.kernel.evidence import EVIDENCE
from punte.methodology.definition_files import (
    one_of,
    only,
    read_flag,
    read_key,
    read_text,
    require_name,
    some_of,
)
from punte.methodology.errors import MethodologyError, PackError, gettext_noop
from punte.methodology.expressions import Expression, Kind, Symbol, read_expression
from punte.methodology.model import Text
from punte.methodology.source_files import Section, section_of, text_of
from punte.registers.definition import (
    FINDS,
    MEANINGS,
    OF_ROWS,
    RECORDED,
    SEALS,
    SUBJECTS,
    TYPES,
    WITHDRAWN,
    Check,
    Choice,
    Definition,
    Field,
    FieldType,
    Find,
    Meaning,
    Move,
    OnPaper,
    Seals,
)
from punte.registers.second_person_reading import read_readers, read_second_person
from punte.registers.series import read_writes
from punte.registers.totals.reading import read_totals

_TOP = {
    *("key", "version", "title", "about", "period", "overlap", "alone_by", "compartment", "fields", "states"),
    *("begins", "holds", "moves", "checks", "line", "none_yet", "source", "evidence"),
    *("seals", "outlives", "life_event", "totals", "papers", "beside", "on_paper", "pinned"),
}
_FIELD = {
    *("type", "label", "hint", "required", "choices", "is", "compartment", "was", "listed", "find", "long"),
    *("codes", "of", "checklist"),
}
_MOVE = {"label", "from", "to", "asks", "event", "ends", "second_person", "readers", "writes"}
_CHECK = {"when", "say", "as", "field"}
_CHOICE_TYPES = ("choice", "choices")
_KINDS: dict[FieldType, Kind] = {
    "choice": "choice",
    "yesno": "boolean",
    "integer": "number",
    "decimal": "number",
    "money": "number",
    "date": "date",
}
OF_ENTRY = ("start", "end", "state")
"""What a condition and a line read of an entry beside its fields."""
_OF_FORMS = ("last", "on", "why", "revision", "confirmed")
"""What the forms of an entry ask beside its fields."""
_OF_EXTRACT = ("about", "kept_by")
"""What an extract says of an entry beside its fields."""


def read_definition(path: Path, *, compartments: Collection[str], own: bool = False) -> Definition:
    """The register that a file defines.

    Args:
        path: named after the key.
        compartments: those that a record has.
        own: whether the file lies in the operator's own folder.

    Raises:
        PackError: a word that is not known, a field, state or compartment that is not there, a condition that cannot
            be run, a text that a language lacks.
    """
    text = text_of(path)
    section = section_of(text, str(path))
    return definition_of(section, text=text, key=path.stem, compartments=compartments, own=own)


def definition_of(
    top: Section, *, text: str, key: str, compartments: Collection[str], own: bool = False
) -> Definition:
    """As `read_definition`, of a text that was kept."""
    read_key(top, _TOP, file_key=key)
    return _Reader(top, text, compartments, own).read()


def symbols_of(fields: Mapping[str, Field], states: Collection[str]) -> dict[str, Symbol]:
    """What a condition may read: the typed fields, the period, the state; of a service its dated parameters."""
    read = {
        name: Symbol(_KINDS[one.type], frozenset(choice.key for choice in one.choices))
        for name, one in fields.items()
        if one.type in _KINDS
    }
    if any(one.type == "service" for one in fields.values()):
        read = {key: Symbol("number") for key in service_parameters()} | read
    own = {"start": Symbol("date"), "end": Symbol("date"), "state": Symbol("choice", frozenset(states))}
    return read | own


class _Reader:
    def __init__(self, top: Section, text: str, compartments: Collection[str], own: bool) -> None:
        self.top, self.written, self.compartments, self.own = top, text, compartments, own

    def read(self) -> Definition:
        top = self.top
        fields = {name: self.field(name, one) for name, one in top.section("fields").sections()}
        states = self.states()
        self.check_dates(fields)
        self.check_rows(fields)
        overlap: Literal["allowed", "refused"] = one_of(top, "overlap", ("allowed", "refused"), "allowed")
        return Definition(
            key=top.text("key"),
            version=top.text("version"),
            title=read_text(top, "title"),
            about=one_of(top, "about", SUBJECTS),
            period=one_of(top, "period", ("interval", "day")),
            overlap=overlap,
            alone_by=some_of(top, "alone_by", self.plain(fields)),
            compartment=self.compartment(top, "general"),
            fields=fields,
            states=states,
            begins=some_of(top, "begins", states) or (next(iter(states)),),
            holds=frozenset(some_of(top, "holds", states) or states),
            moves={
                name: self.move(name, one, fields, states) for name, one in top.section("moves").sections()
            },
            checks=tuple(self.check(one, fields, states) for one in top.items_of("checks")),
            line=self.line(fields),
            none_yet=read_text(top, "none_yet") if "none_yet" in top else {},
            source=top.text("source"),
            evidence=one_of(top, "evidence", EVIDENCE),
            seals=self.seals(),
            outlives=read_flag(top, "outlives"),
            life_event=self.life_event(fields),
            totals=read_totals(top, symbols_of(fields, states), closed=_closed(fields)),
            papers=tuple(top.texts("papers")),
            beside=tuple(top.texts("beside")),
            pinned=read_flag(top, "pinned"),
            on_paper=self.on_paper(fields, states),
            own=self.own,
            text=self.written,
        )

    def seals(self) -> Seals:
        """Whom an entry seals; of violence and abuse alone, in which nobody writes but the team of a case."""
        seals: Seals = one_of(self.top, "seals", SEALS, "")
        if seals and seals != self.top.text("about"):
            raise self.top.error(gettext_noop("an entry seals only whom it is about"), "seals")
        if seals and self.top.text("compartment", "") not in SEALED_COMPARTMENTS:
            raise self.top.error(gettext_noop("what seals is of violence or abuse"), "seals")
        return seals

    def life_event(self, fields: Mapping[str, Field]) -> bool:
        """Whether it is about what happened in a life, which has a day and a kind."""
        if not read_flag(self.top, "life_event"):
            return False
        kind = fields.get("kind")
        if kind is None or kind.type != "choice" or kind.compartment or self.top.text("period") != "day":
            raise self.top.error(
                gettext_noop("a life event is of one day and has a choice called kind"), "life_event"
            )
        if any(one.required for name, one in fields.items() if name != "kind"):
            raise self.top.error(
                gettext_noop("of a life event nothing but its kind is required"), "life_event"
            )
        return True

    def field(self, name: str, section: Section) -> Field:
        only(section, _FIELD)
        require_name(self.top.section("fields"), name, name)
        if name in (*OF_ENTRY, *_OF_FORMS, *_OF_EXTRACT):
            raise self.top.section("fields").error(
                gettext_noop("%(name)s is a word of every entry: call the field by another"), name, name=name
            )
        type_: FieldType = one_of(section, "type", TYPES)
        is_: Meaning = one_of(section, "is", MEANINGS, "")
        if is_ and type_ != "date":
            raise section.error(gettext_noop("only a date says when something ends"), "is")
        find: Find = one_of(section, "find", FINDS, "")
        if find and type_ != "text":
            raise section.error(gettext_noop("only a text is found exactly; lists find the rest"), "find")
        listed = read_flag(section, "listed")
        if listed and type_ in ("text", "choices", *OF_ROWS) and type_ != "organization":
            raise section.error(gettext_noop("a field of type %(type)s is not listed"), "listed", type=type_)
        long = read_flag(section, "long")
        if long and (type_ != "text" or find):
            raise section.error(gettext_noop("only a text that is not found exactly is long"), "long")
        if section.texts("codes") and type_ not in ("place", "service"):
            raise section.error(gettext_noop("only a place or a service is of some codes"), "codes")
        of = section.text("of", "") if type_ != "entry" else section.text("of")
        if of and type_ != "entry":
            raise section.error(gettext_noop("only an entry is of a register"), "of")
        if read_flag(section, "checklist") and type_ != "choices":
            raise section.error(gettext_noop("only choices are a checklist"), "checklist")
        return Field(
            name=name,
            type=type_,
            label=read_text(section, "label"),
            hint=read_text(section, "hint") if "hint" in section else {},
            required=read_flag(section, "required"),
            choices=self.choices(section, type_),
            is_=is_,
            compartment=self.compartment(section, ""),
            was=section.text("was", ""),
            listed=listed,
            find=find,
            long=long,
            codes=tuple(section.texts("codes")),
            of=of,
            checklist=read_flag(section, "checklist"),
        )

    def choices(self, section: Section, type_: FieldType) -> tuple[Choice, ...]:
        given = section.section("choices")
        if type_ not in _CHOICE_TYPES:
            if given:
                raise section.error(
                    gettext_noop("a field of type %(type)s has no choices"), "choices", type=type_
                )
            return ()
        if not given:
            raise section.error(gettext_noop("%(key)s is missing"), "choices", key="choices")
        return tuple(self.choice(given, key) for key in given)

    def choice(self, given: Section, key: str) -> Choice:
        require_name(given, key, key)
        words = given.section(key)
        only(words, {"ro", "en", "retired"})
        return Choice(key, read_text(given, key), read_flag(words, "retired"))

    def states(self) -> dict[str, Text]:
        given = self.top.section("states")
        if not given:
            return {RECORDED: {"ro": "înscris", "en": "recorded"}}
        for key in given:
            require_name(given, key, key)
            if key == WITHDRAWN:
                raise given.error(gettext_noop("every register has the state %(name)s"), key, name=key)
        return {key: read_text(given, key) for key in given}

    def move(
        self, name: str, section: Section, fields: Mapping[str, Field], states: Mapping[str, Text]
    ) -> Move:
        only(section, _MOVE)
        require_name(self.top.section("moves"), name, name)
        from_ = some_of(section, "from", states)
        if not from_:
            raise section.error(gettext_noop("%(key)s is missing"), "from", key="from")
        to = section.text("to", "")
        if to and to not in states:
            raise section.error(gettext_noop("unknown %(key)s: %(value)s"), "to", key="to", value=to)
        self._refuse_closed(section, "asks", section.texts("asks"), fields)
        return Move(
            name=name,
            label=read_text(section, "label"),
            from_=from_,
            to=to,
            asks=some_of(section, "asks", fields),
            event=section.text("event", ""),
            ends=read_flag(section, "ends"),
            second_person=read_second_person(section, about=self.top.text("about")),
            readers=read_readers(section),
            writes=read_writes(section, fields),
        )

    def on_paper(self, fields: Mapping[str, Field], states: Mapping[str, Text]) -> OnPaper | None:
        if "on_paper" not in self.top:
            return None
        section = self.top.section("on_paper")
        only(section, {"when", "say"})
        return OnPaper(self.condition(section, fields, states), read_text(section, "say"))

    def check(self, section: Section, fields: Mapping[str, Field], states: Mapping[str, Text]) -> Check:
        only(section, _CHECK)
        when = self.condition(section, fields, states)
        named = section.text("field", "")
        if named and named not in fields and named not in OF_ENTRY:
            raise section.error(gettext_noop("unknown %(key)s: %(value)s"), "field", key="field", value=named)
        as_: Literal["error", "warning"] = one_of(section, "as", ("error", "warning"))
        return Check(when, read_text(section, "say"), as_, named)

    def condition(
        self, section: Section, fields: Mapping[str, Field], states: Mapping[str, Text]
    ) -> Expression:
        """What stands under `when`: true or not of an entry, for everybody who reads the register."""
        try:
            when = read_expression(section.text("when"), symbols_of(fields, states))
        except PackError:
            raise
        except MethodologyError as error:
            raise section.error(error.message, "when", **error.params) from error
        if when.kind != "boolean":
            raise section.error(
                gettext_noop("a check is a question with yes or no: %(text)s"), "when", text=when.text
            )
        self._refuse_closed(section, "when", when.reads, fields)
        return when

    def check_dates(self, fields: Mapping[str, Field]) -> None:
        """An entry ends on one day, and what it is worth ends on one."""
        section = self.top.section("fields")
        for word in ("end", "expires"):
            meaning = [name for name, one in fields.items() if one.is_ == word]
            if len(meaning) > 1:
                raise section.error(gettext_noop("two fields are the %(word)s"), meaning[1], word=word)
            if word == "end" and meaning and self.top.text("period") == "day":
                raise section.error(gettext_noop("what is of one day has no end"), meaning[0])

    def check_rows(self, fields: Mapping[str, Field]) -> None:
        """Whom an entry about a dwelling concerns is one household; a person takes one place."""
        section = self.top.section("fields")
        for name, one in fields.items():
            if one.type == "member" and self.top.text("about") not in ("person", "household", "case"):
                raise section.error(gettext_noop("only a household has members"), name)
        for word, about in (("household", "dwelling"), ("place", "person")):
            named = [name for name, one in fields.items() if one.type == word]
            if named and self.top.text("about") != about:
                raise section.error(
                    gettext_noop("only what is about a %(about)s has a field of type %(type)s"),
                    named[0],
                    about=about,
                    type=word,
                )
            if len(named) > 1:
                raise section.error(gettext_noop("two fields are the %(word)s"), named[1], word=word)
            if word == "place" and named and self.top.text("period") == "day":
                raise section.error(gettext_noop("what is of one day takes no place"), named[0])

    def line(self, fields: Mapping[str, Field]) -> Text:
        line = read_text(self.top, "line")
        for text in line.values():
            try:
                parts = list(string.Formatter().parse(text))
            except ValueError as error:
                raise self.top.error(gettext_noop("a bracket of the line is not closed"), "line") from error
            for _text, name, spec, conversion in parts:
                if name is None:
                    continue
                if name not in fields and name not in OF_ENTRY:
                    raise self.top.error(
                        gettext_noop("unknown %(key)s: %(value)s"), "line", key="line", value=name
                    )
                if spec or conversion:
                    raise self.top.error(gettext_noop("a line puts values in by their name alone"), "line")
                self._refuse_stricter(fields, name)
        return line

    def _refuse_stricter(self, fields: Mapping[str, Field], name: str) -> None:
        """A list is read by all who read the register."""
        if name in fields and fields[name].compartment:
            raise self.top.error(
                gettext_noop("the line cannot say %(name)s, which not everybody reads"), "line", name=name
            )

    def _refuse_closed(
        self, section: Section, key: str, names: Iterable[str], fields: Mapping[str, Field]
    ) -> None:
        """Steps and checks are for all who write in the register: neither may tell what some do not read."""
        for name in names:
            if name in fields and fields[name].compartment:
                raise section.error(
                    gettext_noop("%(key)s cannot use %(name)s, which not everybody reads"),
                    key,
                    key=key,
                    name=name,
                )

    def compartment(self, section: Section, default: str) -> str:
        return one_of(section, "compartment", (*self.compartments, default), default)

    def plain(self, fields: Mapping[str, Field]) -> list[str]:
        """The fields by which entries can be told apart where the database looks."""
        return [name for name, one in fields.items() if one.type in ("choice", "integer", "date", *OF_ROWS)]


def _closed(fields: Mapping[str, Field]) -> frozenset[str]:
    """The fields that not everybody reads who reads the register."""
    return frozenset(name for name, one in fields.items() if one.compartment)
