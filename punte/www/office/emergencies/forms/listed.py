"""What is asked when something is done about somebody on the list."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from punte.cases.enums import Regime
from punte.emergencies.content import choices
from punte.emergencies.models import Listed
from punte.emergencies.permission import LONGEST
from punte.people.models import Household, Person
from punte.www.frame.fields import DayInput, writing


class LeaveForm(forms.Form):
    """Where somebody went."""

    left_to = forms.ChoiceField(label=_("Where to"), widget=forms.RadioSelect)
    left_on = forms.DateField(label=_("On"), widget=DayInput, initial=timezone.localdate)
    with_group = forms.BooleanField(label=_("All who belong together"), required=False, initial=True)

    def __init__(self, *args: Any, alone: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields
        chosen["left_to"].choices = choices("left_to")
        if alone:
            del chosen["with_group"]


class LookForm(forms.Form):
    """Whom they look for."""

    name = forms.CharField(label=_("Whom they look for, any alphabet"), max_length=LONGEST)


class FileForm(forms.Form):
    """Who each of the group is, of those on file; where they live; and a case where one is meant.

    Args:
        rows: those without a file, each with the people on file who may be meant.
        homes: households that may be meant.
    """

    household = forms.ChoiceField(label=_("Household"), widget=forms.RadioSelect, initial="")
    regime = forms.ChoiceField(
        label=_("Case"),
        choices=[("", _("no case for now")), *Regime.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Why a case"), required=False, max_length=5_000, widget=writing(2, ready="opening_reason")
    )

    def __init__(
        self,
        *args: Any,
        rows: Sequence[tuple[Listed, Sequence[Person]]],
        homes: Sequence[Household],
        place: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(person.pk): person for _row, people in rows for person in people}
        self.homes = {str(home.pk): home for home in homes}
        self.listed = [row for row, _people in rows]
        chosen: Any = self.fields
        new = _("a new household, at %(place)s")
        chosen["household"].choices = [
            *((key, str(home)) for key, home in self.homes.items()),
            ("", new % {"place": place}),
        ]
        chosen["household"].required = False
        for row, people in rows:
            options = [(str(person.pk), _told(person)) for person in people]
            asked = forms.ChoiceField(
                label=f"{row.number} · {row.name}",
                choices=[*options, ("", _("a new file"))],
                required=False,
                widget=forms.RadioSelect,
                initial="",
            )
            chosen[f"who_{row.number}"] = asked
        self.order_fields([*(f"who_{row.number}" for row in self.listed), "household", "regime", "reason"])

    def deed(self) -> dict[str, Any]:
        """What is asked of the verb."""
        given = self.cleaned_data
        who = {row.pk: given.get(f"who_{row.number}", "") for row in self.listed}
        return {
            "known": {key: self.known[person] for key, person in who.items() if person},
            "household": self.homes.get(given["household"]),
            "regime": given["regime"],
            "reason": given["reason"],
        }


def _told(person: Person) -> str:
    born = f", {person.birth_date:%d.%m.%Y}" if person.birth_date else ""
    return f"{person}{born}"
