"""What happened in a life: what, to whom, when."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from punte.people.models import Person
from punte.registers.actions.writing import in_words
from punte.registers.definition import Definition
from punte.www.frame.fields import DayInput, ManyChoices, within_calendar, writing

_LONGEST_NOTE = 4_000


class _OnADayForm(forms.Form):
    def __init__(self, *args: Any, people: Sequence[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = {str(one.pk): one for one in people}
        self.offered = [(key, str(one)) for key, one in self.people.items()]


class LifeEventForm(_OnADayForm):
    """An event of one of the household, or of all of it; the cleaned `what` is the register and the kind."""

    field_order = ("what", "who", "start", "note")
    what = forms.ChoiceField(label=gettext_lazy("What happened"), widget=ManyChoices)
    who = forms.ChoiceField(label=gettext_lazy("Whom it happened to"), required=False, widget=ManyChoices)
    start = forms.DateField(
        label=gettext_lazy("On which day"), widget=DayInput(), validators=[within_calendar]
    )
    note = forms.CharField(
        label=gettext_lazy("In short"), required=False, max_length=_LONGEST_NOTE, widget=writing(2)
    )

    def __init__(self, *args: Any, definitions: Sequence[Definition], **options: Any) -> None:
        super().__init__(*args, **options)
        self._definitions = {one.key: one for one in definitions}
        groups = [(in_words(one.title), _kinds(one)) for one in definitions]
        self.fields["what"].choices = [("", _("choose")), *groups]  # type: ignore[attr-defined]
        self.fields["who"].choices = [("", _("The whole household")), *self.offered]  # type: ignore[attr-defined]
        self.fields["start"].initial = timezone.localdate()

    def clean(self) -> dict[str, Any]:
        """Whose event it is: of the register that it goes to."""
        given = super().clean() or {}
        if "what" not in given:
            return given
        key, _colon, kind = given["what"].partition(":")
        person = self.people.get(given.get("who", ""))
        if self._definitions[key].about == "person" and person is None:
            self.add_error("who", _("Say to whom it happened."))
        return {**given, "register": self._definitions[key], "kind": kind, "person": person}


def _kinds(definition: Definition) -> list[tuple[str, str]]:
    offered = [one for one in definition.fields["kind"].choices if not one.retired]
    return [(f"{definition.key}:{one.key}", in_words(one.label)) for one in offered]


class DeathForm(_OnADayForm):
    """Who died, and when."""

    who = forms.ChoiceField(label=gettext_lazy("Who died"), widget=ManyChoices)
    died_on = forms.DateField(
        label=gettext_lazy("Day of death"), widget=DayInput(), validators=[within_calendar]
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["who"].choices = [("", _("choose")), *self.offered]  # type: ignore[attr-defined]

    def clean_who(self) -> Person:
        """The person."""
        return self.people[self.cleaned_data["who"]]
