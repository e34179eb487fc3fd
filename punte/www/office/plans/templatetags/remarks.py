"""What the check says of a plan, beside its rows and sections."""

from typing import Any

from django import template

from punte.annual_plans.checks.remark import Remark, Weight

register = template.Library()


@register.inclusion_tag("office_plans/beside.html")
def beside(found: dict[str, list[Remark]], key: str) -> dict[str, Any]:
    """What the check finds about a row."""
    return {"remarks": found.get(str(key), ())}


@register.inclusion_tag("office_plans/about_section.html")
def about_section(found: dict[str, list[Remark]], section: str) -> dict[str, Any]:
    """What the check finds about a whole section, folded away so that the rows come first."""
    return {"remarks": found.get(str(section), ())}


@register.filter
def weight_tone(weight: str) -> str:
    """The tone of a tag for a remark."""
    return "severe" if weight == Weight.ERROR else "moderate"


@register.filter
def weight_label(weight: str) -> str:
    """A weight in words."""
    return str(Weight(weight).label)
