"""What is asked of who tells of somebody: at the office, by a partner, by the site; nothing that may not be known."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from punte.notifications.actions import About, Notifier, Said
from punte.notifications.actions.receiving import OLDEST, new_token
from punte.notifications.content import UNKNOWN, content
from punte.notifications.enums import Danger, PersonRole
from punte.notifications.matching import Clues
from punte.notifications.permission import LONGEST, LONGEST_LINE
from punte.territory.models import Community
from punte.www.frame.fields import writing

_PEOPLE = (1, 2, 3)
_OFF = {"autocomplete": "off"}


def line(label: Any, **attributes: str) -> forms.CharField:
    """A line that may stay empty."""
    widget = forms.TextInput(attrs={**_OFF, **attributes})
    return forms.CharField(label=label, required=False, max_length=LONGEST_LINE, widget=widget)


class TellingForm(forms.Form):
    """Whom it is about, where they are and what happened, as far as known.

    Args:
        use: whose words are offered: office, partner, public.
    """

    use = "office"

    danger = forms.ChoiceField(
        label=_("Is somebody in danger now?"),
        choices=[(one.value, one.label) for one in (Danger.NO, Danger.UNKNOWN, Danger.YES)],
        initial=Danger.UNKNOWN,
        widget=forms.RadioSelect,
    )
    where = line(_("Where they are now"))
    what = forms.CharField(
        label=_("What happened, in the words of who tells it"),
        widget=writing(4),
        max_length=LONGEST,
        error_messages={"required": _("Write in a few words what happened.")},
    )
    kind = forms.ChoiceField(label=_("What it is about"), initial=UNKNOWN)
    channel = forms.ChoiceField(label=_("How it came"))
    name = line(_("Name"))
    phone = line(_("Phone"), inputmode="tel")
    quality = line(_("Who that is: neighbour, relative, teacher…"))
    anonymous = forms.BooleanField(label=_("Does not want to be named"), required=False)
    token = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64, initial=new_token)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields
        chosen["kind"].choices = content().choices("kinds", by=self.use)
        if "channel" in chosen:
            chosen["channel"].choices = content().choices("channels", by=self.use)
        for number in _PEOPLE:
            chosen[f"name_{number}"] = line(_("Name, nickname or what is known"))
            chosen[f"age_{number}"] = forms.IntegerField(
                label=_("Age"),
                required=False,
                min_value=0,
                max_value=OLDEST,
                widget=forms.TextInput(attrs=_AGE),
            )
            chosen[f"role_{number}"] = forms.ChoiceField(label=_("Who that is"), choices=PersonRole.choices)

    def rows(self) -> list[list[forms.BoundField]]:
        """The fields of each person."""
        return [[self[f"{name}_{number}"] for name in ("name", "age", "role")] for number in _PEOPLE]

    def clues(self) -> Clues:
        """What is known so far, whether or not the form is complete."""
        typed = self.data
        names = [str(typed.get(f"name_{number}", ""))[:LONGEST_LINE] for number in _PEOPLE]
        return Clues(
            names, str(typed.get("phone", ""))[:LONGEST_LINE], str(typed.get("where", ""))[:LONGEST_LINE]
        )

    def said(self, *, community: Community | None = None) -> Said:
        """What is told."""
        given = self.cleaned_data
        people = [
            About(given[f"name_{number}"], given[f"age_{number}"], given[f"role_{number}"])
            for number in _PEOPLE
        ]
        return Said(
            what=given["what"],
            where=given["where"],
            people=people,
            channel=given.get("channel", ""),
            kind=given["kind"],
            danger=given["danger"],
            reasons=given.get("reasons", ()),
            community=community,
            token=given["token"],
        )

    def notifier(self) -> Notifier:
        """Who tells it."""
        given = self.cleaned_data
        return Notifier(given["name"], given["phone"], given["quality"], anonymous=given["anonymous"])


_AGE = {"inputmode": "numeric", "autocomplete": "off", "size": "3"}
