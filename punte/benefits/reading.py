"""Read `content/entitlements`: what is wrong with a file is said with its name and line."""

import string
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from punte.accounts.enums import SEALED_COMPARTMENTS
from punte.benefits.definition import (
    DAY,
    Entitlement,
    Fact,
    Given,
    Of,
    Parameter,
    Rulebook,
)
from punte.benefits.reading_parts import day_of, per_of, rounded_of, season_of, texts_of, values_of
from punte.kernel.evidence import EVIDENCE
from punte.methodology.definition_files import one_of, only, read_key, read_text, require_name
from punte.methodology.errors import MethodologyError, PackError, gettext_noop
from punte.methodology.expressions import Expression, Kind, Symbol, read_expression
from punte.methodology.model import Fact as Answer
from punte.methodology.model import FactType, Pack, Text
from punte.methodology.source_files import Section, read_yaml
from punte.people.enums import Relation
from punte.registers.definition import Definition

PARAMETERS, FACTS = "parameters", "facts"
_TOP = {
    *("key", "benefit", "title", "of", "when", "has", "amount", "least", "most", "rounded", "per"),
    *("sentence", "steps", "also_ask", "verify", "papers", "registered", "season", "from", "until"),
    *("source", "evidence"),
}
_FACT = {"asked", "record", "register", "field", "states", "is", "count", "label"}
_GIVEN: tuple[Given, ...] = ("asked", "record", "register", "is", "count")
_KINDS: Mapping[FactType, Kind] = {
    "choice": "choice",
    "yesno": "boolean",
    "integer": "number",
    "decimal": "number",
    "date": "date",
}
_RECORD = {
    "birth_date": (Symbol("date"), {"ro": "Data nașterii", "en": "Date of birth"}),
    "relation": (
        Symbol("choice", frozenset(Relation.values)),
        {"ro": "Ce este în gospodărie", "en": "Relation in the household"},
    ),
}
_AMOUNTS = ("amount", "least", "most")


@dataclass(frozen=True)
class Known:
    """What files may name that other rooms keep."""

    packs: Mapping[str, Pack]
    registers: Mapping[str, Definition]
    benefits: Collection[str]


def read_rulebook(files: Iterable[tuple[Path, bool]], known: Known) -> Rulebook:
    """Everything that the files say together.

    Args:
        files: each with whether it is the operator's own, that of the product first where two have one name.

    Raises:
        PackError: a part is missing, not known or cannot be run; with the file and the line.
    """
    reader = _Reader(known)
    given = list(files)
    for read, stem in ((reader.read_parameters, PARAMETERS), (reader.read_facts, FACTS)):
        for path, own in given:
            if path.stem == stem:
                read(path, own)
    for path, own in given:
        if path.stem not in (PARAMETERS, FACTS):
            reader.read_entitlement(path, own)
    return Rulebook(reader.pack_name, reader.parameters, reader.facts, reader.entitlements)


