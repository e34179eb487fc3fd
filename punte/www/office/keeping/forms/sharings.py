"""What is asked when one institution lets another read."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from punte.organizations.models import Organization
from punte.people.enums import SharedPart
from punte.people.purposes import SHARING, agreements
from punte.www.frame.fields import DayInput, writing

_LONGEST = 2_000
GRANT, REFUSE = "grant", "refuse"


def proposed_end() -> dt.date:
    """The last day that is proposed: as many months on as content says."""
    return timezone.localdate() + dt.timedelta(days=30 * agreements().purposes[SHARING].months)


def right_field() -> forms.ChoiceField:
    """By which right something is handed over: the consent on record, or a law."""
    return forms.ChoiceField(
        label=_("By which right"),
        required=False,
        choices=lambda: [
            ("", _("By the consent of the household that is on record")),
            *((one.key, str(one)) for one in agreements().grounds.values()),
        ],
    )


class _PartsForm(forms.Form):
    parts = forms.MultipleChoiceField(
        label=_("What is read"), choices=SharedPart, widget=forms.CheckboxSelectMultiple
    )
    what_for = forms.CharField(
        label=_("What for"),
        max_length=_LONGEST,
        widget=writing(3),
        help_text=_("The family reads it too, in the file of what is on record about them."),
    )
    until = forms.DateField(
        label=_("Until"), widget=DayInput(), help_text=_("The last day, at most a year on.")
    )
    ground = right_field()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["until"].initial = proposed_end()


class AskSharingForm(_PartsForm):
    """What this institution would read of another's record."""


class BeginSharingForm(_PartsForm):
    """What another institution may read of this one's record."""

    organization = forms.ModelChoiceField(
        label=_("Which institution reads"), queryset=Organization.objects.none(), empty_label=_("Choose")
    )
    field_order = ("organization", "parts", "what_for", "until", "ground")

    def __init__(self, *args: Any, institutions: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["organization"].queryset = institutions  # type: ignore[attr-defined]


class AnswerSharingForm(forms.Form):
    """Whether, what and until when who asked may read."""

    decision = forms.ChoiceField(
        label=_("Your answer"),
        choices=[(GRANT, _("They may read")), (REFUSE, _("They may not read"))],
        widget=forms.RadioSelect,
    )
    parts = forms.MultipleChoiceField(
        label=_("What they may read"), widget=forms.CheckboxSelectMultiple, required=False
    )
    until = forms.DateField(label=_("Until"), widget=DayInput(), required=False)
    answer = forms.CharField(
        label=_("Why, or what they should know"),
        max_length=_LONGEST,
        required=False,
        widget=writing(2),
        help_text=_("Needed where they may not read; they are told."),
    )

    def __init__(self, *args: Any, sharing: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        asked = [(part.value, part.label) for part in SharedPart if part in sharing.parts]
        self.fields["parts"].choices = asked  # type: ignore[attr-defined]
        self.fields["parts"].initial = sharing.parts
        self.fields["until"].initial = sharing.until


class WhyForm(forms.Form):
    """A reason."""

    reason = forms.CharField(label=_("Why"), max_length=_LONGEST, widget=writing(2))
