"""Inputs that forms of several areas have in common."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from punte.organizations.models import Organization


class DayInput(forms.DateInput):
    """The browser's own date picker."""

    input_type = "date"

    def __init__(self, **options: Any) -> None:
        super().__init__(format="%Y-%m-%d", **options)


def writing(rows: int = 4) -> forms.Textarea:
    """A box for a few sentences."""
    return forms.Textarea(attrs={"rows": rows})


class OfOrganization(forms.Form):
    """About one of the organisations for which the account acts; where there is only one, it is not asked."""

    organization = forms.ModelChoiceField(label=_("Organisation"), queryset=Organization.objects.none())

    def __init__(self, *args: Any, organizations: QuerySet[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked: Any = self.fields["organization"]
        asked.queryset = organizations
        only = list(organizations[:2])
        if len(only) == 1:
            asked.initial, asked.widget = only[0].pk, forms.HiddenInput()
