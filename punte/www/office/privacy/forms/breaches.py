"""What is asked about a breach of data."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from punte.accounts.enums import BreachRisk
from punte.www.frame.fields import MomentField, OfOrganization, within_calendar, writing

_LONGEST = 4_000


def _moment(label: Any, *, required: bool, help_text: Any = "") -> MomentField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return MomentField(
        label=label, required=required, widget=widget, validators=[within_calendar], help_text=help_text
    )


class _KnownForm(forms.Form):
    risk = forms.ChoiceField(
        label=_("What it may mean for people"), choices=BreachRisk, widget=forms.RadioSelect
    )
    people = forms.IntegerField(
        label=_("About how many people it touches"), min_value=0, max_value=10_000_000, required=False
    )
    measures = forms.CharField(
        label=_("What was done about it"), max_length=_LONGEST, required=False, widget=writing(3)
    )


class BreachForm(OfOrganization, _KnownForm):
    """A breach, as far as it is known."""

    happened = forms.CharField(label=_("What happened"), max_length=_LONGEST, widget=writing(4))
    known_at = _moment(_("When you knew of it"), required=True, help_text=_("The 72 hours run from here."))
    field_order = ("organization", "happened", "known_at", "risk", "people", "measures")


class FollowForm(_KnownForm):
    """What is known by now, and who was told."""

    told_authority_at = _moment(_("When the authority was told"), required=False)
    late_why = forms.CharField(
        label=_("Why it was told later than 72 hours"), max_length=_LONGEST, required=False, widget=writing(2)
    )
    no_need = forms.CharField(
        label=_("Why the authority is not told"),
        max_length=_LONGEST,
        required=False,
        widget=writing(2),
        help_text=_("Only where there is no risk for anybody."),
    )
    told_people_at = _moment(_("When the people were told"), required=False)
    close = forms.BooleanField(label=_("Nothing more is to be done: close it"), required=False)
