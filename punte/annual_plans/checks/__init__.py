"""Reads a plan and says what does not add up; pure, over the content of the plan and what it is compared with."""

from punte.annual_plans.checks import capacities, codes, costs, readings, sums, texts
from punte.annual_plans.checks.advice import ADVICE
from punte.annual_plans.checks.naming import chapter, place
from punte.annual_plans.checks.remark import Comparison, Mismatch, OtherCapacity, Remark, Weight
from punte.annual_plans.checks.rule import RULES, Rule
from punte.annual_plans.content import Line, PlanContent
from punte.annual_plans.enums import Section

_MODULES = (codes, sums, costs, capacities, texts, readings)
_ORDER = {section.value: at for at, section in enumerate(Section)}


def check(content: PlanContent, comparison: Comparison) -> list[Remark]:
    """What does not add up, in the order of the plan; about a whole chapter before its rows."""
    found = [
        (_rank(mismatch.about), _remark(rule, mismatch))
        for rule in RULES.values()
        for mismatch in rule.find(content, comparison)
    ]
    return [remark for _place, remark in sorted(found, key=lambda one: one[0])]


def _rank(about: Line | str) -> tuple[int, int]:
    if isinstance(about, str):
        return _ORDER[about], 0
    return _ORDER[about.section], about.position


def _remark(rule: Rule, mismatch: Mismatch) -> Remark:
    about = mismatch.about
    row = about if isinstance(about, Line) else None
    return Remark(
        kind=rule.kind,
        title=str(rule.title),
        weight=rule.weight.value,
        section=row.section if row else str(about),
        row=row.id if row else "",
        place=place(row) if row else chapter(str(about)),
        message=mismatch.message,
        source_line=row.source_line if row else "",
        advice=str(ADVICE[rule.kind]),
        subject=mismatch.subject,
        folded=tuple(_remark(rule, one) for one in mismatch.follows),
    )


__all__ = ["RULES", "Comparison", "Remark", "OtherCapacity", "Weight", "check"]
