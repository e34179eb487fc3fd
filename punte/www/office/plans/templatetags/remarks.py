"""What the check says of a plan, beside its rows and sections."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from punte.annual_plans.checks.remark import Remark, Weight
from punte.annual_plans.models import AnnualPlan
from punte.www.office.plans.views.chapters import chapter_of

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


@register.simple_tag
def place_of(remark: Remark, plan: AnnualPlan) -> SafeString:
    """Where a remark is, leading to its row or section."""
    chapter = reverse("plan_chapter", args=[plan.pk, chapter_of(remark.section).slug])
    anchor = f"r{remark.row}" if remark.row else f"s-{remark.section}"
    return format_html('<a href="{}#{}">{}</a>', chapter, anchor, remark.place)
