"""What a worker fills in while somebody is on the phone."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from punte.notifications.content import content
from punte.territory.models import Community
from punte.www.frame.fields import OfOrganization
from punte.www.frame.telling import TellingForm


class RecordForm(TellingForm, OfOrganization):
    """A notification at the office, mostly by phone."""

    reasons = forms.MultipleChoiceField(
        label=_("In short"), required=False, widget=forms.CheckboxSelectMultiple
    )
    community = forms.ModelChoiceField(
        label=_("Community"), queryset=Community.objects.none(), required=False
    )
    known = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, communities: QuerySet[Community], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields
        chosen["organization"].label = _("Which institution")
        chosen["reasons"].choices = content().choices("reasons")
        chosen["community"].queryset = communities
        chosen["channel"].initial = "phone_office"
        if not communities.exists():
            chosen["community"].widget = forms.HiddenInput()
