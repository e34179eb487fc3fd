"""For whom a family is looked, why a search is made wider or given up, and from when a family is chosen."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from punte.people.models import Person
from punte.protection.criteria import in_words
from punte.protection.roster import needs_offered
from punte.www.frame.fields import DayInput, within_calendar
from punte.www.templatetags.punte import years

_LONGEST = 2000


class SearchForm(forms.Form):
    """Which children, and what a family must be able to care for."""

    children = forms.MultipleChoiceField(label=_("For whom"), widget=forms.CheckboxSelectMultiple)
    needs = forms.MultipleChoiceField(
        label=_("What the family must be able to care for"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *arguments: Any, children: Sequence[Person], **named: Any) -> None:
        super().__init__(*arguments, **named)
        offered = [
            (str(one.pk), ", ".join(filter(None, (str(one), years(one.age_on()))))) for one in children
        ]
        needs = needs_offered().choices
        for name, choices in (
            ("children", offered),
            ("needs", [(one.key, in_words(one.label)) for one in needs if not one.retired]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.MultipleChoiceField)
            field.choices = choices


class WhyForm(forms.Form):
    """Why, in words that stay on record."""

    why = forms.CharField(label=_("Why"), max_length=_LONGEST, widget=forms.Textarea(attrs={"rows": 3}))


class ChooseForm(forms.Form):
    """From which day the placement is proposed, and why this family."""

    start = forms.DateField(
        label=_("The placement is proposed from"),
        initial=timezone.localdate,
        widget=DayInput,
        validators=[within_calendar],
    )
    reason = forms.CharField(
        label=_("Why this family"),
        max_length=_LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *arguments: Any, needs_reason: bool, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["reason"].required = needs_reason
        if needs_reason:
            self.fields["reason"].help_text = _(
                "It is not the first of the list, or the search is wider: say why."
            )
