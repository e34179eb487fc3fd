"""What the list of entitlements is narrowed by, and what is asked at its pages."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from punte.people.models import Household, Person
from punte.www.frame.fields import ManyChoices, Pairs, writing

Choices = list[tuple[str, str]]


class EntitlementFilter(forms.Form):
    """Which of them to show; everything is optional."""

    q = forms.CharField(label=_("Name of a member"), max_length=200, required=False)
    what = forms.ChoiceField(label=_("Entitlement"), required=False)
    uat = forms.ChoiceField(label=_("UAT"), required=False, widget=ManyChoices)
    community = forms.ChoiceField(label=_("Marginalised community"), required=False, widget=ManyChoices)

    def __init__(
        self, *arguments: Any, what: Choices, uats: Callable[[], Choices], communities: Choices, **named: Any
    ) -> None:
        super().__init__(*arguments, **named)
        chosen: Any = self.fields
        chosen["what"].choices = [("", _("Any")), *what]
        chosen["uat"].choices = Pairs([("", _("Any"))], uats)
        chosen["community"].choices = [("", _("Any")), *communities, ("none", _("In none of them"))]


class ConfirmForm(forms.Form):
    """Where the institution read it, or why it holds no more."""

    reason = forms.CharField(label=_("Where it was read, or why"), widget=writing(2), max_length=2_000)


class CodeForm(forms.Form):
    """The code that a resident brings."""

    code = forms.CharField(
        label=_("Code of the application"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class PapersForm(forms.Form):
    """Which papers were brought."""

    brought = forms.MultipleChoiceField(
        label=_("Papers brought"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, papers: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["brought"]
        chosen.choices = [(str(place), paper) for place, paper in enumerate(papers)]


class NameForm(forms.Form):
    """By whose name the household is looked for."""

    q = forms.CharField(label=_("Name of a member, or the CNP"), max_length=200, required=False)


class HouseholdForm(forms.Form):
    """Which household it is."""

    household = forms.ModelChoiceField(
        label=_("Household"), queryset=Household.objects.none(), widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, *args: Any, households: QuerySet[Household], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["household"]
        chosen.queryset = households
        chosen.label_from_instance = _called


class FinishForm(forms.Form):
    """In whose name it stands, and its number in the institution's own register."""

    person = forms.ModelChoiceField(
        label=_("In whose name"), queryset=Person.objects.none(), widget=forms.RadioSelect, empty_label=None
    )
    number = forms.CharField(label=_("Number of the application"), max_length=40, required=False)

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]


def _called(home: Household) -> str:
    return " · ".join(part for part in (home.name, home.address, home.uat.name) if part)
