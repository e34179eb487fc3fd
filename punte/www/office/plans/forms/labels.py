"""What the fields of a plan's rows are called on a screen."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LABELS: Mapping[str, str | Promise] = {
    "title": _("Title of the plan"),
    "grants_budget": _("Budget of the grants by Law 350/2005 (lei)"),
    "subsidy_budget": _("Budget of the contracting programme (lei)"),
    "number": _("Number"),
    "provider": _("Provider"),
    "organization": _("Provider in the directory"),
    "name": pgettext_lazy("row of a plan", "Name"),
    "service": _("Service in the directory"),
    "code": _("Code of the nomenclature"),
    "code_printed": _("Code as printed"),
    "capacity": _("Capacity"),
    "capacity_unit": _("Capacity is counted in"),
    "capacity_printed": _("Capacity as printed"),
    "occupancy": _("Occupancy (%)"),
    "remark": _("Remark printed after the code"),
    "local": _("Local budget (lei)"),
    "county": _("County budget (lei)"),
    "state": _("State budget (lei)"),
    "contributions": _("Contributions of beneficiaries (lei)"),
    "other": _("Other sources (lei)"),
    "beneficiaries": _("For whom"),
    "per_day": _("People a day"),
    "per_day_printed": _("People a day, as printed"),
    "places": _("Places"),
    "places_printed": _("Places, as printed"),
    "area": _("Floor area (m²)"),
    "staff": _("Staff"),
    "budget_words": _("Words instead of an amount"),
    "justification": _("Justification"),
    "cpv": _("CPV code"),
    "amount": _("Amount (lei)"),
    "objectives": _("Objectives"),
    "period": _("When, as printed"),
    "starts": _("First day"),
    "ends": _("Last day"),
    "responsible": _("Who answers for it"),
    "label": _("Point"),
    "category": _("Who is trained"),
    "persons": _("People"),
    "text": _("Text"),
    "detail": _("How often, or other detail"),
}
HINTS: Mapping[str, str | Promise] = {
    "capacity_printed": _("Leave empty to print the number. For example: 25/lună."),
    "per_day_printed": _("Leave empty to print the number."),
    "places_printed": _("Leave empty to print the number."),
    "local": _("In lei. Empty prints a dash."),
    "amount": _("In lei. Empty prints a dash."),
    "budget_words": _("For example: fonduri nerambursabile."),
    "period": _("For example: Martie–Iunie 2026."),
}
