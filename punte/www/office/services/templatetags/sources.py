"""Where what the directory says comes from."""

from django import template
from django.utils.translation import gettext as _

from punte.directory.enums import CountSource

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
        CountSource.PROVIDER: _("said by"),
        CountSource.REFERRAL: _("after a referral"),
    }
    return names.get(dataset, dataset)
