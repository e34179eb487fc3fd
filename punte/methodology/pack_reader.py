"""Read ``pack.yaml`` and, with it, the other files of a pack into a `Pack`."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from punte.methodology.errors import gettext_noop
from punte.methodology.expressions import Expression, ExpressionError, Symbol, read_expression
from punte.methodology.listed_reader import read_listed
from punte.methodology.model import (
    LANGUAGES,
    About,
    DerivedFact,
    Fact,
    FactType,
    FromBefore,
    Pack,
    Parameter,
    ParameterValue,
    Question,
    Score,
    Table,
    Text,
    Unit,
)
from punte.methodology.package_reader import read_package
from punte.methodology.plan import plan_of
from punte.methodology.rules_reader import read_rules
from punte.methodology.scores_reader import read_score, table_of
from punte.methodology.source_files import Section, read_yaml
from punte.methodology.survey import Survey, read_survey
from punte.methodology.symbols import read_text, symbol_of

_SHAPES = {
    "name": re.compile(r"[a-z][a-z0-9_]{0,39}"),
    "version": re.compile(r"[0-9A-Za-z][0-9A-Za-z.-]{0,31}"),
}
"""A name and a version stand in addresses and in the names of folders."""
_OVER = ("expression", "any_member", "any_other_member", "count_members")
_LEVELS: dict[About, tuple[Table, ...]] = {"household": ("household", "member"), "person": ("member",)}
_SETS_SEVERITY: dict[About, tuple[str, ...]] = {"household": ("yes", "no"), "person": ("no",)}
_DERIVED_TYPES: dict[str, FactType] = {"number": "integer", "boolean": "yesno", "date": "date"}


class PackReader:
    """Reads one folder; used once."""

    def __init__(self, folder: Path, digest: str) -> None:
        self.folder = folder
        self.digest = digest
        self.top = read_yaml(folder / "pack.yaml")
        self.about: About = (
            "person" if self._one_of("about", "household", "person") == "person" else "household"
        )
        self.survey: Survey = read_survey(folder, about=self.about)
        self.symbols: dict[Table, dict[str, Symbol]] = {"household": {}, "member": {}}

    def read(self) -> Pack:
        """The pack.

        Raises:
            PackError: see the module ``packs``.
        """
        self._check_settings()
        compartments = self._texts_of("compartments")
        parameters = self._parameters()
        facts = self._facts(compartments)
        derived = self._derived()
        sources = {key: self.top.section("sources").text(key) for key in self.top.section("sources")}
        scores = self._scores(facts, derived, compartments, sources)
        facts = {name: self._with_asked(fact) for name, fact in facts.items()}
        dimensions = self._texts_of("dimensions")
        rules = read_rules(
            self.folder / "rules.yaml",
            self.symbols,
            dimensions,
            compartments,
            sources,
            facts,
            levels=_LEVELS[self.about],
        )
        package = read_package(self.folder / "package.yaml", rules, compartments, sources)
        sealed = self._known("sealed", compartments, gettext_noop("unknown compartment: %(name)s"))
        pack = Pack(
            name=self.top.text("name"),
            version=self.top.text("version"),
            valid_from=self._date(self.top, "valid_from"),
            title=read_text(self.top, "title"),
            path=self.folder,
            digest=self.digest,
            sources=sources,
            compartments=compartments,
            sealed=sealed,
            carried_over=self._known("carried_over", facts, gettext_noop("unknown fact: %(name)s")),
            listed=read_listed(self.top.section("listed"), facts, sealed),
            dimensions=dimensions,
            facts=facts,
            derived=derived,
            parameters=parameters,
            rules=rules,
            package=package,
            questions=self.survey.questions,
            repeat=self.survey.repeat,
            about=self.about,
            sets_severity=self._one_of("sets_severity", *_SETS_SEVERITY[self.about]) == "yes",
            opens_with=self._one_of("opens_with", "general", *compartments),
            offered_from_age=self._offered_from_age(),
            seals=self._seals(sealed),
            from_before=self._from_before(facts, scores),
            scores=scores,
        )
        plan_of(pack)
        return pack

    def _check_settings(self) -> None:
        """The form goes by the name and the version of the pack, so that a filled form finds its pack."""
        for key, shape in _SHAPES.items():
            if not shape.fullmatch(self.top.text(key)):
                raise self.top.error(
                    gettext_noop("not a %(key)s that can be used: %(text)s"),
                    key,
                    key=key,
                    text=self.top.text(key),
                )
        for key, setting in (("name", "form_id"), ("version", "version")):
            if self.top.text(key) != self.survey.settings.get(setting):
                raise self.top.error(
                    gettext_noop("the settings of the form have another %(key)s"), key, key=setting
                )

    def _one_of(self, key: str, *offered: str) -> str:
        """What stands under `key`, one of those that are offered; the first of them where nothing does."""
        value = self.top.text(key, offered[0])
        if value not in offered:
            raise self.top.error(gettext_noop("unknown %(key)s: %(value)s"), key, key=key, value=value)
        return value

    def _offered_from_age(self) -> int:
        text = self.top.text("offered_from_age", "0")
        if not text.isdecimal():
            raise self.top.error(gettext_noop("not a number: %(text)s"), "offered_from_age", text=text)
        return int(text)

    def _seals(self, sealed: Collection[str]) -> bool:
        """Whether a filled form seals the case; only one of violence or abuse, which nobody else reads, does."""
        seals = self._one_of("seals", "no", "yes") == "yes"
        if seals and self.top.text("opens_with", "general") not in sealed:
            raise self.top.error(gettext_noop("what seals is of violence or abuse"), "seals")
        return seals

    def _from_before(self, facts: Mapping[str, Fact], scores: Mapping[str, Score]) -> dict[str, FromBefore]:
        """The facts that are a score of the assessment before; of the same table, and asked of nobody."""
        found: dict[str, FromBefore] = {}
        listed = self.top.section("from_before")
        for name, section in listed.sections():
            score, months = scores.get(section.text("score")), section.text("months")
            if name not in facts or score is None or score.table != facts[name].table:
                raise listed.error(gettext_noop("unknown fact: %(name)s"), name, name=name)
            otherwise = section.text("otherwise")
            if not months.isdecimal() or not otherwise.removeprefix("-").isdecimal():
                raise section.error(gettext_noop("not a number: %(text)s"), "months", text=months)
            found[name] = FromBefore(score.name, int(months), int(otherwise))
        return found

    def _texts_of(self, key: str) -> dict[str, Text]:
        section = self.top.section(key)
        return {name: read_text(section, name) for name in section}

    def _known(self, key: str, known: Collection[str], complaint: str) -> frozenset[str]:
        """The names listed under `key`, each of which must be known."""
        names = self.top.texts(key)
        for name in names:
            if name not in known:
                raise self.top.error(complaint, key, name=name)
        return frozenset(names)

    def _date(self, section: Section, key: str) -> date:
        try:
            return date.fromisoformat(section.text(key))
        except ValueError as error:
            raise section.error(gettext_noop("not a date: %(text)s"), key, text=section.text(key)) from error

    def _parameters(self) -> dict[str, Parameter]:
        found: dict[str, Parameter] = {}
        for name, section in self.top.section("parameters").sections():
            values = tuple(self._parameter_value(item) for item in section.items_of("values"))
            days = [value.valid_from or date.min for value in values]
            if not values or days != sorted(set(days)):
                raise section.error(gettext_noop("the values need to be dated, oldest first"), "values")
            found[name] = Parameter(name, read_text(section, "label"), values, self._unit(section))
            for table in self.symbols.values():
                table[name] = Symbol("number")
        return found

    def _parameter_value(self, item: Section) -> ParameterValue:
        try:
            value = Decimal(item.text("value"))
        except InvalidOperation as error:
            raise item.error(
                gettext_noop("not a number: %(text)s"), "value", text=item.text("value")
            ) from error
        return ParameterValue(
            self._date(item, "from") if item.get("from") else None, value, item.text("source")
        )

    def _facts(self, compartments: Mapping[str, Text]) -> dict[str, Fact]:
        found: dict[str, Fact] = {}
        tables: tuple[Table, ...] = ("household", "member")
        for table in tables:
            listed = self.top.section("facts").section(table)
            for name, section in listed.sections():
                fact = self._fact(table, name, section, listed, compartments)
                if name.lower() in {known.lower() for known in found}:
                    raise listed.error(gettext_noop("%(key)s is given twice"), name, key=name)
                found[name] = fact
        for fact in found.values():
            self._offer(fact.name, fact.table, symbol_of(fact.type, frozenset(fact.choices)))
        return found

    def _offer(self, name: str, table: Table, symbol: Symbol | None) -> None:
        """Let expressions read a name: of a household everywhere, of a member only about members."""
        if symbol is None:
            return
        self.symbols["member"][name] = symbol
        if table == "household":
            self.symbols["household"][name] = symbol

    def _fact(
        self, table: Table, name: str, section: Section, listed: Section, compartments: Mapping[str, Text]
    ) -> Fact:
        question = self.survey.questions.get(name)
        if question is None:
            raise listed.error(gettext_noop("unknown fact: the form does not ask %(name)s"), name, name=name)
        if section.text("compartment") not in compartments:
            raise section.error(
                gettext_noop("unknown compartment: %(name)s"), "compartment", name=section.text("compartment")
            )
        if question.asked_only_when != ("asked" in section):
            raise listed.error(
                gettext_noop("%(name)s must be asked under a condition both here and in the form"),
                name,
                name=name,
            )
        return Fact(
            name,
            table,
            self._type(section, question),
            question.choices,
            question.label or read_text(section, "label"),
            section.text("compartment"),
            choice_compartments=self._choice_compartments(section, question, compartments),
            unit=self._unit(section),
            minimum=int(section.text("minimum")) if "minimum" in section else None,
            since=section.text("since", ""),
        )

    def _type(self, section: Section, question: Question) -> FactType:
        if question.type is not None:
            return question.type
        hidden: dict[str, FactType] = {"text": "text", "integer": "integer", "date": "date"}
        kind = hidden.get(section.text("type"))
        if kind is None:
            raise section.error(gettext_noop("unknown type: %(name)s"), "type", name=section.text("type"))
        return kind

    def _choice_compartments(
        self, section: Section, question: Question, compartments: Mapping[str, Text]
    ) -> dict[str, str]:
        special = section.section("choice_compartments")
        for choice in special:
            if choice not in question.choices or special.text(choice) not in compartments:
                raise special.error(
                    gettext_noop("unknown answer or compartment: %(name)s"), choice, name=choice
                )
        return {choice: special.text(choice) for choice in special}

    def _unit(self, section: Section) -> dict[str, Unit] | None:
        if "unit" not in section:
            return None
        unit = section.section("unit")
        forms = {language: unit.section(language) for language in LANGUAGES}
        return {
            language: Unit(
                form.text("one"),
                form.text("few", form.text("many")),
                form.text("many"),
                form.text("zero", ""),
            )
            for language, form in forms.items()
        }

    def _with_asked(self, fact: Fact) -> Fact:
        listed = self.top.section("facts").section(fact.table)
        section = listed.section(fact.name)
        if "asked" not in section:
            return fact
        asked = self._expression(section, "asked", fact.table)
        return Fact(**{**fact.__dict__, "asked": asked})

    def _expression(self, section: Section, key: str, table: Table, *, wanted: str = "boolean") -> Expression:
        try:
            expression = read_expression(section.text(key), self.symbols[table])
        except ExpressionError as error:
            raise section.error(error.message, key, **error.params) from error
        if wanted and expression.kind != wanted:
            complaint = {
                "boolean": gettext_noop("the condition is not a boolean: %(text)s"),
                "number": gettext_noop("a score is a number: %(text)s"),
            }
            raise section.error(complaint[wanted], key, text=expression.text)
        return expression

    def _derived(self) -> dict[str, DerivedFact]:
        """Derived facts; each may read the answers and the derived facts above it."""
        found: dict[str, DerivedFact] = {}
        listed = self.top.section("derived")
        for name, section in listed.sections():
            if name in self.symbols["member"]:
                raise listed.error(gettext_noop("%(key)s is given twice"), name, key=name)
            found[name] = self._derived_fact(name, section)
            self._offer(name, found[name].table, symbol_of(found[name].type, frozenset()))
        return found

    def _scores(
        self,
        facts: Mapping[str, Fact],
        derived: dict[str, DerivedFact],
        compartments: Mapping[str, Text],
        sources: Mapping[str, str],
    ) -> dict[str, Score]:
        """The scores; the number of each is a derived fact, which the rules may read as any other."""
        found: dict[str, Score] = {}
        listed = self.top.section("scores")
        for name, section in listed.sections():
            if name in self.symbols["member"]:
                raise listed.error(gettext_noop("%(key)s is given twice"), name, key=name)
            table = table_of(section)
            value = self._expression(section, "value", table, wanted="number")
            label = read_text(section, "label")
            derived[name] = DerivedFact(name, table, "integer", "row", value, label)
            self._offer(name, table, Symbol("number"))
            found[name] = read_score(
                name,
                section,
                derived[name],
                facts=facts,
                derived=derived,
                compartments=compartments,
                sources=sources,
            )
        return found

    def _derived_fact(self, name: str, section: Section) -> DerivedFact:
        given = [key for key in _OVER if key in section]
        if len(given) != 1:
            raise section.error(gettext_noop("%(name)s needs exactly one way to be derived"), name=name)
        label, unit = read_text(section, "label"), self._unit(section)
        if given[0] == "count_members":
            return DerivedFact(name, "household", "integer", "members", None, label, unit)
        if given[0] == "any_member":
            expression = self._expression(section, "any_member", "member")
            return DerivedFact(name, "household", "yesno", "any_member", expression, label)
        if given[0] == "any_other_member":
            expression = self._expression(section, "any_other_member", "member")
            return DerivedFact(name, "member", "yesno", "any_other_member", expression, label)
        table: Table = "member" if section.text("table") == "member" else "household"
        expression = self._expression(section, "expression", table, wanted="")
        if expression.kind not in _DERIVED_TYPES:
            raise section.error(gettext_noop("a derived fact is a number, a date or yes/no"), "expression")
        return DerivedFact(name, table, _DERIVED_TYPES[expression.kind], "row", expression, label, unit)
