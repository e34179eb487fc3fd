"""The chapters of a plan as pages, each with its sections in the order of the paper."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from punte.annual_plans.content import BudgetedLine, PlanContent
from punte.annual_plans.enums import BUDGETS, Section

_TABLES = {
    Section.EXISTING: "existing",
    Section.PROPOSED: "proposed",
    Section.ELIGIBLE: "eligible",
    Section.SUBSIDIES: "subsidies",
    Section.CAMPAIGNS: "campaigns",
    Section.TRAINING: "training",
    Section.CONSULTATION: "consultation",
}


@dataclass(frozen=True)
class Chapter:
    """A chapter: the word of its address, what its tab says of its subject, its whole name, its sections."""

    slug: str
    label: str | Promise
    title: str | Promise
    sections: tuple[Section, ...]


CHAPTERS = (
    Chapter("existente", _("I.A Existing services"), _("I.A Existing services"), (Section.EXISTING,)),
    Chapter("de-infiintat", _("I.B To establish"), _("I.B Services to establish"), (Section.PROPOSED,)),
    Chapter("contractare", _("I.C Contracting"), _("I.C Contracting and grants"), (Section.CONTRACTING,)),
    Chapter(
        "subventii",
        _("I.D Subsidies"),
        _("I.D Subsidies"),
        (Section.ELIGIBLE, Section.SUBSIDY_EXPENSES, Section.SUBSIDIES),
    ),
    Chapter(
        "informare",
        _("II Information"),
        _("II Information of the public"),
        (Section.INFORMATION, Section.CAMPAIGNS),
    ),
    Chapter(
        "formare", _("III Training"), _("III Training and guidance"), (Section.TRAINING, Section.METHODOLOGY)
    ),
    Chapter(
        "temei",
        _("Legal basis"),
        _("Legal basis and consultation"),
        (Section.LEGAL_BASIS, Section.CONSULTATION, Section.CONTENTS),
    ),
    Chapter("semnaturi", _("Signatures"), _("Signatures"), (Section.SIGNATURES,)),
)
FIRST = CHAPTERS[0]


@dataclass(frozen=True)
class Table:
    """A section ready to be shown: its rows, the template of its table, and its sums."""

    section: Section
    lines: tuple[Any, ...]
    template: str
    sums: "Sums | None"


@dataclass(frozen=True)
class Sums:
    """The totals of a section in lei: by source of money, and all together; None where nothing is given."""

    by_source: tuple[Decimal | None, ...]
    total: Decimal | None


NO_SUMS = Sums((None,) * len(BUDGETS), None)


def chapter_named(slug: str) -> Chapter:
    """The chapter of an address; 404 for any other word."""
    found = next((chapter for chapter in CHAPTERS if chapter.slug == slug), None)
    if found is None:
        raise Http404
    return found


def section_named(value: str) -> Section:
    """The section of an address; 404 for any other word."""
    if value not in Section.values:
        raise Http404
    return Section(value)


def chapter_of(section: str) -> Chapter:
    """The chapter in which a section stands."""
    return next(chapter for chapter in CHAPTERS if section in chapter.sections)


def tables_of(chapter: Chapter, content: PlanContent) -> list[Table]:
    """The sections of a chapter, with their rows and sums."""
    return [_table(section, content) for section in chapter.sections]


def sums_of(lines: tuple[Any, ...]) -> Sums | None:
    """The sums of rows that have amounts; None where the section has none."""
    if not lines or not hasattr(lines[0], "amount") and not isinstance(lines[0], BudgetedLine):
        return None
    if isinstance(lines[0], BudgetedLine):
        by_source = tuple(_sum(getattr(line, name) for line in lines) for name in BUDGETS)
        return Sums(by_source, _sum(by_source))
    return Sums((), _sum(line.amount for line in lines))


def _table(section: Section, content: PlanContent) -> Table:
    lines = tuple(content.rows.get(section.value, ()))
    template = f"office_plans/sections/{_TABLES.get(section, 'texts')}.html"
    return Table(section, lines, template, sums_of(lines))


def _sum(amounts: Any) -> Decimal | None:
    given = [amount for amount in amounts if amount is not None]
    return sum(given, Decimal(0)) if given else None
