"""The agreement of the family with a plan."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from punte.cases.enums import AgreementWay
from punte.www.frame.fields import DayInput
from punte.www.office.cases.forms.inputs import Choices, future_message, not_in_future, offer


class AgreementForm(forms.Form):
    """Who agreed the plan, when and how."""

    agreed_with = forms.ChoiceField(label=_("Who agreed, for the family"))
    agreed_on = forms.DateField(label=_("Day of the agreement"), widget=DayInput())
    agreed_how = forms.ChoiceField(label=_("How they agreed"), choices=AgreementWay, widget=forms.RadioSelect)

    def __init__(self, *arguments: Any, people: Choices, **named: Any) -> None:
        super().__init__(*arguments, **named)
        offer(self, "agreed_with", people)
        self.fields["agreed_on"].initial = timezone.localdate()

    def clean_agreed_on(self) -> Any:
        """An agreement is noted when it was given."""
        day = self.cleaned_data["agreed_on"]
        not_in_future(day, future_message())
        return day
