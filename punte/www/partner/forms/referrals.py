from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from punte.cases.rules import MAX_NEED
from punte.www.frame.fields import over_capacity, writing


class AcceptForm(forms.Form):
    """The person is taken in."""

    answer = forms.CharField(
        label=_("Message for the sender"),
        help_text=_("For example: when the person may come, and what to bring."),
        max_length=MAX_NEED,
        required=False,
        widget=writing(2),
    )
    nevertheless = forms.BooleanField(
        label=_("We take them nevertheless, although no place is free"), required=False
    )


class RefuseForm(forms.Form):
    """The person cannot be taken in."""

    reason = forms.CharField(
        label=_("Why not"),
        help_text=_("The sender reads it and looks further."),
        max_length=MAX_NEED,
        widget=writing(2),
    )


class DoneForm(forms.Form):
    """The service was given and is over."""

    note = forms.CharField(
        label=_("Note"),
        help_text=_("How it ended, in a sentence."),
        max_length=MAX_NEED,
        required=False,
        widget=writing(2),
    )


class OccupancyForm(forms.Form):
    """How many places are taken now."""

    taken = forms.IntegerField(label=_("Places taken now"), min_value=0, max_value=10_000)
    reason = over_capacity()


ANSWERS: dict[str, type[Any]] = {"accept": AcceptForm, "refuse": RefuseForm, "finish": DoneForm}
