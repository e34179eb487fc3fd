"""What is asked about trainings, students, volunteers and newsletters."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from punte.accounts.models import User
from punte.cases.models import Case
from punte.gatherings.enums import PlacementKind
from punte.gatherings.groups_content import groups
from punte.gatherings.models import Subscription, TrainingPlace
from punte.gatherings.roll import leaders_in, students_in, working_in
from punte.organizations.models import Contact, Organization
from punte.people.enums import SharedPart
from punte.www.frame.fields import DayInput, ManyChoices, OfOrganization, within_calendar, writing


class PlaceForm(forms.Form):
    """Who has a place in a training."""

    user = forms.ModelChoiceField(
        label=_("Colleague"), queryset=User.objects.none(), required=False, empty_label=_("somebody else")
    )
    name = forms.CharField(label=_("Name, of somebody else"), max_length=120, required=False)
    category = forms.ChoiceField(label=_("Category of staff"))

    def __init__(self, *arguments: Any, keeper: Organization, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["user"].queryset = working_in(keeper.pk)  # type: ignore[attr-defined]
        staff = [(key, str(one)) for key, one in groups().staff.items()]
        self.fields["category"].choices = staff  # type: ignore[attr-defined]


class CertificateForm(forms.Form):
    """The certificate of somebody who finished a training."""

    place = forms.ModelChoiceField(label=_("Whose"), queryset=TrainingPlace.objects.none())
    certificate = forms.CharField(label=_("Number of the certificate"), max_length=60)
    certified_on = forms.DateField(label=_("Issued on"), widget=DayInput, initial=timezone.localdate)

    def __init__(self, *arguments: Any, places: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        asked: Any = self.fields["place"]
        asked.queryset = places.select_related("user")
        asked.label_from_instance = lambda one: one.name or str(one.user)


class SubscribeForm(forms.Form):
    """A contact of an institution who asked for the newsletter."""

    contact = forms.ModelChoiceField(label=_("Contact"), queryset=Contact.objects.none())
    agreed_on = forms.DateField(
        label=_("Asked for it on"),
        widget=DayInput,
        initial=timezone.localdate,
        help_text=_("The newsletter goes only to who asked for it; they may leave it at any time."),
    )

    def __init__(self, *arguments: Any, keeper: Organization, **named: Any) -> None:
        super().__init__(*arguments, **named)
        asked: Any = self.fields["contact"]
        asked.queryset = (
            Contact.objects.current()
            .filter(keeper=keeper)
            .select_related("organization")
            .order_by("organization__name", "pk")
        )
        asked.label_from_instance = lambda one: f"{one.name}, {one.organization}"


class UnsubscribeForm(forms.Form):
    """A contact who wants the newsletter no more."""

    subscription = forms.ModelChoiceField(label=_("Who"), queryset=Subscription.objects.none())

    def __init__(self, *arguments: Any, subscriptions: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        asked: Any = self.fields["subscription"]
        asked.queryset = subscriptions
        asked.label_from_instance = lambda one: f"{one.contact.name}, {one.contact.organization}"


class PlacementForm(OfOrganization):
    """A student or a volunteer who begins."""

    kind = forms.ChoiceField(label=_("As what"), choices=PlacementKind.choices, widget=forms.RadioSelect)
    user = forms.ModelChoiceField(
        label=_("Their account"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("none"),
        help_text=_("With an account they read what their supervisor opens to them, for a while."),
    )
    name = forms.CharField(label=_("Name, without an account"), max_length=120, required=False)
    sent_by = forms.CharField(label=_("University or association"), max_length=200, required=False)
    supervisor = forms.ModelChoiceField(label=_("Supervisor"), queryset=User.objects.none())
    start = forms.DateField(label=_("From"), widget=DayInput, initial=timezone.localdate)
    end = forms.DateField(label=_("Until (not including)"), widget=DayInput, required=False)
    hours = forms.IntegerField(label=_("Hours agreed"), min_value=1, max_value=5_000, required=False)
    tasks = forms.CharField(
        label=_("What they learn and do"), max_length=4_000, required=False, widget=writing(3)
    )

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        offered = named["organizations"].values_list("pk", flat=True)
        fields: Any = self.fields
        fields["supervisor"].queryset = leaders_in(list(offered))
        fields["user"].queryset = students_in(list(offered))


class PlacementDayForm(forms.Form):
    """What was done on a day."""

    day = forms.DateField(label=_("Day"), widget=DayInput, initial=timezone.localdate)
    minutes = forms.IntegerField(label=_("How long, in minutes"), min_value=1, max_value=1_440)
    activity = forms.CharField(
        label=_("What was done"),
        max_length=4_000,
        widget=writing(2),
        help_text=_("Without the name of anybody it was about."),
    )


class EvaluationForm(forms.Form):
    """How they did."""

    evaluation = forms.CharField(label=_("Evaluation"), max_length=4_000, widget=writing(4))


class OpenForm(forms.Form):
    """What a supervisor opens to a student or a volunteer."""

    case = forms.ChoiceField(label=_("Case"), widget=ManyChoices)
    parts = forms.MultipleChoiceField(
        label=_("What they read"), choices=SharedPart.choices, widget=forms.CheckboxSelectMultiple
    )
    until = forms.DateField(label=_("Until"), widget=DayInput, validators=[within_calendar])
    why = forms.CharField(label=_("What they learn or do there"), max_length=1_000, widget=writing(2))

    def __init__(self, *arguments: Any, cases: list[Case], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.cases = {str(one.pk): one for one in cases}
        offered = [(key, f"{one}, {one.household.name}") for key, one in self.cases.items()]
        self.fields["case"].choices = [("", _("Choose")), *offered]  # type: ignore[attr-defined]

    def clean_case(self) -> Case:
        """The case."""
        return self.cases[self.cleaned_data["case"]]
