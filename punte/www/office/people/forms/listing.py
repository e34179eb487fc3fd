"""What households are narrowed by."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from punte.territory.models import Community, Uat
from punte.www.frame.fields import ManyChoices
from punte.www.frame.listed_facts import FactsFilter


class HouseholdFilter(FactsFilter):
    """What to show; everything is optional.

    Args:
        uats, communities: what is offered.
        sees_severe: whether severe children without a case can be asked for.
    """

    q = forms.CharField(label=_("Name of a member"), max_length=200, required=False)
    uat = forms.ChoiceField(label=_("UAT"), required=False, widget=ManyChoices)
    community = forms.ChoiceField(label=_("Marginalised community"), required=False, widget=ManyChoices)
    visited = forms.ChoiceField(
        label=_("Visit"),
        choices=[("", _("Any")), ("no", _("Not visited yet")), ("yes", _("Visited"))],
        required=False,
    )
    case = forms.ChoiceField(label=_("Case"), required=False)

    def __init__(
        self, *arguments: Any, uats: list[Uat], communities: list[Community], sees_severe: bool, **named: Any
    ) -> None:
        super().__init__(*arguments, **named)
        asked = [("", _("Any")), ("open", _("With an open case")), ("none", _("Without an open case"))]
        if sees_severe:
            asked.append(("severe", _("A child at severe risk, no case")))
        self._offer("uat", [("", _("Any")), *((str(one.pk), one.name) for one in uats)])
        places = [(str(one.pk), _of_uat(one)) for one in communities]
        self._offer("community", [("", _("Any")), *places, ("none", _("In none of them"))])
        self._offer("case", asked)
        if not communities:
            del self.fields["community"]

    def _offer(self, name: str, choices: Any) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]


def _of_uat(community: Community) -> str:
    return f"{community.name} ({community.uat.name})"
