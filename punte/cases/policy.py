"""What a service decides about the work on cases (`content/office.yaml`): approvals, caseload, ageing, codes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from punte.accounts.enums import Role
from punte.cases.enums import CaseDeed, Regime
from punte.kernel.office_rules import section, wrong
from punte.kernel.own_content import looked_for_once


@dataclass(frozen=True)
class ApprovalRule:
    """A deed that takes effect only when somebody else agrees.

    Attributes:
        asked_of: the roles that must ask.
        given_by: the roles that answer; who has one of them asks nobody.
    """

    deed: CaseDeed
    asked_of: frozenset[Role]
    given_by: frozenset[Role]


@dataclass(frozen=True)
class CaseloadNorm:
    """How much an open case weighs by its regime, and the weight that one worker should not go over."""

    weights: Mapping[str, int]
    norm: int

    def weight(self, by_regime: Mapping[str, int]) -> int:
        """The weight of cases, counted by regime."""
        return sum(self.weights[regime] * cases for regime, cases in by_regime.items())


@dataclass(frozen=True)
class AgeingBounds:
    """From how many months on a case is grown and old; after how many days a family counts as not seen."""

    open_months: tuple[int, int]
    unseen_days: tuple[int, int]


def approval_rules() -> dict[CaseDeed, ApprovalRule]:
    """The rules that are active, by their deed.

    Raises:
        OfficeRulesError: the section says what cannot be.
    """
    return looked_for_once("approval rules", _approval_rules)


def _approval_rules() -> dict[CaseDeed, ApprovalRule]:
    rows = section("approvals")
    try:
        return {rule.deed: rule for rule in (_rule(row) for row in rows if row["active"] is not False)}
    except (KeyError, TypeError, ValueError) as error:
        raise wrong("approvals", str(error)) from error


def caseload_norm() -> CaseloadNorm:
    """The norm of caseload.

    Raises:
        OfficeRulesError: the section says what cannot be.
    """
    row = section("caseload")
    try:
        norm = CaseloadNorm(
            {Regime(name).value: _whole(n) for name, n in row["weights"].items()}, row["norm"]
        )
        if set(norm.weights) != set(Regime.values) or _whole(norm.norm) < 1:
            raise ValueError("a weight for each regime and a norm above 0, please")
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise wrong("caseload", str(error)) from error
    return norm


def ageing_bounds() -> AgeingBounds:
    """What the team's page counts as old.

    Raises:
        OfficeRulesError: the section says what cannot be.
    """
    row = section("ageing")
    try:
        return AgeingBounds(_rising(row["open_months"]), _rising(row["unseen_days"]))
    except (KeyError, TypeError, ValueError) as error:
        raise wrong("ageing", str(error)) from error


def code_days(whose: str) -> int:
    """For how many days a code lets in somebody without an account: a `letter`, or a `family`.

    Raises:
        OfficeRulesError: the section says what cannot be.
    """
    row = section("codes")
    try:
        days = _whole(row["days"][whose])
        if not 1 <= days <= 365:
            raise ValueError("from 1 to 365 days, please")
    except (KeyError, TypeError, ValueError) as error:
        raise wrong("codes", str(error)) from error
    return days


def sealed_notification_hours() -> int:
    """For how many hours a notification that seems to be about a sealed case is its team's alone.

    Raises:
        OfficeRulesError: the section says what cannot be.
    """
    row = section("sealed_notifications")
    try:
        hours = _whole(row["hours"])
        if not 0 <= hours <= 72:
            raise ValueError("from 0 to 72 hours, please")
    except (KeyError, TypeError, ValueError) as error:
        raise wrong("sealed_notifications", str(error)) from error
    return hours


def _rule(row: Mapping[str, Any]) -> ApprovalRule:
    rule = ApprovalRule(CaseDeed(row["deed"]), _roles(row["asked_of"]), _roles(row["given_by"]))
    if not rule.given_by:
        raise ValueError(f"{rule.deed}: nobody may answer")
    return rule


def _roles(names: Iterable[str]) -> frozenset[Role]:
    return frozenset(Role(name) for name in names)


def _rising(numbers: Any) -> tuple[int, int]:
    first, second = (_whole(number) for number in numbers)
    if not 0 < first < second:
        raise ValueError("two numbers above 0, the smaller first, please")
    return first, second


def _whole(number: Any) -> int:
    if not isinstance(number, int) or isinstance(number, bool) or number < 0:
        raise ValueError(f"{number} is no whole number")
    return number