class _Reader:
    def __init__(self, known: Known) -> None:
        self.known = known
        self.pack_name = ""
        self.parameters: dict[str, Parameter] = {}
        self.facts: dict[str, Fact] = {}
        self.entitlements: dict[str, Entitlement] = {}

    # Parameters.

    def read_parameters(self, path: Path, own: bool) -> None:
        """Those of a file; the operator's own replace the product's of the same key."""
        top = read_yaml(path)
        for key, section in top.sections():
            require_name(top, key, key)
            only(section, {"label", "values"})
            if key in self.parameters and "label" not in section:
                label = self.parameters[key].label
            else:
                label = read_text(section, "label")
            self.parameters[key] = Parameter(key, label, values_of(section))

    # Facts.

    def read_facts(self, path: Path, own: bool) -> None:
        """Those of a file, each after those that it reads."""
        top = read_yaml(path)
        only(top, {"pack", "person", "household"})
        if not self.pack_name:
            self.pack_name = top.text("pack")
            if self.pack_name not in self.known.packs:
                raise top.error(
                    gettext_noop("unknown %(key)s: %(value)s"), "pack", key="pack", value=self.pack_name
                )
        about: tuple[Of, ...] = ("person", "household")
        for of in about:
            section = top.section(of)
            for name, one in section.sections():
                require_name(section, name, name)
                if name in self.facts or name in self.parameters or name in (DAY, "amount"):
                    raise section.error(gettext_noop("%(key)s is given twice"), name, key=name)
                self.facts[name] = self._fact(name, of, one)

    def _fact(self, name: str, of: Of, section: Section) -> Fact:
        only(section, _FACT)
        ways = [way for way in _GIVEN if way in section]
        if len(ways) != 1:
            raise section.error(gettext_noop("a fact is one of: %(names)s"), names=", ".join(_GIVEN))
        match ways[0]:
            case "asked":
                return self._asked(name, of, section)
            case "record":
                return self._recorded(name, of, section)
            case "register":
                return self._registered(name, of, section)
            case "is":
                return self._worked_out(name, of, section)
        return self._counted(name, of, section)

    def _label(self, section: Section, usual: Text) -> Text:
        return read_text(section, "label") if "label" in section else usual

    def _asked(self, name: str, of: Of, section: Section) -> Fact:
        question = section.text("asked")
        fact: Answer | None = self.known.packs[self.pack_name].facts.get(question)
        table = "member" if of == "person" else "household"
        if fact is None or fact.table != table or fact.type not in _KINDS:
            raise section.error(gettext_noop("there is no such question of a %(about)s"), "asked", about=of)
        if fact.compartment in SEALED_COMPARTMENTS or fact.choice_compartments:
            raise section.error(gettext_noop("no entitlement rests on what is told of violence"), "asked")
        symbol = Symbol(_KINDS[fact.type], frozenset(fact.choices))
        closed = frozenset({fact.compartment} - {"general"})
        label = self._label(section, fact.label)
        return Fact(
            name, of, "asked", symbol, question, label, closed, frozenset({name}), choices=fact.choices
        )

    def _recorded(self, name: str, of: Of, section: Section) -> Fact:
        column = section.text("record")
        if of != "person" or column not in _RECORD:
            raise section.error(
                gettext_noop("unknown %(key)s: %(value)s"), "record", key="record", value=column
            )
        symbol, usual = _RECORD[column]
        label = self._label(section, usual)
        return Fact(name, of, "record", symbol, column, label, frozenset(), frozenset({name}))

    def _registered(self, name: str, of: Of, section: Section) -> Fact:
        register, field = section.text("register"), section.text("field")
        definition = self.known.registers.get(register)
        found = definition.fields.get(field) if definition and definition.about == of else None
        if definition is None or found is None or not found.listed:
            raise section.error(
                gettext_noop("there is no such listed field of a %(about)s"), "field", about=of
            )
        states = section.texts("states")
        for state in states:
            if state not in definition.states:
                raise section.error(
                    gettext_noop("unknown %(key)s: %(value)s"), "states", key="states", value=state
                )
        closed = frozenset(map(str, definition.compartments_of(found))) - {"general"}
        if not closed.isdisjoint(SEALED_COMPARTMENTS):
            raise section.error(gettext_noop("no entitlement rests on what is told of violence"), "register")
        choices = {choice.key: choice.label for choice in found.choices}
        kind: Kind = "choice" if choices else _KINDS["decimal"] if found.type != "date" else "date"
        symbol = Symbol("boolean" if found.type == "yesno" else kind, frozenset(choices))
        return Fact(
            name,
            of,
            "register",
            symbol,
            field,
            self._label(section, found.label),
            closed,
            # Who has no entry has none: nothing is to be asked.
            frozenset(),
            register=register,
            states=tuple(states),
            choices=choices,
        )

    def _worked_out(self, name: str, of: Of, section: Section) -> Fact:
        expression = self._expression(section, "is", self._symbols(of))
        choices = {
            key: words
            for read in expression.reads
            if read in self.facts
            for key, words in (self.facts[read].choices or {}).items()
        }
        symbol = Symbol(expression.kind, frozenset(choices) if expression.kind == "choice" else frozenset())
        return Fact(
            name,
            of,
            "is",
            symbol,
            "",
            self._label(section, {"ro": name, "en": name}),
            self._closed(expression.reads),
            self._behind(expression.reads),
            expression,
            choices=choices,
        )

    def _counted(self, name: str, of: Of, section: Section) -> Fact:
        if of != "household":
            raise section.error(gettext_noop("only the members of a household are counted"), "count")
        expression = self._expression(section, "count", self._symbols("person"), kind="boolean")
        return Fact(
            name,
            of,
            "count",
            Symbol("number"),
            "",
            self._label(section, {"ro": name, "en": name}),
            self._closed(expression.reads),
            self._behind(expression.reads),
            expression,
        )

    def _symbols(self, *about: Of) -> dict[str, Symbol]:
        facts = {name: fact.symbol for name, fact in self.facts.items() if fact.of in about}
        return {DAY: Symbol("date"), **{key: Symbol("number") for key in self.parameters}, **facts}

    def _expression(
        self, section: Section, key: str, symbols: Mapping[str, Symbol], *, kind: Kind | None = None
    ) -> Expression:
        try:
            found = read_expression(section.text(key), symbols)
        except PackError:
            raise
        except MethodologyError as error:
            raise section.error(error.message, key, **error.params) from error
        if kind is not None and found.kind != kind:
            raise section.error(
                gettext_noop("%(text)s is a %(kind)s where a %(wanted)s is needed"),
                key,
                text=found.text,
                kind=found.kind,
                wanted=kind,
            )
        return found

    def _closed(self, reads: Iterable[str]) -> frozenset[str]:
        read = (self.facts[name].compartments for name in reads if name in self.facts)
        return frozenset().union(*read)

    def _behind(self, reads: Iterable[str]) -> frozenset[str]:
        read = (self.facts[name].behind for name in reads if name in self.facts)
        return frozenset().union(*read)

    def _parameters(self, reads: Iterable[str]) -> frozenset[str]:
        found: set[str] = set()
        for name in reads:
            if name in self.parameters:
                found.add(name)
            elif name in self.facts and (expression := self.facts[name].expression):
                found |= self._parameters(expression.reads)
        return frozenset(found)

    # Entitlements.

    def read_entitlement(self, path: Path, own: bool) -> None:
        """That of a file."""
        top = read_yaml(path)
        key = read_key(top, _TOP, file_key=path.stem)
        if key in self.entitlements or key in self.parameters:
            raise top.error(
                gettext_noop("%(name)s lies in the product's content too: give it another key"),
                "key",
                name=key,
            )
        self.entitlements[key] = self._entitlement(top, key, own)

    def _entitlement(self, top: Section, key: str, own: bool) -> Entitlement:
        of: Of = one_of(top, "of", ("person", "household"))
        symbols = self._symbols("household", "person") if of == "person" else self._symbols("household")
        when = self._expression(top, "when", symbols, kind="boolean")
        has = self._expression(top, "has", symbols, kind="boolean") if "has" in top else None
        sums = {
            name: self._expression(top, name, symbols, kind="number") if name in top else None
            for name in _AMOUNTS
        }
        read = [one for one in (when, has, *sums.values()) if one is not None]
        reads = [name for one in read for name in one.reads]
        asked = self._named(top, "also_ask", [name for name, fact in self.facts.items() if fact.is_given])
        benefit = self._benefit(top, own)
        return Entitlement(
            key=key,
            benefit=benefit,
            title=read_text(top, "title"),
            of=of,
            when=when,
            has=has,
            **sums,
            rounded=rounded_of(top),
            per=per_of(top),
            sentence=self._sentence(top, symbols),
            steps=self._named(top, "steps", symbols),
            also_ask=asked,
            verify=texts_of(top, "verify"),
            papers=texts_of(top, "papers"),
            registered=tuple(top.texts("registered")) or (benefit or key,),
            season=season_of(top),
            start=day_of(top, "from") if "from" in top else None,
            last=day_of(top, "until") if "until" in top else None,
            compartment=self._compartment(top, key, [*reads, *asked]),
            reads=self._parameters(reads),
            behind=tuple(sorted(self._behind([*when.reads, *(has.reads if has else ())]))),
            source=top.text("source"),
            evidence=one_of(top, "evidence", EVIDENCE),
            own=own,
        )

    def _benefit(self, top: Section, own: bool) -> str:
        benefit = top.text("benefit", "")
        if benefit and benefit not in self.known.benefits:
            raise top.error(
                gettext_noop("unknown %(key)s: %(value)s"), "benefit", key="benefit", value=benefit
            )
        if not benefit and not own:
            raise top.error(gettext_noop("%(key)s is missing"), "benefit", key="benefit")
        return benefit

    def _compartment(self, top: Section, key: str, reads: Iterable[str]) -> str:
        """The one closed compartment that is read; who reads two of them is not known to be there."""
        closed = sorted(self._closed(reads))
        if len(closed) > 1:
            raise top.error(
                gettext_noop("%(code)s reads answers of the compartment %(name)s and cannot be of another"),
                "when",
                code=key,
                name=", ".join(closed),
            )
        return closed[0] if closed else "general"

    def _named(self, top: Section, key: str, known: Collection[str]) -> tuple[str, ...]:
        for name in top.texts(key):
            if name not in known or name == DAY:
                raise top.error(gettext_noop("unknown %(key)s: %(value)s"), key, key=key, value=name)
        return tuple(top.texts(key))

    def _sentence(self, top: Section, symbols: Collection[str]) -> Text:
        text = read_text(top, "sentence")
        for words in text.values():
            try:
                places = {
                    name for _before, name, *_rest in string.Formatter().parse(words) if name is not None
                }
            except ValueError as error:
                raise top.error(gettext_noop("unknown name: %(name)s"), "sentence", name=words) from error
            if unknown := sorted(places - {*symbols, "amount"}):
                raise top.error(gettext_noop("unknown name: %(name)s"), "sentence", name=unknown[0])
        return text
