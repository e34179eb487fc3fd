"""Facets, of `content/facets` and the operator's own: which questionnaires, registers and interventions go together."""

import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import get_language

from punte.accounts.enums import SEALED_COMPARTMENTS, Compartment, Role
from punte.cases.content import intervention_codes
from punte.kernel.evidence import EVIDENCE
from punte.kernel.own_content import Files, content_files, kept_files
from punte.methodology.definition_files import one_of, only, read_each, read_key, read_text, some_of
from punte.methodology.errors import PackError, gettext_noop
from punte.methodology.model import Text
from punte.methodology.source_files import Section, read_yaml

logger = logging.getLogger(__name__)
_TOP = {
    *("key", "title", "compartment", "roles", "questionnaires", "registers", "interventions"),
    *("seals", "leads", "source", "evidence"),
}
LEADS = ("family_search_new",)
"""The pages of a case, by their names, to which a facet may lead."""


@dataclass(frozen=True)
class Facet:
    """A field in which a case is worked on; what it lists stands first on the page of such a case, in this order.

    Attributes:
        compartment: who may know that a case has it.
        roles: that work in it.
        questionnaires, registers: by their keys.
        interventions: the codes of what is done in it.
        seals: whether a case that is given it is sealed from then on.
        leads: by the name of a page of the case in which words one goes there.
    """

    key: str
    title: Text
    compartment: str
    roles: tuple[str, ...]
    questionnaires: tuple[str, ...]
    registers: tuple[str, ...]
    interventions: tuple[str, ...]
    source: str
    evidence: str
    seals: bool = False
    leads: Mapping[str, Text] = field(default_factory=dict)

    def __str__(self) -> str:
        return _in_words(self.title)

    @property
    def pages(self) -> list[tuple[str, str]]:
        """The pages to which it leads, each with its words."""
        return [(name, _in_words(words)) for name, words in self.leads.items()]


def _in_words(text: Text) -> str:
    return text["ro" if (get_language() or "ro").startswith("ro") else "en"]


@dataclass(frozen=True)
class Known:
    """The keys that exist in rooms which only a caller knows."""

    questionnaires: Collection[str]
    registers: Collection[str]


def read_facet(path: Path, *, known: Known | None = None) -> Facet:
    """The facet that a file defines.

    Args:
        path: named after the key.
        known: what its questionnaires and registers are looked up in, where somebody knows them.

    Raises:
        PackError: a word, role, compartment, code, questionnaire or register that is not known.
    """
    top = read_yaml(path)
    known = known or Known(top.texts("questionnaires"), top.texts("registers"))
    return Facet(
        key=read_key(top, _TOP, file_key=path.stem),
        title=read_text(top, "title"),
        compartment=one_of(top, "compartment", Compartment.values, Compartment.GENERAL),
        roles=some_of(top, "roles", Role.values),
        questionnaires=some_of(top, "questionnaires", known.questionnaires),
        registers=some_of(top, "registers", known.registers),
        interventions=some_of(top, "interventions", intervention_codes()),
        source=top.text("source"),
        evidence=one_of(top, "evidence", EVIDENCE),
        seals=_seals(top),
        leads=_leads(top.section("leads")),
    )


def _leads(given: Section) -> dict[str, Text]:
    only(given, LEADS)
    return {name: read_text(given, name) for name in given}


def _seals(top: Section) -> bool:
    """Whether it seals; only one of violence or abuse, which nobody but the team of the case gives a case, does."""
    answers: tuple[str, ...] = ("no", "yes")
    seals = one_of(top, "seals", answers, "no") == "yes"
    if seals and top.text("compartment") not in SEALED_COMPARTMENTS:
        raise top.error(gettext_noop("what seals is of violence or abuse"), "seals")
    return seals


def facet_files() -> list[tuple[Path, bool]]:
    """The files of all facets, in the order of their names, each with whether it is the operator's own."""
    return content_files("facets")


def facets() -> Mapping[str, Facet]:
    """Every facet by its key, read anew when a file changes; none while a file is broken: no work on a case stops."""
    try:
        return _facets()
    except PackError:
        logger.exception("a file of the facets is broken: none of them is used")
        return {}


@kept_files("facets")
def _facets(files: Files) -> Mapping[str, Facet]:
    return read_each(files, lambda path, _own: read_facet(path))
