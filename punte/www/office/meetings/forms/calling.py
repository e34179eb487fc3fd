"""When and where one meets, who is asked, and what is spoken of."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from punte.accounts.enums import Compartment
from punte.accounts.models import User
from punte.gatherings.content import bodies
from punte.gatherings.enums import InvitedAs, MeetingMode
from punte.gatherings.queries import Known
from punte.organizations.models import Organization
from punte.people.models import Person
from punte.www.frame.fields import DayInput, ManyChoices, within_calendar, writing
from punte.www.office.meetings.forms.known import KnownChoice, KnownChoices

_LONGEST = 2000


class HourInput(forms.TimeInput):
    """The browser's own picker of an hour."""

    input_type = "time"

    def __init__(self, **options: Any) -> None:
        super().__init__(format="%H:%M", **options)


class WhenForm(forms.Form):
    """The day, the hour and how long."""

    day = forms.DateField(label=_("Day"), widget=DayInput(), validators=[within_calendar])
    hour = forms.TimeField(label=_("Hour"), required=False, widget=HourInput())
    length = forms.IntegerField(
        label=_("Minutes, about"),
        min_value=1,
        max_value=1440,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["day"].widget.attrs |= {"min": timezone.localdate().isoformat()}


class SessionForm(WhenForm):
    """A session of a body: when, where and about what."""

    mode = forms.ChoiceField(
        label=_("Where"), choices=MeetingMode.choices, initial=MeetingMode.ROOM, widget=ManyChoices
    )
    place = forms.CharField(label=_("Room and address"), required=False, max_length=300)
    link = forms.CharField(label=_("Address to join on-line"), required=False, max_length=500)
    subject = forms.CharField(
        label=_("What it is about"), required=False, max_length=_LONGEST, widget=writing(2)
    )
    agenda = forms.CharField(
        label=_("Agenda"),
        help_text=_("One item a line."),
        required=False,
        max_length=4000,
        widget=writing(5),
    )


class ConferenceForm(SessionForm):
    """A conference of a case: why, and who is asked besides."""

    reason = forms.ChoiceField(label=_("Why it is called"), widget=ManyChoices)
    compartment = forms.ChoiceField(label=_("Part of the record"), widget=ManyChoices)
    colleagues = forms.MultipleChoiceField(
        label=_("Colleagues"), required=False, widget=forms.CheckboxSelectMultiple
    )
    partners = forms.ModelMultipleChoiceField(
        label=_("Institutions"),
        queryset=Organization.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    known = KnownChoices()
    must = forms.BooleanField(
        label=_("Institutions must come or send their view"), required=False, initial=True
    )
    brings = forms.CharField(
        label=_("What institutions bring"),
        help_text=_("They read these words: write nothing of the case that they may not know."),
        required=False,
        max_length=_LONGEST,
        widget=writing(2),
    )
    family = forms.MultipleChoiceField(label=_("Family"), required=False, widget=forms.CheckboxSelectMultiple)
    child_why_not = forms.CharField(
        label=_("Why a child who could be heard is not invited"),
        required=False,
        max_length=_LONGEST,
        widget=writing(2),
    )
    field_order = (
        *("reason", "day", "hour", "length", "mode", "place", "link", "subject", "compartment"),
        *("colleagues", "partners", "known", "must", "brings", "family", "child_why_not", "agenda"),
    )

    def __init__(
        self,
        *arguments: Any,
        writes_in: list[tuple[str, str]],
        colleagues: list[User],
        partners: QuerySet[Organization],
        known: list[Known],
        family: list[Person],
        children: Iterable[Person],
        sealed: bool,
        **named: Any,
    ) -> None:
        super().__init__(*arguments, **named)
        fields: Any = self.fields
        self.people = {str(one.pk): one for one in family}
        self.users = {str(one.pk): one for one in colleagues}
        self.children = {one.pk for one in children}
        fields["reason"].choices = [(one.key, str(one)) for one in bodies().reasons.values()]
        fields["compartment"].choices = writes_in
        fields["compartment"].initial = Compartment.GENERAL
        fields["colleagues"].choices = [(key, one.name) for key, one in self.users.items()]
        if sealed:
            for name in ("partners", "known", "must", "brings", "family", "child_why_not"):
                del self.fields[name]
            return
        fields["partners"].queryset = partners
        fields["known"].offer(known)
        if not known:
            del self.fields["known"]
        fields["family"].choices = [(key, str(one)) for key, one in self.people.items()]
        fields["family"].initial = [str(key) for key in self.children]
        if not self.children:
            del self.fields["child_why_not"]

    def invited(self) -> list[dict[str, Any]]:
        """Who is asked to come, as `Invitee` takes it."""
        given = self.cleaned_data
        asked: list[dict[str, Any]] = [
            {"invited_as": InvitedAs.COLLEAGUE, "user": self.users[key]} for key in given["colleagues"]
        ]
        asked += [
            {
                "invited_as": InvitedAs.PARTNER,
                **one,
                "mandatory": given["must"],
                "brings": given["brings"],
            }
            for one in self._asked(given)
        ]
        for key in given.get("family", ()):
            person = self.people[key]
            kind = InvitedAs.CHILD if person.pk in self.children else InvitedAs.FAMILY
            asked.append({"invited_as": kind, "person": person})
        return asked

    @staticmethod
    def _asked(given: dict[str, Any]) -> list[dict[str, Any]]:
        """People of institutions, and those institutions of which nobody is named."""
        known = given.get("known", [])
        named = {one.organization.pk for one in known}
        others = [{"organization": one} for one in given.get("partners", ()) if one.pk not in named]
        return [one.who for one in known] + others


class MoveForm(WhenForm):
    """Another day or hour, and why."""

    why = forms.CharField(label=_("Why"), required=False, max_length=_LONGEST, widget=writing(2))


class WhyForm(forms.Form):
    """Why something is called off."""

    why = forms.CharField(label=_("Why"), max_length=_LONGEST, widget=writing(2))


class InviteForm(forms.Form):
    """One more who is asked to come: a colleague, an institution, somebody of the family, or a name alone."""

    user = forms.ChoiceField(label=_("Colleague"), required=False, widget=ManyChoices)
    organization = forms.ModelChoiceField(
        label=_("Institution"), queryset=Organization.objects.none(), required=False
    )
    known = KnownChoice()
    person = forms.ChoiceField(label=_("Of the family"), required=False, widget=ManyChoices)
    name = forms.CharField(label=_("Somebody else, by name"), required=False, max_length=120)
    mandatory = forms.BooleanField(label=_("Must come or send their view"), required=False)
    brings = forms.CharField(
        label=_("What they bring"), required=False, max_length=_LONGEST, widget=writing(2)
    )

    def __init__(
        self,
        *arguments: Any,
        colleagues: list[User],
        partners: QuerySet[Organization],
        known: list[Known],
        family: list[Person],
        **named: Any,
    ) -> None:
        super().__init__(*arguments, **named)
        fields: Any = self.fields
        self.users = {str(one.pk): one for one in colleagues}
        self.people = {str(one.pk): one for one in family}
        fields["user"].choices = [("", _("Choose")), *((key, one.name) for key, one in self.users.items())]
        fields["person"].choices = [("", _("Choose")), *((key, str(one)) for key, one in self.people.items())]
        fields["organization"].queryset = partners
        fields["known"].offer(known)
        if not known:
            del self.fields["known"]
        if not family:
            del self.fields["person"]

    def clean(self) -> dict[str, Any]:
        """Exactly one is asked."""
        given = super().clean() or self.cleaned_data
        named = [name for name in ("user", "organization", "known", "person", "name") if given.get(name)]
        if len(named) != 1 and set(named) != {"organization", "name"}:
            raise forms.ValidationError(
                _("Choose one: a colleague, an institution, somebody of the family, or a name.")
            )
        return given
