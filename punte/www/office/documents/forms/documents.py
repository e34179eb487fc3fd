"""What the author of a paper writes."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from punte.documents.chronology import Event, PartSaid
from punte.documents.purposes import Purpose, line_key
from punte.documents.writing import LONGEST_ENTRY, LONGEST_TEXT
from punte.people.models import Person
from punte.www.frame.fields import DayInput, ManyChoices, writing


class _Text(forms.CharField):
    def __init__(self, *, rows: int, **options: Any) -> None:
        area = writing(rows)
        super().__init__(widget=area, max_length=LONGEST_TEXT, **options)


class _PaperForm(forms.Form):
    """A paper that may tell of violence only for somebody who may read it."""

    entry = forms.CharField(
        label=_("Number in the institution's own register"),
        help_text=_("For example 1234/15.03.2026. Left empty, a line to write on is printed."),
        max_length=LONGEST_ENTRY,
        required=False,
    )
    include_violence = forms.BooleanField(
        label=_("Put on the paper what is known about violence and abuse"),
        help_text=_(
            "Tick only when the paper goes to who protects the victim."
            " Anyone who lives in the house may come to read it."
        ),
        required=False,
    )

    def __init__(self, *args: Any, reads_violence: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not reads_violence:
            del self.fields["include_violence"]


class InquiryForm(_PaperForm):
    """The social inquiry for one purpose: what is asked of its author is what that purpose needs."""

    purpose = forms.CharField(
        label=_("Who asked for it, for which file"),
        help_text=_("For example: at the request of the court, with its number. It stands under the title."),
        max_length=300,
        required=False,
    )
    heard = forms.CharField(
        label=_("Who was heard"),
        help_text=_("Family, neighbours, the school, the doctor. Left empty, a line to write on is printed."),
        max_length=300,
        required=False,
    )
    said_seen = forms.CharField(label=_("Documents seen"), max_length=300, required=False)
    whom = forms.ChoiceField(label=_("Whom it is about"), widget=ManyChoices)
    sections = forms.MultipleChoiceField(
        label=_("Parts that this purpose needs"),
        help_text=_("Tick only what the reader of the paper has to know."),
        widget=forms.CheckboxSelectMultiple,
    )
    conclusions = _Text(
        label=_("Conclusions"),
        help_text=_(
            "What you found and how you judge it, in your words. An empty line begins a new paragraph."
        ),
        rows=8,
    )
    proposals = _Text(
        label=_("Proposals"), help_text=_("What you propose for the family, one proposal on a line."), rows=6
    )

    def __init__(self, *args: Any, purpose: Purpose, people: Sequence[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        self.of = purpose
        if not purpose.choose:
            self.fields.pop("include_violence", None)
        if purpose.guarded:
            del self.fields["heard"]
        lines = self._lines(purpose)
        self.fields.update(lines)
        for name, wanted, choices in (
            ("whom", purpose.about_one, [(str(one.pk), str(one)) for one in people]),
            ("sections", purpose.choose, [(one.key, one.title) for one in purpose.chapters]),
        ):
            if wanted:
                self.fields[name].choices = choices  # type: ignore[attr-defined]
            else:
                del self.fields[name]
        first = ["whom", "sections", "purpose", "heard", "said_seen"]
        self.order_fields([*first, *lines, "conclusions", "proposals", "entry", "include_violence"])

    def _lines(self, purpose: Purpose) -> dict[str, forms.Field]:
        return {
            f"said_{line_key(chapter, at)}": forms.CharField(
                label=label,
                help_text=chapter.title,
                widget=writing(2),
                max_length=LONGEST_TEXT,
                required=False,
            )
            for chapter in purpose.chapters
            for at, label in enumerate(chapter.lines)
        }

    def clean(self) -> dict[str, Any]:
        """What is asked of the verb."""
        given = dict(self.cleaned_data)
        said = {
            name.removeprefix("said_"): given.pop(name) for name in list(given) if name.startswith("said_")
        }
        return {**given, "said": said, "aim": self.of.key}

    def clean_whom(self) -> UUID:
        """The person."""
        return UUID(self.cleaned_data["whom"])


class PlanForm(_PaperForm):
    """The plan of services."""

    field_order = ["review_on", "conclusions", "entry", "include_violence"]
    review_on = forms.DateField(
        label=_("The plan is reviewed by"),
        widget=DayInput(),
        required=False,
    )
    conclusions = _Text(label=_("Remarks"), rows=4, required=False)

    def clean_review_on(self) -> dt.date | None:
        """The day, from today on."""
        day: dt.date | None = self.cleaned_data["review_on"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(_("This day has passed. Give a day from today on."))
        return day


class ApplicationForm(_PaperForm):
    """The application for a benefit."""

    field_order = ["conclusions", "entry"]
    conclusions = _Text(label=_("Remarks"), rows=4, required=False)

    def __init__(self, *args: Any, reads_violence: bool, **options: Any) -> None:
        super().__init__(*args, reads_violence=False, **options)


class ChronologyForm(_PaperForm):
    """Chosen events in parts, each with its analysis, and one of the whole.

    Args:
        events: those that may be chosen.
    """

    parts = range(1, 5)

    purpose = forms.CharField(
        label=_("For whom it is"),
        help_text=_("For example: the court, a case conference, the child protection commission."),
        max_length=300,
    )
    conclusions = _Text(
        label=_("Analysis of the whole"),
        help_text=_("What the events show together, in your words. An empty line begins a new paragraph."),
        rows=8,
    )

    def __init__(self, *args: Any, events: Sequence[Event], **options: Any) -> None:
        super().__init__(*args, **options)
        self.events = {f"event_{one.digest[:20]}": one for one in events}
        chosen: Any = self.fields
        part = _("Part %(number)d")
        choices = [("", _("left out")), *((str(number), part % {"number": number}) for number in self.parts)]
        for name, one in self.events.items():
            label = f"{one.when}: {one.what}"
            chosen[name] = forms.ChoiceField(label=label, choices=choices, required=False)
        for number in self.parts:
            chosen[f"title_{number}"] = forms.CharField(
                label=_("Title of part %(number)d") % {"number": number}, max_length=200, required=False
            )
            chosen[f"analysis_{number}"] = _Text(
                label=_("Analysis of part %(number)d") % {"number": number}, rows=4, required=False
            )

    def closing(self) -> list[forms.BoundField]:
        """What is asked at the end."""
        names = ("conclusions", "entry", "include_violence")
        return [self[name] for name in names if name in self.fields]

    def rows(self) -> list[tuple[Event, forms.BoundField]]:
        """Each event with the part in which it is told."""
        return [(one, self[name]) for name, one in self.events.items()]

    def parts_shown(self) -> list[tuple[int, forms.BoundField, forms.BoundField]]:
        """The number, title and analysis of each part."""
        return [(number, self[f"title_{number}"], self[f"analysis_{number}"]) for number in self.parts]

    def asked(self) -> dict[str, Any]:
        """What the verb is asked for."""
        given = self.cleaned_data
        parts = [
            PartSaid(
                given[f"title_{number}"],
                given[f"analysis_{number}"],
                [one.digest for name, one in self.events.items() if given[name] == str(number)],
            )
            for number in self.parts
        ]
        names = ("conclusions", "purpose", "entry")
        violence = given.get("include_violence", False)
        return {"parts": parts, "include_violence": violence, **{name: given[name] for name in names}}
