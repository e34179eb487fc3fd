"""By what a family is looked for, and in which registers: `content/matching.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import get_language

from punte.kernel.evidence import EVIDENCE, NOT_KNOWN_FOR_SURE
from punte.kernel.own_content import kept_file
from punte.methodology.definition_files import one_of, only, read_text, some_of
from punte.methodology.errors import gettext_noop
from punte.methodology.model import Text
from punte.methodology.source_files import Section, section_of, text_of
from punte.registers.catalogue import definitions
from punte.registers.definition import Definition

KNOWN = ("free_places", "age", "sex", "needs", "siblings", "school", "distance")
"""What can be asked of a family; which of it is asked, and what it weighs, the file says."""
_FILE = "matching.yaml"
_OF_ATTESTATION = ("places", "already", "age_from", "age_to", "sex", "needs", "siblings")
_KEYS = {"strict", "relaxes", "points", "years", "km", "label", "met", "not_met"}
_YES = ("true", "false")


@dataclass(frozen=True)
class Criterion:
    """One thing asked of a family.

    Attributes:
        strict: whether a family that does not meet it is no candidate.
        relaxes: whether it is one in a search that was made wider.
        points: what meeting it is worth in the order.
        measure: years by which an age may be off in a wider search, or kilometres within which is near.
    """

    key: str
    label: Text
    met: Text
    not_met: Text
    strict: bool = False
    relaxes: bool = False
    points: int = 0
    measure: int = 0


@dataclass(frozen=True)
class Named:
    """The registers of child protection that are read, each with its states and fields.

    Attributes:
        taking: the states of an attestation in which a family takes children.
        values: what a measure says that is proposed once a family was chosen; `family` is its field for who they are.
        way: the field of a plan to leave a centre that says where to.
    """

    attestation: str
    taking: tuple[str, ...]
    measure: str
    proposed: str
    in_force: str
    values: Mapping[str, str]
    family: str
    leaving: str
    way: str

    @property
    def holding(self) -> tuple[str, str]:
        """The states of a measure that hold a place: it is kept while the commission or the court decides."""
        return self.proposed, self.in_force


@dataclass(frozen=True)
class Criteria:
    """All of the file, in its order."""

    each: Mapping[str, Criterion]
    registers: Named
    source: str
    evidence: str

    @property
    def is_proposal(self) -> bool:
        """Whether nobody has confirmed it yet."""
        return self.evidence in NOT_KNOWN_FOR_SURE


@kept_file(_FILE)
def criteria(path: Path) -> Criteria:
    """Those of this installation; read anew when the file changes.

    Raises:
        PackError: the file does not hold together.
    """
    top = section_of(text_of(path), str(path))
    only(top, {"criteria", "registers", "source", "evidence"})
    section = top.section("criteria")
    only(section, KNOWN)
    return Criteria(
        {key: _criterion(key, one) for key, one in section.sections()},
        _named(top.section("registers")),
        top.text("source"),
        one_of(top, "evidence", EVIDENCE),
    )


def in_words(text: Text) -> str:
    """A text in the language of the screen."""
    return text["ro" if (get_language() or "ro").startswith("ro") else "en"]


def _named(section: Section) -> Named:
    only(section, {"attestation", "measure", "leaving"})
    attestation, measure, leaving = map(section.section, ("attestation", "measure", "leaving"))
    only(attestation, {"register", "states"})
    only(measure, {"register", "proposed", "in_force", "values", "family"})
    only(leaving, {"register", "way"})
    of_families, of_measures, of_plans = map(_register, (attestation, measure, leaving))
    if missing := sorted(set(_OF_ATTESTATION) - set(of_families.fields)):
        raise attestation.error(gettext_noop("%(key)s is missing"), "register", key=missing[0])
    values = measure.section("values")
    only(values, of_measures.fields)
    said = {name: one_of(values, name, _keys(of_measures, name)) for name in values}
    return Named(
        attestation=of_families.key,
        taking=some_of(attestation, "states", of_families.states),
        measure=of_measures.key,
        proposed=one_of(measure, "proposed", of_measures.begins),
        in_force=one_of(measure, "in_force", tuple(of_measures.states)),
        values=said,
        family=one_of(measure, "family", tuple(of_measures.fields)),
        leaving=of_plans.key,
        way=one_of(leaving, "way", tuple(of_plans.fields)),
    )


def _register(section: Section) -> Definition:
    key = section.text("register")
    found = definitions().get(key)
    if found is None:
        raise section.error(gettext_noop("unknown %(key)s: %(value)s"), "register", key="register", value=key)
    return found


def _keys(definition: Definition, name: str) -> tuple[str, ...]:
    return tuple(choice.key for choice in definition.fields[name].choices)


def _criterion(key: str, one: Section) -> Criterion:
    only(one, _KEYS)
    strict, relaxes = (one_of(one, name, _YES, "false") == "true" for name in ("strict", "relaxes"))
    return Criterion(
        key,
        read_text(one, "label"),
        read_text(one, "met"),
        read_text(one, "not_met"),
        strict=strict,
        relaxes=relaxes,
        points=_whole(one, "points"),
        measure=_whole(one, "years") or _whole(one, "km"),
    )


def _whole(one: Section, key: str) -> int:
    text = one.text(key, "0")
    if not text.isdecimal():
        raise one.error(gettext_noop("%(key)s is a whole number"), key, key=key)
    return int(text)
