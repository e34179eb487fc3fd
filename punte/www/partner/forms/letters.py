from django import forms
from django.utils.translation import gettext_lazy as _

from punte.cases.enums import ReferralStatus
from punte.cases.rules import MAX_NEED
from punte.www.frame.fields import writing

_CODE = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}


class CodeForm(forms.Form):
    """What stands on the letter."""

    number = forms.CharField(label=_("Number"), max_length=40, widget=forms.TextInput(attrs=_CODE))
    code = forms.CharField(
        label=_("Code"),
        help_text=_("Both stand on the letter, or were told to you by phone."),
        max_length=40,
        widget=forms.TextInput(attrs=_CODE),
    )


class LetterAnswerForm(forms.Form):
    """The answer of an institution without an account."""

    decision = forms.ChoiceField(
        label=_("Can you receive the person?"),
        choices=[
            (ReferralStatus.ACCEPTED, _("Yes, a place is given")),
            (ReferralStatus.REFUSED, _("No")),
        ],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("What the sender must know"),
        help_text=_("If yes: when the person may come and what to bring. If no: why."),
        max_length=MAX_NEED,
        required=False,
        widget=writing(3),
    )
    named = forms.CharField(label=_("Who answers: name and duty"), max_length=200)
