"""What a family types, and a child."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from punte.organizations.models import Organization
from punte.petitions.actions.receiving import new_token
from punte.www.frame.fields import writing

_CODE = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
_LONGEST = 2_000


class FamilyCodeForm(forms.Form):
    """What stands on the paper."""

    number = forms.CharField(
        label=gettext_lazy("Number"),
        max_length=40,
        widget=forms.TextInput(attrs=_CODE),
        error_messages={"required": gettext_lazy("Write the number on the paper.")},
    )
    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=40,
        widget=forms.TextInput(attrs=_CODE),
        error_messages={"required": gettext_lazy("Write the code on the paper.")},
    )


class ChildForm(forms.Form):
    """A call for help, in few words: one tick is enough."""

    wrong = forms.MultipleChoiceField(
        label=gettext_lazy("What is wrong?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[
            ("afraid", gettext_lazy("I am afraid at home")),
            ("hurt", gettext_lazy("Somebody hurts me")),
            ("alone", gettext_lazy("I am alone")),
            ("hungry", gettext_lazy("I am hungry or cold")),
            ("school", gettext_lazy("Something bad happens at school")),
            ("other", gettext_lazy("Something else")),
        ],
    )
    words = forms.CharField(
        label=gettext_lazy("Say it in your words, if you want"),
        required=False,
        max_length=_LONGEST,
        widget=writing(3),
    )
    reached = forms.CharField(
        label=gettext_lazy("Where can we find you?"),
        help_text=gettext_lazy(
            "Your name, your school or a phone: what you want to tell. You may leave it empty."
        ),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    organization = forms.ModelChoiceField(
        label=gettext_lazy("Where do you live?"),
        queryset=Organization.objects.none(),
        empty_label=gettext_lazy("Choose"),
    )
    token = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64, initial=new_token)

    def __init__(self, *args: Any, addressees: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        chosen: Any = self.fields["organization"]
        chosen.queryset = addressees
        only = list(addressees[:2])
        self.is_one_place = len(only) == 1
        if self.is_one_place:
            chosen.initial = only[0].pk
            chosen.widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """Something must be said."""
        given = super().clean() or {}
        if not given.get("wrong") and not given.get("words", "").strip():
            raise forms.ValidationError(_("Tick one thing, or write one word."))
        return given

    def said(self) -> str:
        """What was ticked and written, as it is read by who helps."""
        labels = dict(self.fields["wrong"].choices)  # type: ignore[attr-defined]
        ticked = [str(labels[key]) for key in self.cleaned_data["wrong"]]
        return "\n".join([*ticked, self.cleaned_data["words"].strip()]).strip()
