"""The whole content of a plan as plain data: what is frozen, checked and printed, whatever the database says later."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal
from functools import lru_cache
from typing import Any, get_type_hints

from punte.annual_plans.enums import BUDGETS, Section


@dataclass(frozen=True, kw_only=True)
class Line:
    """A row of the plan; `id` is that of the row it was, `source_line` where a printed plan has it."""

    id: str = ""
    section: str = ""
    position: int = 0
    source_line: str = ""


@dataclass(frozen=True, kw_only=True)
class CodedLine(Line):
    """A row with a code: as read, and as printed."""

    code: str = ""
    code_printed: str = ""


@dataclass(frozen=True, kw_only=True)
class BudgetedLine(CodedLine):
    """A row with the five budgets, in lei; None is a dash."""

    local: Decimal | None = None
    county: Decimal | None = None
    state: Decimal | None = None
    contributions: Decimal | None = None
    other: Decimal | None = None

    @property
    def budgets(self) -> dict[str, Decimal | None]:
        """The five amounts by their source of money."""
        return {name: getattr(self, name) for name in BUDGETS}

    @property
    def total(self) -> Decimal | None:
        """The sum of the amounts that are given; None where none is."""
        given = [amount for amount in self.budgets.values() if amount is not None]
        return sum(given, Decimal(0)) if given else None


@dataclass(frozen=True, kw_only=True)
class ServiceLine(BudgetedLine):
    """I.A: an existing service."""

    number: int | None = None
    provider: str = ""
    organization: str = ""
    name: str = ""
    service: str = ""
    capacity: int | None = None
    capacity_unit: str = ""
    capacity_printed: str = ""
    occupancy: Decimal | None = None
    remark: str = ""


@dataclass(frozen=True, kw_only=True)
class NewServiceLine(BudgetedLine):
    """I.B: a service to establish."""

    name: str = ""
    beneficiaries: str = ""
    per_day: int | None = None
    per_day_printed: str = ""
    places: int | None = None
    places_printed: str = ""
    area: Decimal | None = None
    staff: str = ""
    budget_words: str = ""
    justification: str = ""


@dataclass(frozen=True, kw_only=True)
class EligibleLine(CodedLine):
    """I.D.1: a code that may be subsidised."""

    number: int | None = None
    name: str = ""
    beneficiaries: str = ""


@dataclass(frozen=True, kw_only=True)
class SubsidyLine(CodedLine):
    """I.D.3: the amount of a code."""

    number: int | None = None
    cpv: str = ""
    amount: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class CampaignLine(Line):
    """II.4: a campaign."""

    number: int | None = None
    name: str = ""
    objectives: str = ""
    period: str = ""
    starts: dt.date | None = None
    ends: dt.date | None = None
    responsible: str = ""


@dataclass(frozen=True, kw_only=True)
class TrainingLine(Line):
    """III.1: who is trained."""

    label: str = ""
    category: str = ""
    persons: int | None = None
    amount: Decimal | None = None
    budget_words: str = ""


@dataclass(frozen=True, kw_only=True)
class ConsultedLine(Line):
    """A provider that was asked."""

    name: str = ""
    organization: str = ""


@dataclass(frozen=True, kw_only=True)
class TextLine(Line):
    """A point said in words."""

    label: str = ""
    text: str = ""
    detail: str = ""
    responsible: str = ""


LINE_OF: dict[Section, type[Line]] = {
    Section.EXISTING: ServiceLine,
    Section.PROPOSED: NewServiceLine,
    Section.ELIGIBLE: EligibleLine,
    Section.SUBSIDIES: SubsidyLine,
    Section.CAMPAIGNS: CampaignLine,
    Section.TRAINING: TrainingLine,
    Section.CONSULTATION: ConsultedLine,
    **dict.fromkeys(
        (
            Section.LEGAL_BASIS,
            Section.CONTENTS,
            Section.CONTRACTING,
            Section.SUBSIDY_EXPENSES,
            Section.INFORMATION,
            Section.METHODOLOGY,
            Section.SIGNATURES,
        ),
        TextLine,
    ),
}
"""How a section's rows look here."""


@dataclass(frozen=True)
class PlanContent:
    """A plan: its own fields, and its rows by section, each in order; `owner` is the key of its organisation."""

    organization: str
    owner: str
    year: int
    title: str
    grants_budget: Decimal | None
    subsidy_budget: Decimal | None
    rows: Mapping[str, tuple[Line, ...]] = field(default_factory=dict)

    def _of(self, section: Section) -> tuple[Any, ...]:
        return self.rows.get(section.value, ())

    @property
    def services(self) -> tuple[ServiceLine, ...]:
        """I.A."""
        return self._of(Section.EXISTING)

    @property
    def proposed(self) -> tuple[NewServiceLine, ...]:
        """I.B."""
        return self._of(Section.PROPOSED)

    @property
    def eligible(self) -> tuple[EligibleLine, ...]:
        """I.D.1."""
        return self._of(Section.ELIGIBLE)

    @property
    def subsidies(self) -> tuple[SubsidyLine, ...]:
        """I.D.3."""
        return self._of(Section.SUBSIDIES)

    @property
    def campaigns(self) -> tuple[CampaignLine, ...]:
        """II.4."""
        return self._of(Section.CAMPAIGNS)

    @property
    def training(self) -> tuple[TrainingLine, ...]:
        """III.1."""
        return self._of(Section.TRAINING)

    @property
    def consulted(self) -> tuple[ConsultedLine, ...]:
        """Who was asked."""
        return self._of(Section.CONSULTATION)

    def texts(self, section: Section) -> tuple[TextLine, ...]:
        """The points of a section that is said in words."""
        return self._of(section)


def to_json(content: PlanContent) -> dict[str, Any]:
    """As JSON holds it: money as text, so that no leu is lost to binary fractions."""
    return {
        "organization": content.organization,
        "owner": content.owner,
        "year": content.year,
        "title": content.title,
        "grants_budget": _plain(content.grants_budget),
        "subsidy_budget": _plain(content.subsidy_budget),
        "rows": {
            section: [{one.name: _plain(getattr(line, one.name)) for one in fields(line)} for line in lines]
            for section, lines in content.rows.items()
        },
    }


def from_json(raw: Mapping[str, Any]) -> PlanContent:
    """The content back from its JSON."""
    return PlanContent(
        organization=raw["organization"],
        owner=raw["owner"],
        year=raw["year"],
        title=raw["title"],
        grants_budget=_read(Decimal, raw["grants_budget"]),
        subsidy_budget=_read(Decimal, raw["subsidy_budget"]),
        rows={
            section: tuple(line_from(Section(section), values) for values in lines)
            for section, lines in raw["rows"].items()
        },
    )


def line_from(section: Section, values: Mapping[str, Any]) -> Line:
    """A row of a section from its plain values; names that it does not have are left aside."""
    model = LINE_OF[section]
    return model(**{name: _read(kind, values[name]) for name, kind in _kinds(section) if name in values})


@lru_cache(maxsize=len(Section))
def _kinds(section: Section) -> tuple[tuple[str, type], ...]:
    model = LINE_OF[section]
    hints = get_type_hints(model)
    return tuple((one.name, _bare(hints[one.name])) for one in fields(model))


def _bare(hint: Any) -> type:
    return next((part for part in (Decimal, dt.date, int) if part in getattr(hint, "__args__", (hint,))), str)


def _read(kind: type, value: Any) -> Any:
    if value is None or value == "":
        return "" if kind is str else None
    if kind is dt.date:
        return dt.date.fromisoformat(str(value))
    return kind(str(value)) if kind is not int else int(value)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, dt.date) else value
