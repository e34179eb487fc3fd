"""Words for what the directory holds as codes."""

from django import template
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def source_name(dataset: str) -> str:
    """The document behind a data set, or how a count came about."""
    names = {
        "providers_services_2024": _("Annual action plan 2024 of Cluj-Napoca"),
        "county_services_2022": _("Strategy of the county of Cluj 2023–2030"),
        "disability_units_2022": _(
            "Strategy of the county of Cluj 2023–2030, units for children with disabilities"
        ),
        "said": _("said by"),
        "referral": _("after a referral"),
    }
    return names.get(dataset, dataset)
