"""The kinds of plans, of `content/plan_kinds.yaml`: title, what a plan says beside its steps, who approves it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import get_language

from punte.kernel.evidence import EVIDENCE, NOT_KNOWN_FOR_SURE
from punte.kernel.own_content import kept_file, product_file
from punte.methodology.definition_files import one_of, only, read_text, require_name
from punte.methodology.model import Text
from punte.methodology.source_files import Section, section_of, text_of

_KIND = {"abbr", "title", "for", "approved_by", "decision", "sections", "source", "evidence"}
BENEFITS = "benefits"


def in_words(text: Text) -> str:
    """A text in the language of the screen."""
    return text["ro" if (get_language() or "ro").startswith("ro") else "en"]


@dataclass(frozen=True)
class PlanKind:
    """One kind of plan.

    Attributes:
        for_: for whom it is made.
        decision: whether it comes into its own by a decision with a number and a day.
        sections: what it says beside its objectives and steps, each with its title.
    """

    key: str
    abbr: str
    title: Text
    for_: Text
    approved_by: Text
    decision: bool
    sections: Mapping[str, Text]
    source: str
    evidence: str

    def __str__(self) -> str:
        return in_words(self.title)

    @property
    def is_proposal(self) -> bool:
        """Whether nobody has read where it comes from."""
        return self.evidence in NOT_KNOWN_FOR_SURE

    def said(self, said: Mapping[str, str]) -> Iterable[tuple[str, str]]:
        """What a plan of it says, section by section, each by its title; those left empty are not there."""
        return [(in_words(title), said[key]) for key, title in self.sections.items() if said.get(key)]


@kept_file("plan_kinds.yaml", find=product_file)
def plan_kinds(path: Path) -> Mapping[str, PlanKind]:
    """Those of this installation, in the order of the file; read anew when it changes.

    Raises:
        PackError: the file does not hold together.
    """
    top = section_of(text_of(path), str(path))
    only(top, {"kinds"})
    return {key: _kind(top, key, one) for key, one in top.section("kinds").sections()}


def kind_of_plan(key: str) -> PlanKind | None:
    """A kind; None of a plan that has none, or one that is in the file no more."""
    return plan_kinds().get(key)


def _kind(top: Section, key: str, one: Section) -> PlanKind:
    require_name(top.section("kinds"), key, key)
    only(one, _KIND)
    sections = one.section("sections")
    return PlanKind(
        key=key,
        abbr=one.text("abbr"),
        title=read_text(one, "title"),
        for_=read_text(one, "for"),
        approved_by=read_text(one, "approved_by"),
        decision=one_of(one, "decision", ("true", "false"), "false") == "true",
        sections={name: read_text(sections, name) for name in sections},
        source=one.text("source"),
        evidence=one_of(one, "evidence", EVIDENCE),
    )
