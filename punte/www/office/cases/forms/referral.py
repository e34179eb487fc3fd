"""Sending a person to a service or an institution."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from punte.cases.models import PlannedService
from punte.cases.rules import MAX_NEED
from punte.people.models import Person
from punte.www.frame.fields import DayInput
from punte.www.office.cases.forms.inputs import (
    as_id,
    future_message,
    not_in_future,
    offer,
    people_choices,
    reason_field,
    step_choices,
)


class FindServiceForm(forms.Form):
    """What help is looked for: by a step of the plan, or in words."""

    step = forms.ChoiceField(label=_("For which step of the plan"), required=False)
    text = forms.CharField(label=_("Or search by name"), max_length=100, required=False)

    def __init__(self, *arguments: Any, steps: list[PlannedService], **named: Any) -> None:
        super().__init__(*arguments, **named)
        offer(self, "step", step_choices(steps, _("Choose")))
        if not steps:
            del self.fields["step"]


class ReferralForm(forms.Form):
    """Who is sent where, what for, and since when the family agrees."""

    place = forms.ChoiceField(label=_("Where"), widget=forms.RadioSelect)
    person = forms.ChoiceField(label=_("Who is referred"))
    need = reason_field(
        _("What is needed"),
        _("The partner reads this text, the person's name, age and contact, and nothing else of the record."),
        longest=MAX_NEED,
        ready="referral_need",
    )
    consent_on = forms.DateField(
        label=_("The person or family agreed on"),
        widget=DayInput(),
        required=False,
        help_text=_(
            "Nobody is referred without consent. Empty where a consent on record stands for this institution."
        ),
    )

    def __init__(
        self, *arguments: Any, members: list[Person], places: list[tuple[str, str]], **named: Any
    ) -> None:
        super().__init__(*arguments, **named)
        offer(self, "place", places)
        offer(self, "person", people_choices(members, _("Choose")))

    def clean_consent_on(self) -> Any:
        """Consent comes before the referral."""
        day = self.cleaned_data["consent_on"]
        not_in_future(day, future_message())
        return day

    def clean_person(self) -> Any:
        """The identifier of the member."""
        return as_id(self.cleaned_data["person"])
