"""Reads a plan and says what does not add up; pure, over the content of the plan and what it is compared with."""

from punte.annual_plans.checks import capacities, codes, sums, texts
from punte.annual_plans.checks.finding import Beside, Finding, OtherCapacity, Said, Weight
from punte.annual_plans.checks.rule import RULES, Rule
from punte.annual_plans.checks.words import chapter, place
from punte.annual_plans.content import Line, PlanContent
from punte.annual_plans.enums import Section

_MODULES = (codes, sums, capacities, texts)
_ORDER = {section.value: at for at, section in enumerate(Section)}


def check(content: PlanContent, beside: Beside) -> list[Finding]:
    """What does not add up, in the order of the plan; about a whole chapter before its rows."""
    found = [
        (_rank(said.about), _finding(rule, said))
        for rule in RULES.values()
        for said in rule.find(content, beside)
    ]
    return [finding for _place, finding in sorted(found, key=lambda one: one[0])]


def _rank(about: Line | str) -> tuple[int, int]:
    if isinstance(about, str):
        return _ORDER[about], 0
    return _ORDER[about.section], about.position


def _finding(rule: Rule, said: Said) -> Finding:
    about = said.about
    row = about if isinstance(about, Line) else None
    return Finding(
        kind=rule.kind,
        title=str(rule.title),
        weight=rule.weight.value,
        section=row.section if row else str(about),
        row=row.id if row else "",
        place=place(row) if row else chapter(str(about)),
        message=said.message,
        source_line=row.source_line if row else "",
    )


__all__ = ["RULES", "Beside", "Finding", "OtherCapacity", "Weight", "check"]
