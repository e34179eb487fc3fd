"""What is asked when a case is handed over, and when two are tied."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from punte.cases.enums import TieKind
from punte.cases.transfers import LONGEST_SUMMARY
from punte.organizations.models import Organization
from punte.www.frame.fields import writing
from punte.www.office.keeping.forms.sharings import right_field

_LONGEST = 2_000
TAKE, LEAVE = "take", "leave"


class OfferForm(forms.Form):
    """To whom, with which words, by which right."""

    organization = forms.ModelChoiceField(
        label=_("Which institution takes the case over"),
        queryset=Organization.objects.none(),
        empty_label=_("Choose"),
    )
    summary = forms.CharField(
        label=_("Summary"),
        max_length=LONGEST_SUMMARY,
        widget=writing(12),
        help_text=_(
            "All that goes over in words. Read it to the family; take out what the other need not know."
        ),
    )
    ground = right_field()

    def __init__(self, *args: Any, institutions: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["organization"].queryset = institutions  # type: ignore[attr-defined]


class AnswerOfferForm(forms.Form):
    """Whether the case is taken over."""

    decision = forms.ChoiceField(
        label=_("Your answer"),
        choices=[(TAKE, _("We take the case over")), (LEAVE, _("We do not take it over"))],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("Why, or what they should know"),
        max_length=_LONGEST,
        required=False,
        widget=writing(2),
        help_text=_("Needed where you do not take it over; they are told."),
    )


class TieForm(forms.Form):
    """Which case belongs with this one, and why."""

    number = forms.CharField(
        label=_("Number of the other case"), max_length=12, help_text=_("For example 2026/0012")
    )
    kind = forms.ChoiceField(label=_("Why they belong together"), choices=TieKind)
    reason = forms.CharField(label=_("What is known of it"), max_length=_LONGEST, widget=writing(2))
    sure = forms.BooleanField(label=_("Nobody of one is in danger from somebody of the other"))
