"""What is asked of somebody in ten seconds; only a name must be there."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from punte.directory.models import Service
from punte.emergencies.actions import Fast
from punte.emergencies.content import choices
from punte.emergencies.models import Listed
from punte.emergencies.permission import LONGEST, OLDEST

_OFF = {"autocomplete": "off"}
_NUMBER = {**_OFF, "inputmode": "numeric", "size": "3"}


def _line(label: Any, **attributes: str) -> forms.CharField:
    widget = forms.TextInput(attrs={**_OFF, **attributes})
    return forms.CharField(label=label, required=False, max_length=LONGEST, widget=widget)


class FastForm(forms.Form):
    """Somebody on the list."""

    name = forms.CharField(
        label=_("Name, any alphabet"),
        max_length=LONGEST,
        widget=forms.TextInput(attrs={**_OFF, "autocapitalize": "words"}),
        error_messages={"required": _("Write a name, any that they give: one is enough.")},
    )
    age = forms.IntegerField(
        label=_("Age about"),
        required=False,
        min_value=0,
        max_value=OLDEST,
        widget=forms.TextInput(attrs=_NUMBER),
    )
    with_number = forms.IntegerField(
        label=_("With number"), required=False, min_value=1, widget=forms.TextInput(attrs=_NUMBER)
    )
    needs = forms.MultipleChoiceField(label=_("Needs"), required=False, widget=forms.CheckboxSelectMultiple)
    phone = _line(_("Phone"), inputmode="tel")
    language = forms.ChoiceField(label=_("Speaks"), required=False)
    shelter = forms.ModelChoiceField(
        label=_("Place in"), queryset=Service.objects.none(), required=False, empty_label=_("none yet")
    )
    looks_for = _line(_("Looks for somebody of the family"))
    note = _line(_("Anything else"))

    def __init__(
        self, *args: Any, shelters: QuerySet[Service], gone: tuple[str, ...] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields
        # A need that the file no longer has stays with who has it.
        known = choices("needs")
        chosen["needs"].choices = [*known, *((key, key) for key in gone if key not in dict(known))]
        chosen["language"].choices = [("", "–"), *choices("languages")]
        chosen["shelter"].queryset = shelters
        if not shelters.exists():
            del chosen["shelter"]

    def rest(self) -> list[forms.BoundField]:
        """What is asked besides who they are and what they need."""
        names = ("shelter", "language", "phone", "looks_for", "note")
        return [self[name] for name in names if name in self.fields]

    def said(self) -> Fast:
        """What is known."""
        return Fast(**{"shelter": None, **self.cleaned_data})


class CorrectForm(FastForm):
    """The same of somebody on the list; whom they look for is written beside it.

    Args:
        row: whose phone and place stay as they are once they have a file.
    """

    def __init__(self, *args: Any, row: Listed, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["looks_for"]
        self.kept = {"phone": row.phone, "shelter": row.shelter} if row.person_id else {}
        for name in self.kept.keys() & self.fields.keys():
            del self.fields[name]

    def said(self) -> Fast:
        """What is known."""
        return Fast(**{"shelter": None, **self.cleaned_data, **self.kept})


class SearchForm(forms.Form):
    """Of the whole list those who are meant; a name in any alphabet, or a number."""

    words = _line(_("Name or number"))
    need = forms.ChoiceField(label=_("Needs"), required=False)
    state = forms.ChoiceField(
        label=_("Who"),
        required=False,
        choices=[
            ("here", _("those here")),
            ("left", _("those who left")),
            ("unfiled", _("here, without a file")),
            ("looks", _("those who look for somebody")),
            ("all", _("all")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields
        chosen["need"].choices = [("", _("any")), *choices("needs")]
