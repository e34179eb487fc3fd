"""How a rule is written: one function, one name, one title, one weight."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from punte.annual_plans.checks.remark import Comparison, Mismatch, Weight
from punte.annual_plans.content import PlanContent

Find = Callable[[PlanContent, Comparison], Iterable[Mismatch]]


@dataclass(frozen=True)
class Rule:
    """A rule of the check: its stable name, its title for people, how much it weighs, and what looks."""

    kind: str
    title: str | Promise
    weight: Weight
    find: Find


RULES: dict[str, Rule] = {}
"""Every rule by its name, in the order in which the modules are read."""


def rule(kind: str, title: str | Promise, weight: Weight) -> Callable[[Find], Find]:
    """Make a function a rule of the check."""

    def keep(find: Find) -> Find:
        assert kind not in RULES, kind
        RULES[kind] = Rule(kind, title, weight, find)
        return find

    return keep
