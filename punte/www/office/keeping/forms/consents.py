"""What is asked when somebody agrees to something, or takes it back."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from punte.organizations.models import Organization
from punte.people.enums import ConsentGiver, ConsentWay
from punte.people.purposes import agreements
from punte.www.frame.fields import DayInput, writing

_LONGEST = 4_000


class ConsentForm(forms.Form):
    """For what, for whom, until when, how and by whom it was given."""

    purpose = forms.ChoiceField(label=_("What the consent is for"))
    organization = forms.ModelChoiceField(
        label=_("Which institution receives"),
        queryset=Organization.objects.none(),
        required=False,
        empty_label=_("none of these"),
    )
    receiver = forms.CharField(
        label=_("Or who receives, in words"),
        max_length=200,
        required=False,
        help_text=_("For example an employer: the name of the firm and who calls."),
    )
    giver = forms.ChoiceField(label=_("Who agreed"))
    given_by = forms.CharField(
        label=_("Their name, and by which right they agree for the other"), max_length=200, required=False
    )
    way = forms.ChoiceField(label=_("How"), choices=ConsentWay)
    start = forms.DateField(label=_("Given on"), widget=DayInput())
    last_day = forms.DateField(
        label=_("Holds until"),
        widget=DayInput(),
        required=False,
        help_text=_("The last day. Empty: until it is withdrawn."),
    )
    note = forms.CharField(
        label=_("What else was said, or where the signed paper is"),
        max_length=_LONGEST,
        required=False,
        widget=writing(2),
    )

    def __init__(self, *args: Any, institutions: Any, of_household: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        offered = [(one.key, str(one)) for one in agreements().purposes.values() if not one.retired]
        self.fields["purpose"].choices = [("", _("Choose")), *offered]  # type: ignore[attr-defined]
        self.fields["organization"].queryset = institutions  # type: ignore[attr-defined]
        givers = [
            one for one in ConsentGiver.choices if not (of_household and one[0] == ConsentGiver.THEMSELVES)
        ]
        self.fields["giver"].choices = givers  # type: ignore[attr-defined]
        self.fields["start"].initial = timezone.localdate()


class WithdrawForm(forms.Form):
    """Who took a consent back, when and why."""

    on = forms.DateField(label=_("Withdrawn on"), widget=DayInput())
    who = forms.CharField(label=_("Who withdrew it"), max_length=200)
    why = forms.CharField(
        label=_("Why, if they said"),
        max_length=_LONGEST,
        required=False,
        widget=writing(2),
        help_text=_("Nobody has to give a reason."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["on"].initial = timezone.localdate()
