"""What kind of plan it is, what its sections say, and the decision that approves it."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from punte.cases.plan_kinds import PlanKind, in_words, plan_kinds
from punte.www.frame.fields import DayInput, within_calendar
from punte.www.office.cases.forms.inputs import offer

_LONGEST = 4000


class PlanKindForm(forms.Form):
    """The kind; once one is chosen, its sections."""

    kind = forms.ChoiceField(label=_("Kind of plan"))

    def __init__(self, *arguments: Any, chosen: PlanKind | None, **named: Any) -> None:
        super().__init__(*arguments, **named)
        known = [(one.key, f"{one.abbr} · {one} ({in_words(one.for_)})") for one in plan_kinds().values()]
        offer(self, "kind", [("", _("Choose")), *known])
        self.chosen = chosen
        for key, title in (chosen.sections if chosen else {}).items():
            self.fields[f"said_{key}"] = forms.CharField(
                label=in_words(title),
                required=False,
                max_length=_LONGEST,
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    def said(self) -> dict[str, str]:
        """What the sections say that were on the page, where the kind is still the one that they are of."""
        if self.chosen is None or self.cleaned_data["kind"] != self.chosen.key:
            return {}
        return {key: self.cleaned_data[f"said_{key}"] for key in self.chosen.sections}


class PlanDecisionForm(forms.Form):
    """The number and the day of the decision."""

    number = forms.CharField(label=_("Number of the decision"), max_length=60)
    decided_on = forms.DateField(
        label=_("Day of the decision"),
        initial=timezone.localdate,
        widget=DayInput,
        validators=[within_calendar],
    )
