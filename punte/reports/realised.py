"""Realised beside planned: what a plan in force asked for each service, what the year came to, places foreseen.

What was realised is what the register of years says of the service; where nobody told it, what was paid to it by
contracts, subsidies and grants, and the counts of its places.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import Any
from uuid import UUID

from django.db.models import Avg, OuterRef, Subquery

from punte.annual_plans.content import PlanContent
from punte.directory.models import OccupancySnapshot, Service
from punte.registers.catalogue import definition_at
from punte.registers.values import said_by
from punte.reports.figures import kept_by

SOURCES = ("local", "county", "state_money", "contributions", "other")


@dataclass
class Year:
    """What a year of a service came to.

    Attributes:
        told: whether somebody wrote the year down; else it is put together from what was paid and counted.
        occupied: places, on average; `waiting`, at the end.
    """

    told: bool = False
    spent: Decimal | None = None
    served: int | None = None
    occupied: Decimal | None = None
    waiting: int | None = None
    staff: Decimal | None = None

    @property
    def foreseen(self) -> int | None:
        """The places to foresee: as many as were occupied, and those who waited."""
        if self.occupied is None:
            return None
        return int(self.occupied.to_integral_value(ROUND_CEILING)) + (self.waiting or 0)


@dataclass(frozen=True)
class Line:
    """A service of the plan: what was planned and what it came to."""

    provider: str
    name: str
    code: str
    planned: Decimal | None
    capacity: int | None
    year: Year

    @property
    def is_known(self) -> bool:
        """Whether anything is known of its year."""
        return self.year.told or self.year.spent is not None or self.year.occupied is not None

    @property
    def percent(self) -> int | None:
        """What was spent as a percent of what was planned; never rounded up to 100."""
        if not self.planned or self.year.spent is None:
            return None
        share = self.year.spent / self.planned * 100
        return 99 if 99 < share < 100 else round(share)

    @property
    def cost(self) -> Decimal | None:
        """Lei spent for a person served."""
        if not (self.year.spent and self.year.served):
            return None
        return round(self.year.spent / self.year.served, 2)


def realised(content: PlanContent, organization: UUID) -> list[Line]:
    """Each service of a plan beside its year; a bounded number of queries.

    Args:
        content: of the plan in force.
        organization: whose plan it is, in whose registers the money is kept.
    """
    years = years_of(organization, content.year)
    return [
        Line(
            line.provider,
            line.name,
            line.code_printed or line.code,
            line.total,
            line.capacity,
            years[UUID(line.service)] if line.service else Year(),
        )
        for line in content.services
    ]


def years_of(organization: UUID, year: int) -> Mapping[UUID, Year]:
    """By service what a year came to, from the registers that an institution keeps and the counts of places."""
    found: dict[UUID, Year] = defaultdict(Year)
    for service, taken in _counts(year).items():
        found[service] = taken
    for service, paid in paid_to(organization, year).items():
        found[service].spent = paid
    for said in _said(organization, "service_year"):
        if said.get("year") != year:
            continue
        before = found[said["service"]]
        money = [said[name] for name in SOURCES if said.get(name) is not None]
        found[said["service"]] = Year(
            told=True,
            spent=sum(money, Decimal(0)) if money else before.spent,
            served=said.get("served"),
            occupied=said.get("occupied") if said.get("occupied") is not None else before.occupied,
            waiting=said.get("waiting") if said.get("waiting") is not None else before.waiting,
            staff=said.get("staff"),
        )
    return found


def paid_to(organization: UUID, year: int) -> Mapping[UUID, Decimal]:
    """By service what was paid to its provider in a year: contracts that began in it, months of subsidies, grants."""
    found: dict[UUID, Decimal] = defaultdict(Decimal)
    agreements = {
        key: said.get("service") for key, said in _said_by_key(organization, "subsidy", year=None).items()
    }
    for said in _said_by_key(organization, "subsidy_month", year=year).values():
        named: Any = said.get("agreement")
        service = agreements.get(named)
        if service:
            found[service] += said.get("paid") or 0
    for register in ("service_contract", "grant_application"):
        for said in _said_by_key(organization, register, year=year).values():
            if said.get("service"):
                found[said["service"]] += said.get("paid") or 0
    return found


def _said(organization: UUID, register: str) -> list[dict[str, Any]]:
    return [said_by(definition_at(one.version), _plain(one)) for one in kept_by(organization, register)]


def _said_by_key(organization: UUID, register: str, *, year: int | None) -> dict[UUID, dict[str, Any]]:
    return {
        one.pk: said_by(definition_at(one.version), _plain(one))
        for one in kept_by(organization, register)
        if year is None or one.start.year == year
    }


def _plain(entry: Any) -> Any:
    """Without its texts, which nothing here adds up."""
    entry.texts = ""
    return entry


def _counts(year: int) -> dict[UUID, Year]:
    """By service how many places were taken on average of the counts of a year, and how many waited at the last."""
    of_year = OccupancySnapshot.objects.filter(at__year=year)
    last = of_year.filter(service=OuterRef("pk")).order_by("-at", "-id").values("waiting")[:1]
    rows = Service.objects.filter(occupancy__in=of_year).order_by()
    rows = rows.annotate(mean=Avg("occupancy__taken"), left=Subquery(last))
    return {
        key: Year(occupied=Decimal(str(round(mean, 1))), waiting=left)
        for key, mean, left in rows.values_list("pk", "mean", "left")
    }
