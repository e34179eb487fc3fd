"""Inputs that several forms share."""

from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.forms.utils import flatatt
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from punte.accounts.models import User
from punte.cases.models import PlannedService
from punte.cases.rules import MAX_NOTE
from punte.people.models import Person
from punte.www.frame.fields import writing

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Choices = list[tuple[str, str]]


class ManyChoices(forms.Select):
    """A select written at once, not by a template for each choice; as many as a hundred are then cheap."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        chosen = set(self.format_value(value))
        own = flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name}))
        parts = [
            format_html('<optgroup label="{}">{}</optgroup>', key, _group(tuple(label), frozenset(chosen)))
            if isinstance(label, (list, tuple))
            else _options(((key, label),), chosen)
            for key, label in self.choices
        ]
        return format_html("<select{}>{}</select>", own, SafeString("".join(parts)))


@lru_cache(maxsize=256)
def _group(choices: tuple[tuple[Any, Any], ...], chosen: frozenset[str]) -> SafeString:
    """Groups are lists of the methodology, the same for everybody."""
    return _options(choices, chosen)


def _options(choices: tuple[tuple[Any, Any], ...], chosen: Collection[str]) -> SafeString:
    html = '<option value="{}"{}>{}</option>'
    rows = ((key, SafeString(" selected") if str(key) in chosen else "", label) for key, label in choices)
    return format_html_join("", html, rows)


class MomentInput(forms.DateTimeInput):
    """The browser's own picker of a day and a time."""

    input_type = "datetime-local"

    def __init__(self, **options: Any) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M", **options)


def offer(form: forms.Form, name: str, choices: Any) -> None:
    """Let a field of the form choose from `choices`."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


def reason_field(
    label: "StrOrPromise", hint: "StrOrPromise" = "", *, longest: int = MAX_NOTE
) -> forms.CharField:
    """Why something is done, in words that stay in the record; `longest` is in characters."""
    return forms.CharField(label=label, help_text=hint, max_length=longest, widget=writing(3))


def people_choices(people: Iterable[Person], empty: str | Promise | None = None) -> Choices:
    """Members of a household with their ages, after an empty choice where one makes sense."""
    from punte.www.templatetags.punte import years

    choices = [] if empty is None else [("", str(empty))]
    for person in people:
        age = years(person.age_on())
        choices.append((str(person.pk), f"{person}, {age}" if age else str(person)))
    return choices


def step_choices(steps: Iterable[PlannedService], empty: str | Promise) -> Choices:
    """Steps of a plan, each with whom it is for and what it is to bring: several are called the same."""
    choices = [("", str(empty))]
    for step in steps:
        about = [step.text, str(step.objective.person or ""), step.objective.text]
        choices.append((str(step.pk), " · ".join(part for part in about if part)))
    return choices


def staff_choices(users: Iterable[User], empty: str | Promise | None = None) -> Choices:
    """Accounts by name."""
    choices = [] if empty is None else [("", str(empty))]
    return choices + [(str(user.pk), user.name) for user in users]


def as_id(value: str) -> UUID | None:
    """The identifier that a choice carries; None where nothing was chosen."""
    return UUID(value) if value else None


def not_in_future(day: Any, message: str) -> None:
    """Refuse a day or moment that has not come."""
    now = timezone.now() if hasattr(day, "hour") else timezone.localdate()
    if day and day > now:
        raise forms.ValidationError(message)


def future_message() -> str:
    """What is said of a day that has not come."""
    return _("This is in the future. Write what has already happened.")
