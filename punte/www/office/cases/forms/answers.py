from django import forms
from django.utils.translation import gettext_lazy as _

from punte.cases.enums import ReferralStatus
from punte.cases.rules import MAX_NEED
from punte.www.frame.fields import writing


class WrittenAnswerForm(forms.Form):
    """What an institution answered by phone, on paper or in person."""

    decision = forms.ChoiceField(
        label=_("What they answered"),
        choices=[
            (ReferralStatus.ACCEPTED, _("They receive the person")),
            (ReferralStatus.REFUSED, _("They cannot")),
        ],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("In their words"),
        help_text=_("When the person may come and what to bring; if they cannot, why."),
        max_length=MAX_NEED,
        required=False,
        widget=writing(2),
    )
    named = forms.CharField(label=_("Who answered: name and duty"), max_length=200)
