"""What is asked of an emergency: what and where it is, who works on it, when it is over."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from punte.accounts.models import User
from punte.directory.models import Service
from punte.directory.services.places_in_words import free_in_words
from punte.emergencies.content import choices
from punte.emergencies.permission import LONGEST
from punte.territory.models import Uat
from punte.www.frame.fields import DayInput, OfOrganization


class Shelters(forms.ModelMultipleChoiceField):
    """Services with their free places."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj} · {free_in_words(obj)}"


def _shelters() -> Shelters:
    return Shelters(
        label=_("Shelters in which places are taken"),
        help_text=_("Services of the directory near the place. A hall that is not listed needs none."),
        queryset=Service.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class EmergencyForm(OfOrganization):
    """An emergency."""

    kind = forms.ChoiceField(label=_("What happened"), widget=forms.RadioSelect)
    name = forms.CharField(
        label=_("What it is called"),
        help_text=_("As everybody says it: “The flood of May”. Names of people do not belong here."),
        max_length=LONGEST,
    )
    place = forms.CharField(label=_("Where people are taken in"), max_length=LONGEST)
    uat = forms.ModelChoiceField(label=_("Commune or town"), queryset=Uat.objects.none(), empty_label=None)
    started_on = forms.DateField(label=_("Since when"), widget=DayInput, initial=timezone.localdate)
    shelters = _shelters()

    def __init__(self, *args: Any, uats: QuerySet[Uat], shelters: QuerySet[Service], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields
        chosen["kind"].choices = choices("kinds")
        chosen["uat"].queryset, chosen["shelters"].queryset = uats, shelters


class TeamForm(forms.Form):
    """Who works on it."""

    users = forms.ModelMultipleChoiceField(
        label=_("Who works on it"),
        help_text=_("Only they see who is on the list."),
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    shelters = _shelters()

    def __init__(self, *args: Any, users: QuerySet[User], shelters: QuerySet[Service], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields
        chosen["users"].queryset, chosen["shelters"].queryset = users, shelters


class EndForm(forms.Form):
    """When it was over."""

    ended_on = forms.DateField(
        label=_("Since when nobody comes any more"), widget=DayInput, initial=timezone.localdate
    )
