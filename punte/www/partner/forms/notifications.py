"""What a partner fills in to tell an institution of somebody."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from punte.notifications.permission import LONGEST
from punte.organizations.models import Organization
from punte.www.frame.fields import OfOrganization, writing
from punte.www.frame.telling import TellingForm


class SendForm(TellingForm, OfOrganization):
    """A notification of a partner, in the name of its institution."""

    use = "partner"

    keeper = forms.ModelChoiceField(
        label=_("To which institution"), queryset=Organization.objects.none(), empty_label=_("Choose")
    )

    def __init__(self, *args: Any, keepers: QuerySet[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields
        chosen["keeper"].queryset = keepers
        only = list(keepers[:2])
        if len(only) == 1:
            chosen["keeper"].initial = only[0].pk
        chosen["organization"].label = _("From which institution")
        chosen["channel"].initial = "professional"
        del chosen["anonymous"]

    def clean(self) -> dict[str, Any]:
        """A partner is known by its account."""
        return {**(super().clean() or {}), "anonymous": False}


class MoreForm(forms.Form):
    """What a partner remembers later."""

    text = forms.CharField(label=_("What you remember"), widget=writing(4), max_length=LONGEST)
