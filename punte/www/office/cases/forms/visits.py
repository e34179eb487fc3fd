"""A visit: when, who goes and why; moved, or not made."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from punte.accounts.enums import Compartment
from punte.accounts.models import User
from punte.cases.models import Case
from punte.cases.rules import MAX_NOTE
from punte.www.frame.fields import DayInput, ManyChoices, within_calendar, writing
from punte.www.office.cases.forms.inputs import Choices, as_id, offer, reason_field, staff_choices


class HourInput(forms.TimeInput):
    """The browser's own picker of an hour."""

    input_type = "time"

    def __init__(self, **options: Any) -> None:
        super().__init__(format="%H:%M", **options)


class _When(forms.Form):
    day = forms.DateField(label=_("Day"), widget=DayInput(), validators=[within_calendar])
    hour = forms.TimeField(label=_("Hour"), required=False, widget=HourInput())
    minutes = forms.IntegerField(
        label=_("Minutes, about"),
        min_value=1,
        max_value=1440,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    who = forms.ChoiceField(label=_("Who goes"), widget=ManyChoices)

    def __init__(self, *arguments: Any, goers: list[User], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.goers = {user.pk: user for user in goers}
        today = timezone.localdate()
        self.fields["day"].widget.attrs |= {"min": today.isoformat()}
        offer(self, "who", staff_choices(goers))
        if len(goers) < 2:  # noqa: PLR2004  nobody to choose from
            del self.fields["who"]

    def clean_day(self) -> dt.date:
        """A day that has not passed."""
        day: dt.date = self.cleaned_data["day"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("This day has passed. Write a day that is still to come."))
        return day

    def clean_who(self) -> User | None:
        """The account that goes."""
        chosen = as_id(self.cleaned_data["who"])
        return self.goers.get(chosen) if chosen else None


class VisitForm(_When):
    """A visit that is planned; of which case, where the page is of none."""

    case = forms.ChoiceField(label=_("Family"), widget=ManyChoices)
    purpose = forms.CharField(
        label=_("What for"),
        help_text=_("In a few words; it stands in the day of whoever goes."),
        required=False,
        max_length=MAX_NOTE,
        widget=writing(2),
    )
    compartment = forms.ChoiceField(label=_("Part of the record"), widget=ManyChoices)
    field_order = ("case", "day", "hour", "minutes", "who", "purpose", "compartment")

    def __init__(
        self, *arguments: Any, writes_in: Choices, cases: list[Case] | None = None, **named: Any
    ) -> None:
        super().__init__(*arguments, **named)
        self.cases = {case.pk: case for case in cases or ()}
        offer(self, "compartment", writes_in)
        self.fields["compartment"].initial = Compartment.GENERAL
        if cases is None:
            del self.fields["case"]
            return
        offer(self, "case", [("", ""), *((str(case.pk), _called(case)) for case in cases)])

    def clean_case(self) -> Case | None:
        """The case."""
        chosen = as_id(self.cleaned_data["case"])
        return self.cases.get(chosen) if chosen else None


def _called(case: Case) -> str:
    return str(case) if case.sealed else f"{case.household.name}, {case}"


class MoveForm(_When):
    """Another day or hour, or somebody else who goes."""

    reason = forms.CharField(label=_("Why"), required=False, max_length=MAX_NOTE, widget=writing(2))


class MissedForm(forms.Form):
    """Why a visit did not take place."""

    reason = reason_field(_("Why"), _("For example: nobody was at home, the road was closed."))
