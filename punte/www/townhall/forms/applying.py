"""What a resident fills in to begin an application."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from punte.benefits.actions.applying import (
    LONGEST_LINE,
    LONGEST_TEXT,
    MOST_PEOPLE,
    Resident,
    asked_at_town_halls,
)
from punte.directory.help.need import title_in
from punte.organizations.models import Organization
from punte.petitions.actions.receiving import new_token
from punte.www.frame.fields import writing

_TRAP = {"autocomplete": "off", "tabindex": "-1"}


class ApplyForm(forms.Form):
    """What is asked for, by whom, and how they are reached; no CNP and no paper: those are shown at the desk."""

    organization = forms.ModelChoiceField(
        label=gettext_lazy("Which town hall"),
        queryset=Organization.objects.none(),
        empty_label=gettext_lazy("Choose"),
        error_messages={"required": gettext_lazy("Choose the town hall where you live.")},
    )
    benefit = forms.ChoiceField(
        label=gettext_lazy("What you ask for"),
        error_messages={"required": gettext_lazy("Choose what you ask for.")},
    )
    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=LONGEST_LINE,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": gettext_lazy("Write your name.")},
    )
    phone = forms.CharField(
        label=gettext_lazy("Phone"),
        help_text=gettext_lazy("A phone, an e-mail or an address: one is enough."),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    email = forms.CharField(
        label=gettext_lazy("E-mail"),
        required=False,
        max_length=LONGEST_LINE,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    address = forms.CharField(
        label=gettext_lazy("Address"),
        required=False,
        max_length=LONGEST_LINE,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    people = forms.IntegerField(
        label=gettext_lazy("How many live with you, you included"),
        required=False,
        min_value=1,
        max_value=MOST_PEOPLE,
    )
    text = forms.CharField(
        label=gettext_lazy("Anything else we should know"),
        help_text=gettext_lazy(
            "For example: you cannot come to the town hall, or you need somebody who reads."
        ),
        required=False,
        max_length=LONGEST_TEXT,
        widget=writing(4),
    )
    token = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64, initial=new_token)
    website = forms.CharField(
        label=gettext_lazy("Leave this empty"), required=False, widget=forms.TextInput(attrs=_TRAP)
    )

    def __init__(self, *args: Any, addressees: QuerySet[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields
        chosen["organization"].queryset = addressees
        chosen["organization"].label_from_instance = _called
        only = list(addressees[:2])
        if len(only) == 1:
            chosen["organization"].initial = only[0].pk
        language = get_language() or "ro"
        rights = [(one.key, title_in(one.name, language)) for one in asked_at_town_halls().values()]
        chosen["benefit"].choices = [("", _("Choose")), *sorted(rights, key=lambda one: one[1])]

    def clean_website(self) -> str:
        """What a person does not see, only a machine fills in."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Leave this field empty and send again."))
        return ""

    @property
    def trapped(self) -> bool:
        """Whether the hidden field was filled in, and so must be shown."""
        return "website" in self.errors

    def resident(self) -> Resident:
        """Who applies."""
        given = self.cleaned_data
        return Resident(
            **{name: given[name] for name in ("name", "phone", "email", "address", "people", "text")}
        )


def _called(organization: Organization) -> str:
    return organization.name
