"""Reads a plan and says what does not add up; pure, over the content of the plan and what it is compared with."""

from punte.programmes.checks.finding import Beside, Finding, OtherCapacity, Weight


def check(content: object, beside: Beside) -> list[Finding]:
    """What does not add up, in the order of the plan."""
    return []


__all__ = ["Beside", "Finding", "OtherCapacity", "Weight", "check"]
