"""What is filled in to publish a table of figures, or to withdraw it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from punte.organizations.models import Organization
from punte.www.frame.fields import OfOrganization, writing


class TableForm(OfOrganization):
    """Which table, of which years, in whose name."""

    organization = forms.ModelChoiceField(
        label=gettext_lazy("Institution"), queryset=Organization.objects.none()
    )
    table = forms.ChoiceField(label=gettext_lazy("Table"))
    years = forms.MultipleChoiceField(label=gettext_lazy("Years"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, tables: Mapping[str, str], years: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        table: Any = self.fields["table"]
        table.choices = list(tables.items())
        listed: Any = self.fields["years"]
        listed.choices = [(year, year) for year in years]


class WithdrawTableForm(forms.Form):
    """Why it is withdrawn."""

    reason = forms.CharField(label=gettext_lazy("Why"), widget=writing(3), max_length=500)
