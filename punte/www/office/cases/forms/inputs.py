"""Inputs that several forms share."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from punte.accounts.models import User
from punte.cases.models import PlannedService
from punte.cases.rules import MAX_NOTE
from punte.people.models import Person
from punte.www.frame.fields import writing

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Choices = list[tuple[str, str]]


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
    label: "StrOrPromise", hint: "StrOrPromise" = "", *, longest: int = MAX_NOTE, ready: str = ""
) -> forms.CharField:
    """Why something is done, in words that stay in the record; `longest` is in characters.

    Args:
        ready: the place of `content/sentences.yaml` whose sentences are offered.
    """
    return forms.CharField(label=label, help_text=hint, max_length=longest, widget=writing(3, ready=ready))


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
