"""What is asked about waiting lists."""

from django import forms
from django.utils.translation import gettext_lazy as _

from punte.www.frame.fields import writing


class NoForm(forms.Form):
    """Nothing is asked but whether it is meant."""


class WhyForm(forms.Form):
    """Why a place was declined, or somebody waits no more."""

    why = forms.CharField(label=_("Why"), max_length=4_000, widget=writing(3))
