"""What cases are narrowed by, and to whom several are given at once."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from punte.cases.enums import Regime
from punte.cases.facets import Facet
from punte.www.frame.fields import DayInput, ManyChoices, Pairs, within_calendar
from punte.www.frame.listed_facts import FactsFilter
from punte.www.office.cases.forms.inputs import Choices, offer

Choose = Callable[[], Choices]


class CaseFilter(FactsFilter):
    """What to show; everything is optional."""

    text = forms.CharField(label=_("Number or name"), max_length=100, required=False)
    whose = forms.ChoiceField(label=_("Whose cases"), required=False, widget=ManyChoices)
    regime = forms.ChoiceField(label=_("Regime"), choices=[("", _("Any")), *Regime.choices], required=False)
    severity = forms.ChoiceField(
        label=_("Severity"),
        choices=[
            ("", _("Any")),
            ("child", _("A child at severe risk")),
            ("3", _("Severe")),
            ("2", _("Moderate")),
            ("1", _("To watch")),
        ],
        required=False,
    )
    facet = forms.ChoiceField(label=_("Field"), required=False)
    state = forms.ChoiceField(
        label=_("State"),
        choices=[
            ("open", _("Open cases")),
            ("overdue", _("With overdue terms")),
            ("closed", _("Closed cases")),
        ],
        required=False,
    )

    def __init__(
        self, *arguments: Any, colleagues: Choose, leads: bool, facets: list[Facet], **named: Any
    ) -> None:
        super().__init__(*arguments, **named)
        offered = [("mine", _("Mine")), ("team", _("My team's")), ("all", _("All I may see"))]
        if leads:
            offered.append(("nobody", _("Nobody's")))
        offer(self, "facet", [("", _("Any")), *((one.key, str(one)) for one in facets)])
        offer(self, "whose", Pairs(offered, colleagues))


class ReassignForm(forms.Form):
    """Who answers for the chosen cases from a day on; of a leave, until when."""

    responsible = forms.ChoiceField(label=_("Who takes over"), widget=ManyChoices)
    start = forms.DateField(label=_("From"), required=False, widget=DayInput, validators=[within_calendar])
    until = forms.DateField(
        label=_("Until, where it is for a leave"),
        required=False,
        widget=DayInput,
        validators=[within_calendar],
    )

    def __init__(self, *arguments: Any, staff: Choose, **named: Any) -> None:
        super().__init__(*arguments, **named)
        offer(self, "responsible", Pairs([("", _("Choose"))], staff))
