"""What is asked about a meeting of a group."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from punte.gatherings.enums import ContactMode
from punte.gatherings.groups_content import Kind, groups
from punte.people.models import Person
from punte.www.frame.fields import writing
from punte.www.office.groups.forms.series import HourField


class NoteForm(forms.Form):
    """What was worked on and how; a note that names nobody."""

    themes = forms.MultipleChoiceField(label=_("Themes"), required=False, widget=forms.CheckboxSelectMultiple)
    methods = forms.MultipleChoiceField(
        label=_("Methods"), required=False, widget=forms.CheckboxSelectMultiple
    )
    length = forms.IntegerField(
        label=_("How long it was, in minutes"), min_value=1, max_value=1_440, required=False
    )
    reached = forms.IntegerField(
        label=_("How many people it reached"), min_value=0, max_value=100_000_000, required=False
    )
    note = forms.CharField(
        label=_("Note of the meeting"),
        required=False,
        max_length=4_000,
        widget=writing(4),
        help_text=_(
            "What is said in the group stays in the group: write no names and nothing that tells who it was. The note"
            " is checked for the names of the list. What concerns one person is told to their case, by itself."
        ),
    )

    def __init__(self, *arguments: Any, kind: Kind | None, **named: Any) -> None:
        super().__init__(*arguments, **named)
        known = groups()
        for name, words in (("themes", known.themes), ("methods", known.methods)):
            keys = (getattr(kind, name) if kind else ()) or words
            self.fields[name].choices = [(key, str(words[key])) for key in keys]  # type: ignore[attr-defined]
        if kind is None or not kind.has("reach"):
            del self.fields["reached"]


class TellForm(forms.Form):
    """What a leader saw, about whom."""

    person = forms.ModelChoiceField(
        label=_("About whom"), queryset=Person.objects.none(), empty_label=_("Choose")
    )
    words = forms.CharField(
        label=_("What you saw"),
        max_length=4_000,
        widget=writing(4),
        help_text=_(
            "Who answers for the person's case reads it, and nobody of the group. You are not told whether there is a"
            " case. In danger call 112."
        ),
    )

    def __init__(self, *arguments: Any, people: list[Person], **named: Any) -> None:
        super().__init__(*arguments, **named)
        known = Person.objects.filter(pk__in=[one.pk for one in people]).defer("cnp", "ethnicity")
        asked: Any = self.fields["person"]
        asked.queryset = known.order_by("family_name", "given_name", "pk")


class KnownForm(forms.Form):
    """Who somebody is that came: one of these people, or a new record."""

    family_name = forms.CharField(label=_("Family name"), max_length=80, required=False)
    given_name = forms.CharField(label=_("Given name"), max_length=80, required=False)
    decision = forms.ChoiceField(label=_("Who is it?"), widget=forms.RadioSelect, required=False)

    def __init__(self, *arguments: Any, offered: list[tuple[str, str]], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["decision"].choices = offered  # type: ignore[attr-defined]


class DayNoteForm(forms.Form):
    """A child's day in the centre."""

    arrived = HourField(label=_("Arrived at"), required=False)
    left = HourField(label=_("Left at"), required=False)
    meals = forms.MultipleChoiceField(label=_("Meals"), required=False, widget=forms.CheckboxSelectMultiple)
    spoke_how = forms.ChoiceField(
        label=_("Morning contact with a parent"),
        required=False,
        widget=forms.RadioSelect,
        choices=[("", _("none")), *ContactMode.choices],
    )
    spoke_with = forms.CharField(label=_("With whom"), max_length=120, required=False)
    spoke_of = forms.CharField(label=_("What about"), max_length=4_000, required=False, widget=writing(2))

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        meals = [(key, str(one)) for key, one in groups().meals.items()]
        self.fields["meals"].choices = meals  # type: ignore[attr-defined]


class HandoverForm(forms.Form):
    """From whom to whom a child goes, and when."""

    at = HourField(label=_("At"))
    handed_by = forms.CharField(label=_("Handed over by"), max_length=120)
    handed_to = forms.CharField(label=_("Handed over to"), max_length=120)
