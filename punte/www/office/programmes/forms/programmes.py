"""Forms of programmes: a report, an answer, a value, an enrolment, a need."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from punte.organizations.models import Organization
from punte.people.models import Person
from punte.programmes.enums import ActionState
from punte.programmes.models import Programme
from punte.territory.models import County
from punte.www.frame.fields import DayInput, OfOrganization, within_calendar, writing


class OrganizationForm(OfOrganization):
    """Whose name something is said in; asked only where there are several."""

    def __init__(self, *args: Any, organizations: list[Organization], **kwargs: Any) -> None:
        chosen = Organization.objects.filter(pk__in=[one.pk for one in organizations]).order_by("name")
        super().__init__(*args, organizations=chosen, **kwargs)


class ReportForm(OrganizationForm):
    """How far an action is."""

    state = forms.ChoiceField(label=_("How far it is"), choices=ActionState)
    percent = forms.IntegerField(label=_("Percent done"), min_value=0, max_value=100, required=False)
    spent = forms.DecimalField(
        label=_("Spent in this period (lei)"),
        min_value=0,
        max_digits=14,
        decimal_places=2,
        required=False,
        localize=True,
    )
    narrative = forms.CharField(label=_("What was done"), widget=writing(4), required=False, max_length=6000)
    evidence = forms.CharField(
        label=_("What shows it"),
        widget=writing(2),
        required=False,
        max_length=2000,
        help_text=_("The number of a paper, an address on the web, an attendance list."),
    )
    field_order = ("organization", "state", "percent", "narrative", "evidence", "spent")


class AnswerForm(forms.Form):
    """What the county answers to a report."""

    text = forms.CharField(label=pgettext_lazy("programme", "Answer"), widget=writing(4), max_length=4000)


class FigureForm(forms.Form):
    """The value of an indicator for a period."""

    value = forms.DecimalField(label=_("Value"), min_value=0, max_digits=12, decimal_places=2, localize=True)
    bound = forms.ChoiceField(
        label=_("How exact it is"),
        choices=[("", _("exact")), (">=", _("at least")), (">", _("more than"))],
        required=False,
    )
    start = forms.DateField(
        label=pgettext_lazy("programme", "From"), widget=DayInput, validators=[within_calendar]
    )
    end = forms.DateField(
        label=pgettext_lazy("programme", "Up to and with"), widget=DayInput, validators=[within_calendar]
    )
    said = forms.CharField(
        label=_("Where it comes from"),
        widget=writing(2),
        max_length=1000,
        help_text=_("A list, a register, a report."),
    )


class EnrolForm(forms.Form):
    """Who is enrolled in what, since when."""

    programme = forms.ChoiceField(label=_("Programme and part"))
    person = forms.ModelChoiceField(
        Person.objects.none(), label=_("Who"), required=False, empty_label=_("The whole household")
    )
    start = forms.DateField(
        label=pgettext_lazy("programme", "From"),
        widget=DayInput,
        validators=[within_calendar],
        initial=timezone.localdate,
    )

    def __init__(self, *args: Any, people: Any, parts: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        self.fields["programme"].choices = parts  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """Since when somebody takes part no more."""

    end = forms.DateField(
        label=_("Takes part no more since"),
        widget=DayInput,
        validators=[within_calendar],
        initial=timezone.localdate,
    )


class RoundForm(OrganizationForm):
    """A round of needs."""

    county = forms.ModelChoiceField(County.objects.order_by("name"), label=_("County"))
    year = forms.IntegerField(label=_("For the year"), min_value=2020, max_value=2100)
    until = forms.DateField(label=_("Answers until"), widget=DayInput, validators=[within_calendar])


class NeedForm(OrganizationForm):
    """What a UAT needs."""

    kind = forms.ChoiceField(label=_("What is needed"))
    people = forms.IntegerField(
        label=_("For about how many people"), min_value=1, max_value=1_000_000, required=False
    )
    why = forms.CharField(label=_("For whom and why"), widget=writing(3), max_length=2000)

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]


class RecommendForm(forms.Form):
    """What the county recommends."""

    recommendation = forms.CharField(label=_("What you recommend"), widget=writing(3), max_length=3000)


class NeedAnswerForm(forms.Form):
    """What the UAT answers."""

    answer = forms.CharField(label=_("Your answer"), widget=writing(3), max_length=3000)


def parts_of(programmes: list[Programme]) -> list[Any]:
    """The programmes that run, each with the parts in which somebody may be enrolled, as choices."""
    return [
        (
            one.short,
            [
                (f"{one.pk}", _("all of it")),
                *(
                    (f"{one.pk} {node.code}", f"{node.code} {Truncator(node.title).words(12)}")
                    for node in one.tree.nodes
                    if node.kind != "objective"
                ),
            ],
        )
        for one in programmes
    ]
