"""What is asked of who is put on a waiting list."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from punte.people.models import Person
from punte.waiting.reasons import reasons
from punte.www.frame.fields import writing


class WaitingForm(forms.Form):
    """Who waits, and why before others."""

    person = forms.ModelChoiceField(
        label=_("Who waits"), queryset=Person.objects.none(), empty_label=_("Choose")
    )
    declared = forms.MultipleChoiceField(
        label=_("What they declare"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each has its points; their sum says who comes first. A proposal."),
    )
    note = forms.CharField(
        label=_("Note for the case"),
        max_length=4_000,
        required=False,
        widget=writing(2),
        help_text=_("The provider does not read it."),
    )

    def __init__(self, *arguments: Any, members: list[Person], **named: Any) -> None:
        super().__init__(*arguments, **named)
        known = Person.objects.filter(pk__in=[one.pk for one in members])
        self.fields["person"].queryset = known.defer("cnp", "ethnicity")  # type: ignore[attr-defined]
        offered = [(one.key, str(one)) for one in reasons().values()]
        self.fields["declared"].choices = offered  # type: ignore[attr-defined]
