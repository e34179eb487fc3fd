"""What was done for the family, noted in seconds."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from punte.accounts.enums import Compartment
from punte.cases.enums import InterventionMode
from punte.cases.models import PlannedService
from punte.cases.rules import MAX_NOTE
from punte.people.models import Person
from punte.www.frame.fields import ManyChoices, MomentField, writing
from punte.www.office.cases.forms.codes import intervention_choices
from punte.www.office.cases.forms.inputs import (
    Choices,
    MomentInput,
    as_id,
    future_message,
    offer,
    people_choices,
    reason_field,
    step_choices,
)

_MINUTE_OF_SLACK = dt.timedelta(minutes=5)


class InterventionForm(forms.Form):
    """Kind, when, how long, who, and a note with its compartment."""

    mode = forms.ChoiceField(label=_("Kind of contact"), choices=InterventionMode, widget=forms.RadioSelect)
    at = MomentField(label=_("When"), widget=MomentInput())
    minutes = forms.IntegerField(
        label=_("Minutes"),
        min_value=1,
        max_value=1440,
        required=False,
        widget=forms.NumberInput(attrs={"list": "usual-minutes", "inputmode": "numeric"}),
    )
    person = forms.ChoiceField(label=_("Who it was for"), required=False, widget=ManyChoices)
    code = forms.ChoiceField(label=_("What was done"), required=False, widget=ManyChoices)
    step = forms.ChoiceField(label=_("Step of the plan"), required=False, widget=ManyChoices)
    met_family = forms.BooleanField(label=_("I met or spoke with the family"), required=False, initial=True)
    note = forms.CharField(
        label=_("Note"), required=False, max_length=MAX_NOTE, widget=writing(3, ready="intervention_note")
    )
    compartment = forms.ChoiceField(label=_("Part of the record"), widget=ManyChoices)

    def __init__(
        self,
        *arguments: Any,
        members: list[Person],
        steps: list[PlannedService],
        writes_in: Choices,
        first: Iterable[str] = (),
        **named: Any,
    ) -> None:
        super().__init__(*arguments, **named)
        self.fields["at"].initial = timezone.localtime().replace(second=0, microsecond=0)
        offer(self, "person", people_choices(members, _("The whole household")))
        offer(self, "code", intervention_choices(first))
        offer(self, "step", step_choices(steps, _("No step")))
        offer(self, "compartment", writes_in)
        self.fields["compartment"].initial = Compartment.GENERAL
        if not steps:
            del self.fields["step"]

    def clean_at(self) -> dt.datetime:
        """What happened, not what is planned."""
        at: dt.datetime = self.cleaned_data["at"]
        if at > timezone.now() + _MINUTE_OF_SLACK:
            raise forms.ValidationError(future_message())
        return at

    def clean_person(self) -> Any:
        """The identifier of the member."""
        return as_id(self.cleaned_data["person"])

    def clean_step(self) -> Any:
        """The identifier of the step."""
        return as_id(self.cleaned_data["step"])


class CorrectionForm(InterventionForm):
    """What was noted, put right, and what was wrong with it."""

    why = reason_field(_("What was wrong"))
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    field_order = ("seen", "mode", "at", "minutes", "person", "code", "met_family", "note", "why")

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, steps=[], writes_in=[], **named)
        del self.fields["compartment"]

    def clean_step(self) -> None:
        """The step of the plan stays as it was."""
