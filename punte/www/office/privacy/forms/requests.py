"""What is asked when somebody asks about their own data."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from punte.people.enums import AskedBy, RequestKind, RequestState
from punte.www.frame.fields import DayInput, writing

_LONGEST = 2_000
AS_PDF, AS_DATA = "pdf", "data"


class WhoseForm(forms.Form):
    """Whose data it is about."""

    about = forms.CharField(
        label=_("Name of the person"),
        max_length=200,
        required=False,
        help_text=_("As on the identity card; the year of birth may follow."),
    )


class RequestForm(forms.Form):
    """A request, as it came."""

    kind = forms.ChoiceField(label=_("What is asked"), choices=RequestKind, widget=forms.RadioSelect)
    asked_on = forms.DateField(label=_("On which day it came"), widget=DayInput())
    asked_by = forms.ChoiceField(
        label=_("Who asks, and by which right"), choices=AskedBy, widget=forms.RadioSelect
    )
    identity = forms.CharField(
        label=_("How you saw that it is they"),
        max_length=_LONGEST,
        widget=writing(2),
        help_text=_("The paper that you saw, and where. No copy of it is needed."),
    )
    asker = forms.CharField(label=_("Name of who asks for somebody else"), max_length=200, required=False)
    right_shown = forms.CharField(
        label=_("What shows that they may ask for them"),
        max_length=_LONGEST,
        required=False,
        widget=writing(2),
        help_text=_("The birth certificate, the decision or the mandate, with its number."),
    )
    text = forms.CharField(
        label=_("What they said or wrote"), max_length=_LONGEST, required=False, widget=writing(3)
    )
    wrong = forms.CharField(
        label=_("What is wrong on the record"),
        max_length=_LONGEST,
        required=False,
        widget=writing(2),
        help_text=_("Only where they ask for a correction."),
    )
    should_say = forms.CharField(
        label=_("What it should say"), max_length=_LONGEST, required=False, widget=writing(2)
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["asked_on"].initial = timezone.localdate


class PutOffForm(forms.Form):
    """Why a request takes longer."""

    reason = forms.CharField(
        label=_("Why it takes longer"),
        max_length=_LONGEST,
        widget=writing(2),
        help_text=_("The person is told this before the first term is over."),
    )


class AnswerForm(forms.Form):
    """What became of a request."""

    decision = forms.ChoiceField(
        label=_("What became of it"),
        choices=[
            (RequestState.ANSWERED, _("It was done, or answered")),
            (RequestState.REFUSED, _("It was refused")),
            (RequestState.WITHDRAWN, _("It was taken back")),
        ],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("What the person was told"),
        max_length=_LONGEST,
        widget=writing(3),
        help_text=_(
            "If it was refused: the reason, and that they may complain to the authority or in court."
        ),
    )
    statement = forms.CharField(
        label=_("What the person holds against it"),
        max_length=_LONGEST,
        required=False,
        widget=writing(3),
        help_text=_("It stays beside the record, in their words."),
    )
