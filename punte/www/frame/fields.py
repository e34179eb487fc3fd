"""Inputs that forms of several areas have in common."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from punte.kernel.days import is_meant
from punte.organizations.models import Organization


def within_calendar(day: dt.date) -> None:
    """The validator of every field of a day or a moment."""
    if not is_meant(day):
        raise forms.ValidationError(_("There is something wrong with the year."))


class MomentField(forms.DateTimeField):
    """A moment as the clock on the wall shows it; in two nights of a year it shows none, or one twice."""

    def to_python(self, value: Any) -> dt.datetime | None:
        try:
            return super().to_python(value)
        except forms.ValidationError as wrong:
            if wrong.code != "ambiguous_timezone":
                raise
            raise forms.ValidationError(
                _(
                    "In the night when the clocks change there is no such time, or it is there twice. Write an hour"
                    " earlier or later."
                )
            ) from wrong


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
