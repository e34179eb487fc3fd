"""What one asks of needs and services; an unknown value asks for nothing."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from punte.kernel.text import fold
from punte.statistics.answers import Kind, answers
from punte.statistics.picture import NEAR_KM
from punte.statistics.where import Weight
from punte.territory.models import County

_KM = (1, 100)
_SITES = (1, 10)
ORDERS = (
    ("name", pgettext_lazy("order of places", "by name")),
    ("people", pgettext_lazy("order of places", "most people first")),
    ("needs", pgettext_lazy("order of places", "most needs first")),
    ("missing", pgettext_lazy("order of places", "most missing first")),
    ("far", pgettext_lazy("order of places", "farthest from a service first")),
)


def _offer_counties(field: Any) -> dict[str, County]:
    """Offer every county; they by their letters."""
    counties = {county.pk: county for county in County.objects.all()}
    field.choices = [(county.pk, county.name) for county in counties.values()]
    return counties


class CountyQuestion(forms.Form):
    """Which county, which kind of service, and how far is near."""

    judet = forms.ChoiceField(label=pgettext_lazy("needs", "County"))
    fel = forms.ChoiceField(label=_("Kind of service"), required=False)
    km = forms.IntegerField(label=_("Near: at most (km)"), min_value=_KM[0], max_value=_KM[1])
    culoare = forms.CharField(label=_("What the colour shows"), required=False, widget=forms.Select)
    ordine = forms.ChoiceField(label=pgettext_lazy("needs", "Order"), choices=ORDERS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.counties = _offer_counties(self.fields["judet"])
        kinds = [(kind.key, kind.name) for kind in answers().kinds.values() if kind.codes]
        self.fields["fel"].choices = [("", pgettext_lazy("needs", "all kinds")), *kinds]  # type: ignore[attr-defined]

    def offer_findings(self, names: Mapping[str, str]) -> str:
        """Offer the findings that may colour the map, by code; the code of the one that was asked for, if any."""
        usual = [("", _("what is missing")), *sorted(names.items(), key=lambda pair: fold(pair[1]))]
        self.fields["culoare"].widget.choices = usual  # type: ignore[attr-defined]
        asked = str(self.data.get("culoare", ""))
        return asked if asked in names else ""

    def asked(self, home: County) -> tuple[County, Kind | None, int, str]:
        """County, kind, km and order; what is missing or wrong falls back to the usual."""
        self.is_valid()
        said = getattr(self, "cleaned_data", {})
        return (
            self.counties.get(said.get("judet", ""), home),
            answers().kinds.get(said.get("fel") or ""),
            said.get("km") or NEAR_KM,
            said.get("ordine") or "name",
        )


class WhereQuestion(forms.Form):
    """Where would the next service reach most people?"""

    judet = forms.ChoiceField(label=pgettext_lazy("needs", "County"))
    fel = forms.ChoiceField(label=_("Kind of service"))
    locuri = forms.IntegerField(label=_("How many to open"), min_value=_SITES[0], max_value=_SITES[1])
    km = forms.IntegerField(label=_("Near: at most (km)"), min_value=_KM[0], max_value=_KM[1])
    conteaza = forms.ChoiceField(label=_("What counts"), choices=Weight.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.counties = _offer_counties(self.fields["judet"])
        kinds = [(kind.key, kind.name) for kind in answers().planned]
        self.fields["fel"].choices = kinds  # type: ignore[attr-defined]
