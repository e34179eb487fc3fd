"""The forms of an entry, made from the register. The verbs decide what can be so."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from punte.directory.models import Service
from punte.directory.services.places_in_words import free_in_words
from punte.registers.actions.writing import in_words
from punte.registers.definition import Definition, Field, Move
from punte.www.frame.fields import DayInput, within_calendar, writing

Offered = Mapping[str, Any]
"""By the type of a field the rows that it may name; of an entry, by its register, each with its line."""
_LONGEST_LINE = 250
_LONGEST_NOTE = 4_000


def _day(**options: Any) -> forms.DateField:
    return forms.DateField(widget=DayInput(), validators=[within_calendar], **options)


def _choice(one: Field, chosen: Any, **options: Any) -> forms.Field:
    offered = [
        (choice.key, in_words(choice.label))
        for choice in one.choices
        if not choice.retired or choice.key == chosen or choice.key in (chosen or ())
    ]
    if one.type == "choices":
        return forms.MultipleChoiceField(choices=offered, widget=forms.CheckboxSelectMultiple, **options)
    return forms.ChoiceField(choices=[("", _("choose")), *offered], **options)


def _yes_or_no(**options: Any) -> forms.Field:
    return forms.TypedChoiceField(
        choices=[("yes", _("yes")), ("no", _("no"))],
        coerce=lambda word: word == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
        **options,
    )


def _text(one: Field, **options: Any) -> forms.Field:
    if one.long:
        return forms.CharField(max_length=_LONGEST_NOTE, widget=writing(3), **options)
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(max_length=_LONGEST_LINE, widget=widget, **options)


class RowChoice(forms.ModelChoiceField):
    """Rows of another room by name; services with their free places."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj} · {free_in_words(obj)}" if isinstance(obj, Service) else str(obj)


class EntryChoice(forms.TypedChoiceField):
    """Another entry about the same subject, by its line."""

    def __init__(self, *, rows: Sequence[tuple[Any, str]], **options: Any) -> None:
        by_key = {str(row.pk): row for row, _line in rows}
        offered = [(str(row.pk), line) for row, line in rows]
        super().__init__(
            choices=[("", _("choose")), *offered], coerce=by_key.__getitem__, empty_value=None, **options
        )

    def prepare_value(self, value: Any) -> Any:
        return str(value.pk) if isinstance(value, Model) else value


def field_of(
    one: Field, *, offered: Offered, chosen: Any = None, required: bool | None = None
) -> forms.Field:
    """The input of one field of a register.

    Args:
        offered: the rows of other rooms that may be chosen, by type of field.
        chosen: what the entry says, so that a choice that is offered no more is not lost.
        required: where a step asks for it; else as the register says.
    """
    options: dict[str, Any] = {
        "label": in_words(one.label),
        "help_text": in_words(one.hint) if one.hint else "",
        "required": one.required if required is None else required,
    }
    match one.type:
        case "choice" | "choices":
            return _choice(one, chosen, **options)
        case "yesno":
            return _yes_or_no(**options)
        case "integer":
            return forms.IntegerField(**options)
        case "decimal":
            return forms.DecimalField(max_digits=16, decimal_places=4, localize=True, **options)
        case "money":
            return forms.DecimalField(max_digits=14, decimal_places=2, localize=True, **options)
        case "date":
            return _day(**options)
        case "entry":
            return EntryChoice(rows=offered[f"entry:{one.of}"], **options)
        case "service":
            return forms.ModelChoiceField(queryset=offered[one.type], **options)
        case "organization" | "household" | "place" | "member":
            return RowChoice(queryset=offered[one.type], **options)
    return _text(one, **options)


class _Confirmed(forms.Form):
    """A form whose verb may ask to look again: then it asks whether this is meant."""

    confirmed = forms.BooleanField(label=gettext_lazy("It is right so"), required=False)

    def add_error(self, field: str | None, error: Any) -> None:
        """Let the question be asked once it has come up."""
        super().add_error(field, error)
        if field == "confirmed":
            self.fields["confirmed"].widget = forms.CheckboxInput()

    def _finish(self) -> None:
        """The question last, and hidden until it is asked."""
        asked = self.fields.pop("confirmed")
        if not self.data.get("confirmed"):
            asked.widget = forms.HiddenInput()
        self.fields["confirmed"] = asked


class EntryForm(_Confirmed):
    """An entry as it is written down, or corrected."""

    def __init__(
        self,
        *args: Any,
        definition: Definition,
        readable: Iterable[str],
        states: Iterable[str],
        offered: Offered,
        said: Mapping[str, Any] | None = None,
        correcting: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        said = said or {}
        stands = [(key, in_words(definition.state_label(key))) for key in states]
        if len(stands) > 1:
            self.fields["state"] = forms.ChoiceField(label=_("State"), choices=stands)
        of_day = definition.period == "day"
        self.fields["start"] = _day(label=_("Day") if of_day else _("Since"), initial=timezone.localdate())
        fields = [definition.fields[name] for name in readable]
        if not of_day and not any(one.is_ == "end" for one in definition.fields.values()):
            self.fields["last"] = _day(label=_("Last day"), required=False)
        for one in fields:
            self.fields[one.name] = field_of(one, offered=offered, chosen=said.get(one.name))
        if correcting:
            self.fields["why"] = forms.CharField(
                label=_("Why it is corrected"), max_length=_LONGEST_NOTE, widget=writing(2)
            )
            self.fields["revision"] = forms.IntegerField(widget=forms.HiddenInput())
        self._finish()

    def clean(self) -> dict[str, Any]:
        """The fields of the register apart from what every entry has."""
        cleaned = super().clean() or {}
        own = ("state", "start", "last", "why", "revision", "confirmed")
        given = {name: value for name, value in cleaned.items() if name not in own}
        return {name: cleaned[name] for name in own if name in cleaned} | {"given": given}


class MoveForm(_Confirmed):
    """A step of an entry: its day, and what it asks for."""

    def __init__(
        self, *args: Any, definition: Definition, move: Move, offered: Offered, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["on"] = _day(
            label=_("Last day") if move.ends else _("On what day"), initial=timezone.localdate()
        )
        for name in move.asks:
            self.fields[name] = field_of(definition.fields[name], offered=offered, required=True)
        self.fields["revision"] = forms.IntegerField(widget=forms.HiddenInput())
        self._finish()

    def clean(self) -> dict[str, Any]:
        """The fields of the register apart from what every step has."""
        cleaned = super().clean() or {}
        own = ("on", "revision", "confirmed")
        given = {name: value for name, value in cleaned.items() if name not in own}
        return {name: cleaned[name] for name in own if name in cleaned} | {"given": given}


class WithdrawForm(forms.Form):
    """Why an entry was a mistake."""

    why = forms.CharField(
        label=gettext_lazy("Why it was a mistake"), max_length=_LONGEST_NOTE, widget=writing(2)
    )
    revision = forms.IntegerField(widget=forms.HiddenInput())
