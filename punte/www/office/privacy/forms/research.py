"""What is asked before data without names is handed out."""

from django import forms
from django.utils.translation import gettext_lazy as _

from punte.statistics.research import LEAST_K
from punte.www.frame.fields import OfOrganization

_MOST = 1_000


class ResearchForm(OfOrganization):
    """By which decision, to whom, what for, and how many are told of alike."""

    decision = forms.CharField(
        label=_("Decision"), max_length=200, help_text=_("The act that allows it: its number and day.")
    )
    receiver = forms.CharField(label=_("Who receives it"), max_length=200)
    purpose = forms.CharField(label=_("What for"), max_length=400)
    k = forms.IntegerField(
        label=_("How many people are told of alike, at least"),
        initial=LEAST_K,
        min_value=LEAST_K,
        max_value=_MOST,
        help_text=_("Who is alike with fewer is told of more coarsely, or left out."),
    )
    field_order = ("organization", "decision", "receiver", "purpose", "k")
