"""What a resident fills in to tell of somebody: a name is asked of nobody."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from punte.notifications.permission import LONGEST
from punte.organizations.models import Organization
from punte.www.frame.fields import writing
from punte.www.frame.telling import TellingForm

_EMPTY_TRAP = {"autocomplete": "off", "tabindex": "-1"}


class TellForm(TellingForm):
    """Somebody needs help."""

    use = "public"

    keeper = forms.ModelChoiceField(
        label=gettext_lazy("To which town hall"),
        queryset=Organization.objects.none(),
        empty_label=gettext_lazy("Choose"),
        error_messages={"required": gettext_lazy("Choose the town hall of the place where they are.")},
    )
    website = forms.CharField(
        label=gettext_lazy("Leave this empty"), required=False, widget=forms.TextInput(attrs=_EMPTY_TRAP)
    )

    def __init__(self, *args: Any, keepers: QuerySet[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields
        chosen["keeper"].queryset = keepers
        only = list(keepers[:2])
        if len(only) == 1:
            chosen["keeper"].initial = only[0].pk
        chosen["what"].label = _("What happens? Write as you would say it")
        chosen["where"].label = _("Where they can be found")
        chosen["name"].label = _("Your name")
        chosen["phone"].label = _("Your phone")
        chosen["quality"].label = _("How you know them")
        del chosen["anonymous"], chosen["channel"]

    def clean(self) -> dict[str, Any]:
        """Whoever gives neither name nor phone stays unknown."""
        given = super().clean() or {}
        given["anonymous"] = not (given.get("name") or given.get("phone"))
        return given

    def clean_website(self) -> str:
        """What a person does not see, only a machine fills in."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Leave this field empty and send again."))
        return ""

    @property
    def trapped(self) -> bool:
        """Whether the hidden field was filled in, and so must be shown."""
        return "website" in self.errors


class AddForm(forms.Form):
    """Number, code, and what one remembers."""

    number = forms.CharField(
        label=gettext_lazy("Number"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    code = forms.CharField(
        label=gettext_lazy("Code"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    text = forms.CharField(label=gettext_lazy("What you remember"), widget=writing(5), max_length=LONGEST)
