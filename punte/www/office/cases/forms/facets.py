"""A facet that a case is given, and from when it has it no more."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from punte.www.frame.fields import DayInput, within_calendar
from punte.www.office.cases.forms.inputs import Choices, offer


class FacetForm(forms.Form):
    """Which facet, and since when."""

    facet = forms.ChoiceField(label=_("Field of work"))
    start = forms.DateField(
        label=_("Since what day"), initial=timezone.localdate, widget=DayInput, validators=[within_calendar]
    )

    def __init__(self, *arguments: Any, offered: Choices, **named: Any) -> None:
        super().__init__(*arguments, **named)
        offer(self, "facet", [("", _("Choose")), *offered])


class FacetEndForm(forms.Form):
    """From when the case is not worked on in the field."""

    end = forms.DateField(
        label=_("Ends on"), initial=timezone.localdate, widget=DayInput, validators=[within_calendar]
    )
