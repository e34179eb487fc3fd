"""What is asked about dwellings, and by what their list is narrowed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from punte.organizations.models import Organization
from punte.people.enums import DwellingKind
from punte.people.models import Dwelling
from punte.territory.models import Uat
from punte.www.frame.fields import ManyChoices
from punte.www.office.people.forms.people import ChangeForm, Text, uats_of


class DwellingFilter(forms.Form):
    """What to show; everything is optional.

    Args:
        uats: those that are offered.
    """

    text = forms.CharField(label=_("Address"), max_length=200, required=False)
    kind = forms.ChoiceField(
        label=_("Kind of dwelling"), required=False, choices=[("", _("Any")), *DwellingKind.choices]
    )
    uat = forms.ChoiceField(label=_("UAT"), required=False, widget=ManyChoices)

    def __init__(self, *arguments: Any, uats: list[Uat], **named: Any) -> None:
        super().__init__(*arguments, **named)
        offered = [("", _("Any")), *((str(one.pk), one.name) for one in uats)]
        self.fields["uat"].choices = offered  # type: ignore[attr-defined]


class DwellingForm(forms.Form):
    """What is said of a dwelling."""

    kind = forms.ChoiceField(label=_("Kind of dwelling"), choices=[("", _("choose")), *DwellingKind.choices])
    uat = forms.ModelChoiceField(label=_("UAT"), queryset=Uat.objects.none())
    locality = Text(label=_("Village or district"), max_length=120, required=False)
    address = Text(
        label=_("Address"),
        max_length=250,
        help_text=_("With staircase and flat: each is a dwelling of its own."),
    )
    administrator = forms.ModelChoiceField(
        label=_("Administered by"),
        queryset=Organization.objects.none(),
        required=False,
        empty_label=_("nobody here"),
    )
    landlord = Text(
        label=_("Landlord"),
        max_length=250,
        required=False,
        help_text=_("In words, where it is none of the institutions."),
    )

    def __init__(self, *args: Any, keeper: Organization, **options: Any) -> None:
        super().__init__(*args, **options)
        near = uats_of([keeper], also=getattr(self.initial.get("uat"), "pk", None))
        self.fields["uat"].queryset = near  # type: ignore[attr-defined]
        self.fields["administrator"].queryset = Organization.objects.order_by("name")  # type: ignore[attr-defined]
        if keeper.uat_id and "uat" not in self.initial:
            self.initial["uat"] = keeper.uat_id


class DwellingChangeForm(ChangeForm, DwellingForm):
    """The same about a dwelling on record."""


def of_dwelling(dwelling: Dwelling) -> dict[str, Any]:
    """What a form about a dwelling starts from."""
    return {name: getattr(dwelling, name) for name in DwellingForm.base_fields}
